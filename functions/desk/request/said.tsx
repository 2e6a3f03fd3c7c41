import { isMembersWord } from '../../../shared/requests/by-person/members-word.ts';
import { type HistoryEntry, isClosed, type WrittenRequest } from '../../../shared/requests/request.ts';
import type { Staff } from '../staff.ts';
import { requestPath } from '../views/paths.ts';
import { scopeWords } from '../views/states.tsx';
import { type Names, withNames } from '../views/with-names.ts';
import type { Known } from './gather.ts';
import { partPath } from './paths.ts';
import { addressesOf } from './readers-words.ts';

/** The entry that the reader of the page has just made; undefined for an address that somebody kept. */
export function justDone(request: WrittenRequest, number: string | undefined, staff: Staff): HistoryEntry | undefined {
  const newest = request.history.at(-1);
  return newest && String(newest.number) === number && newest.by?.id === staff.id ? newest : undefined;
}

/** What has just been done, who hears of it, how to take it back, and what comes next. */
export function Said({ known, entry, next }: { known: Known; entry: HistoryEntry; next?: string }) {
  const { request } = known;
  return (
    <div class="said">
      <p>
        <strong>{whatHappened(known, entry)}</strong> {whoHears(known, entry)}
      </p>
      <div class="said-ways">
        {isPrinted(request, entry) && (
          <a class="button primary" href={partPath(request.requestId, 'letter')}>
            {entry.rule === 'asked' ? 'Print the question and send it' : 'Print the letter and send it'}
          </a>
        )}
        {next ? (
          <a class={isPrinted(request, entry) ? 'button' : 'button primary'} href={next}>
            Next request
          </a>
        ) : (
          <a class="button" href="/desk">
            Back to the queue
          </a>
        )}
        {canBeUndone(request, entry) && (
          <form method="post" action={partPath(request.requestId, 'reopen')}>
            <input type="hidden" name="seen" value={String(entry.number)} />
            <button type="submit">Reopen</button>
          </form>
        )}
      </div>
    </div>
  );
}

function whatHappened({ request, names }: Known, { rule, reason }: HistoryEntry): string {
  if (rule !== 'granted') return `${doneWords[rule] ?? ''}${withNames(reason, names)}`;
  const covered = (request.covers ?? []).map(
    ({ subject, scopes }) =>
      `${scopes.map((scope) => lowerFirst(scopeWords[scope])).join(' and ')} of ${nameOf(subject, names)}`,
  );
  return `Granted: blocked from now on are the ${new Intl.ListFormat('en').format(covered)}.`;
}

const doneWords: Record<string, string> = {
  declined: 'Declined: ',
  withdrawn: 'Closed: ',
  dismissed: 'Not a request: ',
  merged: 'Merged: ',
  reopened: 'Reopened: ',
};

const lowerFirst = (words: string): string =>
  words.charAt(0).toLowerCase() + words.slice(1).replace(/ of the community$/, '');

function nameOf(subject: string, names: Names): string {
  const [kind, id] = [subject.split('/', 1)[0], subject.slice(subject.indexOf('/') + 1)];
  const name = kind === 'member' && names.get(id);
  return name || `${kind === 'community' ? 'the community' : 'member'} ${id}`;
}

function whoHears({ request: { lastAnswer }, deliveries, names }: Known, { rule, number }: HistoryEntry): string {
  if (!answered.includes(rule)) return '';
  const what = rule === 'asked' ? 'question' : 'answer';
  if (!lastAnswer?.to)
    return `No mail goes out, since no address is certain: the ${what} goes by post, once you have sent it.`;
  const others = deliveries
    .filter(({ delivery, to }) => delivery.startsWith(`${rule}-${number}-`) && to && to !== lastAnswer.to)
    .map(({ to = '' }) => ({ to, name: '' }));
  const name = lastAnswer.name || names.get(lastAnswer.memberId ?? '') || '';
  return `The ${what} goes to ${addressesOf([{ to: lastAnswer.to, name }, ...others])}.`;
}

const answered = ['granted', 'declined', 'withdrawn', 'asked'];

/** Reopening undoes it. What the member's own word put into effect only the member takes back. */
const canBeUndone = (request: WrittenRequest, { rule }: HistoryEntry): boolean =>
  isClosed(request.state) && rule !== 'noted' && !(request.state === 'granted' && isMembersWord(request));

const isPrinted = ({ lastAnswer }: WrittenRequest, { rule }: HistoryEntry): boolean =>
  lastAnswer?.to === '' && answered.includes(rule);

/** The page of the request that comes next in the queue. */
export const nextPath = (requestId: string | undefined, tray: string | undefined): string | undefined =>
  requestId && requestPath(requestId, tray);
