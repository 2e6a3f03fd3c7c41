import type { Notice } from '../../../shared/notices/notice.ts';
import { noticeTransitions } from '../../../shared/notices/notice.ts';
import { acceptedOf } from '../../../shared/notices/tally.ts';
import { page } from '../layout.tsx';
import type { Staff } from '../staff.ts';
import { Card } from '../views/frames.tsx';
import { noticePath, noticesPath } from './paths.ts';
import { count, members, stateWords } from './words.ts';

/** Asks before a notice ends for good, and says what that does. */
export function cancelPage(staff: Staff, notice: Notice) {
  const path = noticePath(notice.noticeId);
  const crumbs = [
    { path: noticesPath, words: 'Notices' },
    { path, words: notice.title },
  ];
  const canBe = (noticeTransitions[notice.state] as readonly string[]).includes('cancelled');
  return page(
    { title: 'Cancel this notice?', staff, at: noticesPath, crumbs, styles: ['notices.css'] },
    <Card>
      {canBe ? (
        <Consequences notice={notice} />
      ) : (
        <p>{`It cannot be cancelled any more: its state is “${stateWords[notice.state].words}”.`}</p>
      )}
      <div class="row">
        {canBe && (
          <form method="post" action={`${path}/cancel`}>
            <button type="submit" class="danger">
              Cancel it for good
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

function Consequences({ notice: { walk, tally } }: { notice: Notice }) {
  if (!walk) return <p>Nobody was told yet, and nobody will be. It stays in the list, and cannot be taken up again.</p>;
  return (
    <>
      <p>
        <strong>{`Of ${members(walk.audience)} so far, ${tally ? count(acceptedOf(tally)) : 'some'} were sent a mail: that cannot be taken back.`}</strong>
      </p>
      <p>
        No other mail goes out, and the site stops showing the notice within a minute or two. Who has only the banner
        counts as told until then. It cannot be taken up again; to stop for a while, pause it.
      </p>
    </>
  );
}
