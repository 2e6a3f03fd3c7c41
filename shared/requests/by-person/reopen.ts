import { decideBy } from '../../calendar.ts';
import { isClosed, type WrittenRequest } from '../request.ts';
import { union } from './covers.ts';
import { flagsOf } from './flags.ts';
import { isMembersWord, onlyTheMember } from './members-word.ts';
import type { Acting, Outcome, Refused } from './outcome.ts';
import { type Facts, type Plan, settle } from './settle.ts';
import { inWords } from './state-words.ts';
import { checkWords } from './words.ts';

export interface Reopen extends Acting {
  words?: string;
}

/**
 * Takes a decision back, so that a person decides anew: what a person blocked is held until then, and holds that ended
 * are there again. What the member's own word put into effect stays.
 */
export async function reopen(request: WrittenRequest, acting: Reopen): Promise<Outcome> {
  const checked = checkWords(acting.words);
  if ('refused' in checked) return checked;
  const plan = (facts: Facts) => planReopen(facts, reviewUntil(facts));
  return settle(request, { ...acting, ...checked, rule: 'reopened', plan });
}

export function planReopen({ request, present }: Facts, dueAt: string): Plan | Refused {
  const { state, released = [] } = request;
  if (!isClosed(state)) return { refused: 'This request is open already, so it can be decided.' };
  if (state === 'granted' && isMembersWord(request)) return onlyTheMember;
  return {
    state: 'review',
    reason: `It was ${inWords(state)}; a person decides anew.`,
    dueAt,
    flags: [...flagsOf('hold', released), ...flagsOf('reconsider', present.blocks)],
    answers: [],
    // What it holds again is its own again: a grant for somebody else had taken their place.
    fields: released.length > 0 ? { covers: union(request.covers ?? [], released) } : {},
  };
}

/** The time has run since it came; where that is over, a person has the whole of it again. */
const reviewUntil = ({ request, at }: Facts): string => {
  const first = decideBy(request.receivedAt);
  return first > at ? first : decideBy(at);
};
