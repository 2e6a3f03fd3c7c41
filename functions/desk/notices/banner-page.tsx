import type { Notice } from '../../../shared/notices/notice.ts';
import { canEndBanner } from '../../../shared/notices/steps.ts';
import { page } from '../layout.tsx';
import type { Staff } from '../staff.ts';
import { Card } from '../views/frames.tsx';
import { Moment } from '../views/times.tsx';
import { noticePath, noticesPath } from './paths.ts';
import { count } from './words.ts';

/** Asks before the site stops showing a notice, and says whom that concerns. */
export function bannerPage(staff: Staff, notice: Notice, at: string) {
  const path = noticePath(notice.noticeId);
  const crumbs = [
    { path: noticesPath, words: 'Notices' },
    { path, words: notice.title },
  ];
  const canBe = canEndBanner(notice, at);
  return page(
    { title: 'End the banner now?', staff, at: noticesPath, crumbs, styles: ['notices.css'] },
    <Card>
      {canBe ? <Consequences notice={notice} /> : <p>The site does not show it, or it is still being sent.</p>}
      <div class="row">
        {canBe && (
          <form method="post" action={`${path}/banner`}>
            <button type="submit" class="danger">
              End the banner
            </button>
          </form>
        )}
        <a class="button" href={path}>
          Keep it
        </a>
      </div>
    </Card>,
  );
}

const Consequences = ({ notice: { bannerUntil, tally } }: { notice: Notice }) => (
  <>
    <p>
      It would show until <Moment at={bannerUntil} />. The site stops showing it within a minute or two, and it cannot
      be shown again. Its page stays for those who have the link.
    </p>
    {tally && (
      <p>
        <strong>{`Told by the banner alone: ${count(tally.bounced + tally.failed + tally.byBanner)} of its members.`}</strong>{' '}
        They count as told until now, and no longer.
      </p>
    )}
  </>
);
