import { isMembersWord } from '../../../shared/requests/by-person/members-word.ts';
import { type HistoryEntry, isClosed, type WrittenRequest } from '../../../shared/requests/request.ts';
import type { Staff } from '../staff.ts';
import { requestPath } from '../views/paths.ts';
import { scopeWords } from '../views/states.tsx';
import type { Known } from './gather.ts';
import { partPath } from './paths.ts';
import { addressesOf } from './readers-words.ts';
import { withNames } from './with-names.ts';

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
        {next ? (
          <a class="button primary" href={next}>
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
            <button type="submit">Undo</button>
          </form>
        )}
        {isPrinted(request, entry) && <a href={partPath(request.requestId, 'letter')}>Print the letter</a>}
      </div>
    </div>
  );
}

function whatHappened({ request, inQuestion }: Known, { rule, reason }: HistoryEntry): string {
  if (rule !== 'granted') return `${names[rule] ?? ''}${withNames(reason, inQuestion)}`;
  const covered = (request.covers ?? []).map(
    ({ subject, scopes }) =>
      `${scopes.map((scope) => lowerFirst(scopeWords[scope])).join(' and ')} of ${nameOf(subject, inQuestion)}`,
  );
  return `Granted: blocked from now on are the ${new Intl.ListFormat('en').format(covered)}.`;
}

const names: Record<string, string> = {
  declined: 'Declined: ',
  withdrawn: 'Closed: ',
  dismissed: 'Closed: ',
  merged: 'Merged: ',
  reopened: 'Reopened: ',
};

const lowerFirst = (words: string): string =>
  words.charAt(0).toLowerCase() + words.slice(1).replace(/ of the community$/, '');

function nameOf(subject: string, inQuestion: Known['inQuestion']): string {
  const [kind, id] = [subject.split('/', 1)[0], subject.slice(subject.indexOf('/') + 1)];
  const member = kind === 'member' && inQuestion.find(({ memberId }) => memberId === id)?.member;
  return member ? member.name : `${kind === 'community' ? 'the community' : 'member'} ${id}`;
}

function whoHears({ request: { lastAnswer }, readers }: Known, { rule }: HistoryEntry): string {
  if (!['granted', 'declined', 'withdrawn', 'asked'].includes(rule)) return '';
  if (!lastAnswer?.to) return 'No mail goes out, since no address is certain.';
  const others = rule === 'granted' ? [] : readers.filter(({ to }) => to !== lastAnswer.to);
  return `The answer goes to ${addressesOf([lastAnswer, ...others])}.`;
}

/** Reopening undoes it. What the member's own word put into effect only the member takes back. */
const canBeUndone = (request: WrittenRequest, { rule }: HistoryEntry): boolean =>
  isClosed(request.state) && rule !== 'noted' && !(request.state === 'granted' && isMembersWord(request));

const isPrinted = ({ lastAnswer }: WrittenRequest, { rule }: HistoryEntry): boolean =>
  lastAnswer?.to === '' && ['granted', 'declined', 'withdrawn', 'asked'].includes(rule);

/** The page of the request that comes next in the queue. */
export const nextPath = (requestId: string | undefined, tray: string | undefined): string | undefined =>
  requestId && requestPath(requestId, tray);
