import type { ListedNotice, NoticePage } from '../../../shared/notices/list.ts';
import type { NoticeState } from '../../../shared/notices/notice.ts';
import { totalOf } from '../../../shared/notices/tally.ts';
import { page } from '../layout.tsx';
import type { Staff } from '../staff.ts';
import { EmptyState } from '../views/messages.tsx';
import { Badge } from '../views/states.tsx';
import { Moment } from '../views/times.tsx';
import { noticePath, noticesPath } from './paths.ts';
import { audienceWords, count, members, percent, stateWords } from './words.ts';

/** All notices, what is under way first, and within that the newest first. */
export function listPage(staff: Staff, { notices, next }: NoticePage, after?: string) {
  const isEmpty = notices.length === 0;
  return page(
    { title: 'Notices', staff, at: noticesPath, styles: ['notices.css'], actions: isEmpty ? undefined : <WriteOne /> },
    <>
      {isEmpty && <Nothing after={after} />}
      {groups.map(({ words, states }) => (
        <Group words={words} notices={notices.filter(({ state }) => states.includes(state))} />
      ))}
      {(next || after) && (
        <nav class="row" aria-label="Pages">
          {after && <a href={noticesPath}>To the newest</a>}
          {next && <a href={`${noticesPath}?${new URLSearchParams({ after: next })}`}>Older ones</a>}
        </nav>
      )}
    </>,
  );
}

/** Every state has its place. */
const groups: { words: string; states: NoticeState[] }[] = [
  { words: 'Being sent', states: ['sending', 'paused'] },
  { words: 'Waiting for approval', states: ['submitted'] },
  { words: 'Scheduled', states: ['scheduled'] },
  { words: 'Drafts', states: ['draft'] },
  { words: 'Past', states: ['sent', 'cancelled'] },
];

const WriteOne = () => (
  <a class="button primary" href={`${noticesPath}/new`}>
    Write a notice
  </a>
);

function Nothing({ after }: { after?: string }) {
  if (after) return <EmptyState title="There are no older notices" />;
  return (
    <EmptyState title="No notice was written yet" icon="letter">
      <p>
        When the policy changes significantly, tell the members here. You write the notice and see it as mail and as
        banner, another officer approves it, and from then on this page shows who was told and how.
      </p>
      <p>
        <WriteOne />
      </p>
    </EmptyState>
  );
}

function Group({ words, notices }: { words: string; notices: ListedNotice[] }) {
  if (notices.length === 0) return null;
  return (
    <section class="stack" aria-label={words}>
      <h2 class="group">{words}</h2>
      <ol class="notices">
        {notices.map((notice) => (
          <Row {...notice} />
        ))}
      </ol>
    </section>
  );
}

function Row(notice: ListedNotice) {
  const { noticeId, title, state, sendAt, audience, by } = notice;
  const { tone, words } = stateWords[state];
  return (
    <li>
      <div class="what">
        <a href={noticePath(noticeId)}>{title}</a>
        <span class="second">{`To ${audienceWords(audience)}, by ${by.name}`}</span>
      </div>
      <div class="second when">
        {sendAt ? <Moment at={notice.walk?.startedAt ?? sendAt} /> : 'no time yet'}
        <span class="far">{howFar(notice)}</span>
      </div>
      <div class="last">
        <Badge tone={tone}>{words}</Badge>
      </div>
    </li>
  );
}

/** Empty before it begins. */
function howFar({ walk, tally, state }: ListedNotice): string {
  if (!walk) return '';
  if (state === 'sending' && !walk.doneAt) return `${members(walk.audience)} so far`;
  if (!tally) return members(walk.audience);
  const total = totalOf(tally);
  return `${members(total)}, ${percent(tally.delivered + tally.complained, total)} delivered${tally.bounced ? `, ${count(tally.bounced)} bounced` : ''}`;
}
