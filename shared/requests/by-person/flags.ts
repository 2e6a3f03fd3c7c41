import { block, hold, letGo, type OptOut, optIn, release, type Scope } from '../../optouts/opt-out.ts';
import type { Cover, FlagChange } from '../request.ts';
import { type Heir, heirOf } from './heirs.ts';

/**
 * One change of an opt-out as the decision of a person asks for it, made by one write: there is no moment at which what
 * was blocked is clear though a hold or an heir follows. Made again, it changes nothing.
 */
export function applyFlag(optOut: OptOut, flag: FlagChange, ownId: string, at: string, heirs: readonly Heir[]): OptOut {
  const { change, scopes, requestId = ownId } = flag;
  if (change === 'block') return block(optOut, scopes, requestId, at);
  if (change === 'hold') return hold(optOut, scopes, requestId, at);
  if (change === 'opt-in') return optIn(optOut, scopes, requestId, at);
  const weaker = weaken(optOut, flag, requestId, at);
  const inherited = scopes.reduce((next, scope) => inherit(next, scope, heirs, at), weaker);
  const wasBlocked = scopes.filter((scope) => isBlocker(optOut, scope, requestId));
  return change === 'reconsider' ? hold(inherited, wasBlocked, requestId, at) : inherited;
}

/** Whether a change may leave images free that another granted request asked for as well. */
export const isWeaker = ({ change }: FlagChange): boolean => !['block', 'hold', 'opt-in'].includes(change);

function weaken(optOut: OptOut, { change, scopes }: FlagChange, requestId: string, at: string): OptOut {
  if (change === 'let-go') return letGo(optOut, scopes, requestId, at);
  if (change === 'give-up') return release(optOut, scopes, requestId, at);
  // What is a hold already stays one.
  return release(
    optOut,
    scopes.filter((scope) => isBlocker(optOut, scope, requestId)),
    requestId,
    at,
  );
}

function inherit(optOut: OptOut, scope: Scope, heirs: readonly Heir[], at: string): OptOut {
  const heir = heirOf(heirs, optOut.subject, scope, optOut.optedIn?.[scope]);
  return heir ? block(optOut, [scope], heir, at) : optOut;
}

const isBlocker = ({ scopes }: OptOut, scope: Scope, requestId: string): boolean =>
  Object.hasOwn(scopes[scope]?.blockedBy ?? {}, requestId);

/** The same change for each subject. */
export const flagsOf = (
  change: FlagChange['change'],
  covers: readonly Cover[],
  more: Pick<FlagChange, 'requestId'> = {},
): FlagChange[] => covers.map((cover) => ({ change, ...cover, ...more }));
