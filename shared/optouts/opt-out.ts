/**
 * The opt-out of a subject: one item that holds everything that must change together. What marketing may do is derived
 * from it, never stored, and a request adds and removes only its own id, so no decision can undo another's.
 */
export interface OptOut {
  subject: Subject;
  scopes: Partial<Record<Scope, ScopeEntry>>;
  /** When the member, or a manager of the community, last opted back in. What was asked for before that is past. */
  optedIn?: Partial<Record<Scope, string>>;
  /** The last changes, oldest first. */
  changes: Change[];
  /** Counts the writes: each is conditional on the count that was read. */
  version: number;
}

/** `member/<id>` or `community/<id>`: whose images. */
export type Subject = `member/${string}` | `community/${string}`;

/** Which images of a subject. A community has a header graphic and pages, a member the images of the profile. */
export const scopesOf = { member: ['profile-images'], community: ['header-graphic', 'pages'] } as const;

/** A member's marketing e-mail is off in the same way, but no request about images touches it. */
export type Scope = (typeof scopesOf)[keyof typeof scopesOf][number] | 'marketing-email';

/** Two maps of request id to the moment since when. */
export interface ScopeEntry {
  blockedBy: Record<string, string>;
  holds: Record<string, string>;
}

export interface Change {
  at: string;
  requestId: string;
  scope: Scope;
  change: 'blocked' | 'held' | 'released';
}

export type State = 'blocked' | 'hold' | 'clear';

export interface ScopeState {
  state: State;
  /** Since when it has been so; absent when clear. */
  since?: string;
  requestIds: string[];
}

export const emptyOptOut = (subject: Subject): OptOut => ({ subject, scopes: {}, changes: [], version: 0 });

/** What a subject of this kind can ask for. */
export const allScopes = (subject: Subject): readonly Scope[] =>
  scopesOf[subject.startsWith('member/') ? 'member' : 'community'];

/** All that a member can speak for: their own images, and those of every community that they manage. */
export const subjectsOf = ({ memberId, manages }: { memberId: string; manages: readonly string[] }): Subject[] => [
  ...new Set<Subject>([`member/${memberId}`, ...manages.map((communityId): Subject => `community/${communityId}`)]),
];

/** The state of one scope: any blocker blocks, else any hold holds, else it is clear. */
export function stateOf(optOut: Pick<OptOut, 'scopes'>, scope: Scope): ScopeState {
  const { blockedBy = {}, holds = {} } = optOut.scopes[scope] ?? {};
  const state: State = !isEmpty(blockedBy) ? 'blocked' : !isEmpty(holds) ? 'hold' : 'clear';
  const reasons = state === 'blocked' ? blockedBy : holds;
  return { state, since: Object.values(reasons).sort()[0], requestIds: Object.keys(reasons).sort() };
}

/**
 * The request blocks the scopes; a hold of its own becomes the block. Where another request blocks already, it changes
 * nothing: only the member can opt back in, and that lifts every block, so one is enough and the item stays small.
 */
export const block = (optOut: OptOut, scopes: readonly Scope[], requestId: string, since: string): OptOut =>
  edit(optOut, scopes, requestId, since, 'blocked', ({ blockedBy, holds }) => ({
    blockedBy: isEmpty(blockedBy) ? { [requestId]: since } : blockedBy,
    holds: without(holds, requestId),
  }));

/** The request holds the scopes until it is decided. What is blocked needs no hold, and a flood of forged requests
 * cannot grow the item without end. */
export const hold = (optOut: OptOut, scopes: readonly Scope[], requestId: string, since: string): OptOut =>
  edit(optOut, scopes, requestId, since, 'held', (entry) => {
    if (!isEmpty(entry.blockedBy) || entry.holds[requestId]) return entry;
    const holder = Object.keys(entry.holds).length < mostHolds ? requestId : overflow;
    return entry.holds[holder] ? entry : { ...entry, holds: { ...entry.holds, [holder]: since } };
  });

/** The request no longer speaks for the scopes. Other requests keep what they hold. */
export const release = (optOut: OptOut, scopes: readonly Scope[], requestId: string, at: string): OptOut =>
  edit(optOut, scopes, requestId, at, 'released', ({ blockedBy, holds }) => ({
    blockedBy: without(blockedBy, requestId),
    holds: without(holds, requestId),
  }));

/** The request no longer holds the scopes; a block of its own stays. */
export const letGo = (optOut: OptOut, scopes: readonly Scope[], requestId: string, at: string): OptOut =>
  edit(optOut, scopes, requestId, at, 'released', ({ blockedBy, holds }) => ({
    blockedBy,
    holds: without(holds, requestId),
  }));

/**
 * The member opts back in: whatever blocked or held these scopes until then goes, the holds of a flood included. Made
 * again, later than an opt-out that came after it, it changes nothing: that one stands.
 */
export function optIn(optOut: OptOut, scopes: readonly Scope[], requestId: string, at: string): OptOut {
  const due = scopes.filter((scope) => (optOut.optedIn?.[scope] ?? '') < at);
  const lifted = edit(optOut, due, requestId, at, 'released', ({ blockedBy, holds }) => ({
    blockedBy: later(blockedBy, at),
    holds: later(holds, at),
  }));
  if (lifted === optOut) return optOut;
  return { ...lifted, optedIn: { ...optOut.optedIn, ...Object.fromEntries(due.map((scope) => [scope, at])) } };
}

/** Returns the very same object when nothing changes, so that a repeated decision costs no write. */
function edit(
  optOut: OptOut,
  scopes: readonly Scope[],
  requestId: string,
  at: string,
  change: Change['change'],
  next: (entry: ScopeEntry) => ScopeEntry,
): OptOut {
  const edited = scopes.flatMap((scope) => {
    const entry = optOut.scopes[scope] ?? { blockedBy: {}, holds: {} };
    const after = next(entry);
    return sameIds(entry, after) ? [] : [{ scope, after }];
  });
  if (edited.length === 0) return optOut;
  return {
    ...optOut,
    scopes: { ...optOut.scopes, ...Object.fromEntries(edited.map(({ scope, after }) => [scope, after])) },
    changes: [...optOut.changes, ...edited.map(({ scope }) => ({ at, requestId, scope, change }))].slice(-keptChanges),
  };
}

const keptChanges = 20;
const mostHolds = 100;

/** Holds for all requests beyond the most. No request can release it; the member or an officer can. */
const overflow = 'overflow';

const isEmpty = (map: object): boolean => Object.keys(map).length === 0;

const sameIds = (a: ScopeEntry, b: ScopeEntry): boolean =>
  sameKeys(a.blockedBy, b.blockedBy) && sameKeys(a.holds, b.holds);

const sameKeys = (a: object, b: object): boolean => Object.keys(a).join() === Object.keys(b).join();

const later = (map: Record<string, string>, at: string): Record<string, string> =>
  Object.fromEntries(Object.entries(map).filter(([, since]) => since > at));

const without = (map: Record<string, string>, key: string): Record<string, string> => {
  const { [key]: _, ...rest } = map;
  return rest;
};
