import { addSeconds } from '../../../shared/clock.ts';
import type { AudienceCount } from '../../../shared/notices/count-audience.ts';
import { isOwn, ownWork } from '../../../shared/notices/steps.ts';
import { page } from '../layout.tsx';
import type { Staff } from '../staff.ts';
import { Card, Section } from '../views/frames.tsx';
import { Notice as Message, Problem } from '../views/messages.tsx';
import { Moment } from '../views/times.tsx';
import { AudienceView } from './audience-view.tsx';
import type { Gathered } from './gather.ts';
import { noticePath, noticesPath } from './paths.ts';
import { wordsFor } from './send-time.ts';
import { Texts } from './texts-view.tsx';
import { counted, languageWords } from './words.ts';

/** What the approval sets going, in one sentence and in figures; the button stands below both. */
export function approvePage(staff: Staff, { notice, faults, at, secondOfficer }: Gathered, found: AudienceCount) {
  const path = noticePath(notice.noticeId);
  const crumbs = [
    { path: noticesPath, words: 'Notices' },
    { path, words: notice.title },
  ];
  const languages = new Intl.ListFormat('en').format(Object.keys(notice.texts).map(languageWords));
  const isBarred = secondOfficer && isOwn(notice, staff);
  return page(
    { title: 'Approve this notice?', staff, at: noticesPath, crumbs, styles: ['notices.css'] },
    <>
      {isBarred && <Message tone="warn">{ownWork}</Message>}
      <Problem title="It cannot be approved" faults={faults.map(({ sentence }) => ({ sentence }))} />
      <Card>
        <p class="lead">
          “{notice.title}” goes to <strong>{counted(found.members, found)}</strong>, done by about{' '}
          <Moment at={addSeconds(notice.sendAt, found.minutes * 60)} />.
        </p>
        <p>{`Sending begins by itself on ${wordsFor(notice.sendAt, notice.zone)}. Until then anybody here can still cancel or change it; mails that are sent cannot be taken back.`}</p>
        <form method="post" action={`${path}/approve`} class="stack">
          <input type="hidden" name="hash" value={notice.hash ?? ''} />
          {!isBarred && (
            <p class="quiet">{`You approve the texts in ${languages} as they are now. If somebody changes them, this approval is void.`}</p>
          )}
          <div class="row">
            {faults.length === 0 && !isBarred && (
              <button type="submit" class="primary">
                Approve and schedule
              </button>
            )}
            <a class="button" href={path}>
              Back to the texts
            </a>
          </div>
        </form>
      </Card>
      <Texts notice={notice} />
      <Section title="Who is told" id="whom">
        <AudienceView notice={notice} found={found} at={at} />
      </Section>
    </>,
  );
}
