import type { WrittenRequest } from '../request.ts';
import type { Refused } from './outcome.ts';

/**
 * Whether the member's own word put the request into effect: their authenticated mail, or their answer to the link. A
 * person at the desk never takes that back; only the member can opt back in.
 */
export const isMembersWord = ({ decision, confirmations }: WrittenRequest): boolean =>
  (decision.state === 'granted' && decision.rule !== 'statement') || Object.values(confirmations).includes('yes');

/** A sentence where a decision would end what the member's own word put into effect. */
export const standsByWord = (request: WrittenRequest): Refused | undefined =>
  isMembersWord(request) ? onlyTheMember : undefined;

export const onlyTheMember: Refused = {
  refused:
    'The member put this into effect with their own word, so only they can take it back: send them the link with which they do. ' +
    'If what came in since then asks for nothing, say that there is nothing more to do.',
};
