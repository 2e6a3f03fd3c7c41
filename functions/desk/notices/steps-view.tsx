import type { Child } from 'hono/jsx';
import type { Notice } from '../../../shared/notices/notice.ts';
import { canEndBanner, isOwn } from '../../../shared/notices/steps.ts';
import type { Staff } from '../staff.ts';
import { Moment } from '../views/times.tsx';
import type { Gathered } from './gather.ts';
import { noticePath } from './paths.ts';

/** What may be done now. What cannot be undone leads to a page that says what it will do, and asks. */
export function Steps({ staff, ...gathered }: Gathered & { staff: Staff }) {
  const { notice } = gathered;
  const steps = stepsOf(gathered, staff);
  if (!steps) return null;
  return (
    <section class="card steps" aria-label="What can be done now">
      <div>{steps.words}</div>
      <div class="row">
        {steps.buttons}
        {steps.canEdit && (
          <a class="button" href={noticePath(notice.noticeId, 'edit')}>
            Change it
          </a>
        )}
        {notice.state !== 'sent' && (
          <a class="button danger" href={noticePath(notice.noticeId, 'cancel')}>
            Cancel it …
          </a>
        )}
      </div>
    </section>
  );
}

interface Offered {
  words: Child;
  buttons?: Child;
  canEdit?: boolean;
}

function stepsOf({ notice, at, faults, secondOfficer }: Gathered, staff: Staff): Offered | undefined {
  switch (notice.state) {
    case 'draft':
      return {
        words: faults.length > 0 ? 'It is not finished yet.' : 'Look at it, send yourself a test mail, then submit it.',
        buttons: faults.length === 0 && <Act notice={notice} step="submit" words="Submit for approval" primary />,
        canEdit: true,
      };
    case 'submitted':
      return { ...approval(notice, staff, secondOfficer), canEdit: true };
    case 'scheduled':
      return {
        words: <Waiting notice={notice} at={at} />,
        canEdit: true,
      };
    case 'sending':
      return {
        words: 'It goes on by itself, also when you leave this page.',
        buttons: <Act notice={notice} step="pause" words="Pause" />,
      };
    case 'paused':
      return {
        words: `${notice.history.at(-1)?.what} Mails already handed over still go out.`,
        buttons: <Act notice={notice} step="resume" words="Resume" primary />,
      };
    case 'sent':
      return canEndBanner(notice, at) ? bannerGoesOn(notice) : undefined;
    default:
      return undefined;
  }
}

/** Says when sending begins, and asks whether it has: from then on every few seconds, for the page is another one then. */
export function Waiting({ notice, at }: { notice: Notice; at: string }) {
  const seconds = Math.ceil((Date.parse(notice.sendAt) - Date.parse(at)) / 1000);
  return (
    <p
      id="waiting"
      hx-get={`${noticePath(notice.noticeId, 'waiting')}?as=${notice.state}`}
      hx-trigger={`every ${Math.max(5, Math.min(60, seconds))}s`}
      hx-swap="outerHTML"
      {...{ 'hx-status:5xx': 'swap:none' }}
    >
      {seconds > 0 ? (
        <>
          Sending begins by itself, <Moment at={notice.sendAt} />. A change makes it a draft again.
        </>
      ) : (
        'Its time has come: sending begins within a minute or two.'
      )}
    </p>
  );
}

const bannerGoesOn = (notice: Notice): Offered => ({
  words: (
    <>
      Everybody is told. The site shows the banner until <Moment at={notice.bannerUntil} />.
    </>
  ),
  buttons: (
    <a class="button" href={noticePath(notice.noticeId, 'banner')}>
      End the banner now …
    </a>
  ),
});

function approval(notice: Notice, staff: Staff, secondOfficer: boolean): Offered {
  if (secondOfficer && isOwn(notice, staff))
    return { words: 'Another officer has to read and approve it: send them the address of this page.' };
  return {
    words: `${notice.submittedBy?.name ?? notice.by.name} asks for approval: read every text first.`,
    buttons: (
      <a class="button primary" href={noticePath(notice.noticeId, 'approve')}>
        Approve …
      </a>
    ),
  };
}

interface ActProps {
  notice: Notice;
  step: 'submit' | 'pause' | 'resume';
  words: string;
  primary?: boolean;
}

/** A step that can be taken back. */
const Act = ({ notice, step, words, primary }: ActProps) => (
  <form method="post" action={noticePath(notice.noticeId, step)}>
    <input type="hidden" name="seen" value={String(notice.version)} />
    <button type="submit" class={primary ? 'primary' : undefined}>
      {words}
    </button>
  </form>
);
