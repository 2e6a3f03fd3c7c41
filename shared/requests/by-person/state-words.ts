import type { RequestState } from '../request.ts';

/** A state as it stands in a sentence about a request. */
export const inWords = (state: RequestState): string => (state === 'ignored' ? 'closed as not a request' : state);
