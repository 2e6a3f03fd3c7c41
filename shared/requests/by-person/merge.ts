import { getMembers } from '../../members/directory.ts';
import { type Subject, subjectsOf } from '../../optouts/opt-out.ts';
import type { WrittenRequest } from '../request.ts';
import { readRequest } from '../store.ts';
import { choose } from './covers.ts';
import { flagsOf } from './flags.ts';
import { isMembersWord } from './members-word.ts';
import { needsOpen } from './open-only.ts';
import { isThereFor } from './other-request.ts';
import type { Acting, Outcome, Refused } from './outcome.ts';
import { type Facts, type Plan, settle } from './settle.ts';

export interface Merge extends Acting {
  /** Id of the request that goes on for both. */
  into: string;
}

/** Merges a request into another one, which takes over its holds; the evidence of each stays where it is. */
export async function merge(request: WrittenRequest, { into, ...acting }: Merge): Promise<Outcome> {
  return settle(request, {
    ...acting,
    rule: 'merged',
    plan: async (facts) => needsOpen(facts.request) ?? (await planFor(facts, into)),
  });
}

async function planFor(facts: Facts, into: string): Promise<Plan | Refused> {
  const other = await readRequest(into);
  if (!other) return { refused: `There is no request ${into}. Look at its number again.` };
  const memberId = other.who?.startsWith('member/') ? [other.who.slice('member/'.length)] : [];
  const [member] = await getMembers(memberId);
  return planMerge(facts, other, member ? subjectsOf(member) : []);
}

/** `theirs`: what the member of the other request can speak for. */
export function planMerge({ request, present }: Facts, other: WrittenRequest, theirs: Subject[]): Plan | Refused {
  const { requestId } = other;
  if (requestId === request.requestId)
    return { refused: 'A request cannot go into itself. Give the number of another.' };
  if (!isThereFor(other)) {
    return {
      refused: `${requestId} is ${other.deciding ? 'being decided' : other.state}. Choose one that is open or granted.`,
    };
  }
  if (present.blocks.length > 0 || isMembersWord(request)) {
    return {
      refused: 'This request was granted, and what it blocks stays. Say that there is nothing more to do instead.',
    };
  }
  // What is granted speaks for its member alone; what is open keeps all in doubt until it is decided.
  const taken =
    other.state === 'granted' ? choose(present.holds, ({ subject }) => theirs.includes(subject)) : present.holds;
  const change = other.state === 'granted' ? 'block' : 'hold';
  return {
    state: 'withdrawn',
    reason: `It goes on in ${requestId}.`,
    flags: [...flagsOf(change, taken, { requestId }), ...flagsOf('let-go', present.holds)],
    answers: [],
    fields: { mergedInto: requestId, released: present.holds },
  };
}
