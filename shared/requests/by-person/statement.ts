import { createHash } from 'node:crypto';
import { getMembers } from '../../members/directory.ts';
import type { Member } from '../../members/member.ts';
import { allScopes, type Scope, type Subject } from '../../optouts/opt-out.ts';
import type { Cover, Deciding, Person, WrittenRequest } from '../request.ts';
import { record } from '../store.ts';
import { describe } from './covers.ts';
import { finish } from './finish.ts';
import { checkGrants, planGrant, readersAmong } from './grant.ts';
import type { Outcome } from './outcome.ts';
import { checkWords } from './words.ts';

/** An opt-out that a member put in writing by other means, as the person at the desk who takes it down tells it. */
export interface Statement {
  /** Made with the form, at random: the same nonce is the same request, however often it is sent. */
  nonce: string;
  at: string;
  by: Person;
  memberId: string;
  grants: Cover[];
  /** What the member wrote, and where. */
  words: string;
  /** When it came, which is not after `at`. */
  receivedAt: string;
}

/** Takes such an opt-out down: a request of its own, granted at once by the person. */
export async function takeStatement(statement: Statement): Promise<Outcome> {
  const { nonce, at, memberId, receivedAt } = statement;
  const checked = checkWords(
    statement.words,
    'Write what the member wrote, and how it came: these words are the evidence.',
  );
  if ('refused' in checked) return checked;
  if (!/^[\w-]{16,80}$/.test(nonce)) return { refused: 'The form has no valid number: open the page again.' };
  if (!(Date.parse(receivedAt) <= Date.parse(at)))
    return { refused: 'It cannot have come later than now. Look at the date again.' };
  const [member] = await getMembers([memberId]);
  const chosen = checkGrants(memberId, member, statement.grants, statementScopes);
  if ('refused' in chosen) return chosen;
  const recorded = await record(arrivalOf({ ...statement, ...checked }, chosen.member, chosen.grants));
  const done = await finish(recorded);
  return { done, answered: done.lastAnswer?.to ? [done.lastAnswer.to] : [] };
}

/** What can be asked for in writing. Marketing mail is switched off by it, and on again by the member alone. */
export const statementScopes = (subject: Subject): readonly Scope[] =>
  subject.startsWith('member/') ? [...allScopes(subject), 'marketing-email'] : allScopes(subject);

/** Recorded with the decision as noted, so that the hourly look finishes what a crash leaves undone. */
function arrivalOf(
  { nonce, at, by, words, receivedAt }: Statement,
  member: Member,
  grants: Cover[],
): Omit<WrittenRequest, 'requestId' | 'version'> {
  const reason = `${by.name} wrote down what ${member.name} asked for: ${describe(grants)}.`;
  const arrival: Omit<WrittenRequest, 'requestId' | 'version'> = {
    // The nonce alone: a form that is sent twice may tell another time.
    hash: createHash('sha256').update(`statement ${nonce}`).digest('hex'),
    channel: 'other',
    state: 'received',
    receivedAt,
    decision: { state: 'granted', rule: 'statement', reason, effects: [], answers: [], by, words },
    summary: { memberIds: [member.memberId] },
    arrival: { bucket: '', key: '' },
    thread: { references: [] },
    confirmations: {},
    history: [],
    who: `member/${member.memberId}`,
    open: 'deciding',
    dueAt: at,
  };
  const facts = {
    request: { ...arrival, requestId: '', version: 0 },
    at,
    present: { blocks: [], holds: [] },
  };
  const { flags, answers, fields, state } = planGrant(facts, { member, grants }, readersAmong(member));
  const deciding: Deciding = {
    seen: 0,
    step: { at, state, rule: 'statement', reason, by, words },
    flags,
    answers,
    fields,
  };
  return { ...arrival, deciding };
}
