import { allScopes, block, type OptOut, type Scope, type Subject, stateOf } from '../optouts/opt-out.ts';
import { readOptOuts } from '../optouts/store.ts';
import { flag } from './flag.ts';
import type { WrittenRequest } from './request.ts';

/**
 * Blocks by this request what is not blocked any more, though its sender is told that it is: who took the other block
 * back between the look of `decide` and the record of this request could not see this one. Where all is blocked, as
 * almost always, this is one read.
 */
export async function staysInEffect(request: WrittenRequest, subjects: Subject[]): Promise<void> {
  const { requestId, receivedAt } = request;
  for (const optOut of (await readOptOuts(subjects)).values()) {
    const scopes = allScopes(optOut.subject).filter((scope) => !isBlockedByOther(optOut, scope, requestId));
    if (scopes.length === 0) continue;
    await flag(request, optOut.subject, (found) => block(found, scopes, requestId, receivedAt), optOut);
  }
}

/** A block of its own is one that a crash cut short: its recalls may not be open yet. */
function isBlockedByOther(optOut: OptOut, scope: Scope, requestId: string): boolean {
  const { state, requestIds } = stateOf(optOut, scope);
  return state === 'blocked' && !requestIds.includes(requestId);
}
