import { type Cover, isClosed, type RequestState, type WrittenRequest } from '../request.ts';
import { flagsOf } from './flags.ts';
import { isMembersWord } from './members-word.ts';
import { needsOpen } from './open-only.ts';
import type { Acting, Outcome } from './outcome.ts';
import { type Facts, type Plan, settle } from './settle.ts';
import { checkWords } from './words.ts';

export interface Dismiss extends Acting {
  words?: string;
}

/**
 * Closes what asks for nothing, without an answer: an arrival that is no request is ignored and holds nothing any more;
 * a request that only a reply had reopened is again as it was before.
 */
export async function dismiss(request: WrittenRequest, acting: Dismiss): Promise<Outcome> {
  const checked = checkWords(acting.words);
  if ('refused' in checked) return checked;
  const plan = (facts: Facts) => needsOpen(facts.request) ?? planDismiss(facts);
  return settle(request, { ...acting, ...checked, rule: 'dismissed', plan });
}

export function planDismiss({ request, present }: Facts): Plan {
  const state = afterDismissal(request);
  const flags = state === 'granted' ? flagsOf('block', grantedByPerson(request)) : flagsOf('give-up', present.blocks);
  const again = state !== 'ignored';
  return {
    state,
    reason: again
      ? `What came in since then asks for nothing, so the request is ${state} as before.`
      : 'A person read it: it asks for nothing.',
    flags: [...flags, ...flagsOf('let-go', present.holds)],
    answers: [],
    fields: again ? {} : { released: present.holds },
  };
}

/** Blocked again, also where another request blocked it then. What the member's own word blocked stayed all the time. */
const grantedByPerson = (request: WrittenRequest): Cover[] => (isMembersWord(request) ? [] : (request.covers ?? []));

/** The state that a dismissal leads to: `ignored`, or what the request was before a reply reopened it. */
export function afterDismissal({ history, state }: WrittenRequest): RequestState {
  const closed = history.findLastIndex((entry) => isClosed(entry.state));
  const reopening = history[closed + 1];
  if (closed < 0 || isClosed(state) || reopening?.by) return 'ignored';
  return history[closed]!.state;
}
