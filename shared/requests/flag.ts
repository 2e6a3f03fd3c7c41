import type { OptOut, Subject } from '../optouts/opt-out.ts';
import { changeOptOut } from '../optouts/store.ts';
import { openRecalls } from '../recalls/open.ts';
import type { WrittenRequest } from './request.ts';

/**
 * Changes an opt-out in the name of a request, and recalls from campaigns what is out of use by it: the one way in which
 * requests hold and block. Both can be repeated, and both are done before the request's state is written. `known` is the
 * opt-out as it was just read.
 */
export async function flag(
  request: Pick<WrittenRequest, 'requestId' | 'receivedAt'>,
  subject: Subject,
  change: (optOut: OptOut) => OptOut,
  known?: OptOut,
): Promise<void> {
  await openRecalls(await changeOptOut(subject, change, known), request);
}
