import { isOpen, type WrittenRequest } from '../request.ts';
import type { Refused } from './outcome.ts';
import { inWords } from './state-words.ts';

/** Only what waits for a decision can be decided; what is closed is reopened first, so that history tells why. */
export function needsOpen({ state }: WrittenRequest): Refused | undefined {
  if (isOpen(state)) return undefined;
  return { refused: `This request is ${inWords(state)} already. Reopen it first, if that was wrong.` };
}
