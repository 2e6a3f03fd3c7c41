import type { Scope, Subject } from '../optouts/opt-out.ts';

/** One written request, from its arrival to its decision. */
export interface WrittenRequest {
  requestId: string;
  /** SHA-256 (hex) of the arrival; the id is a part of it. */
  hash: string;
  channel: 'email' | 'fax' | 'letter' | 'other';
  state: RequestState;
  receivedAt: string;
  /** What was decided on arrival, as data: a redelivered message applies this one and decides nothing anew. */
  decision: Decision;
  /** What a person needs to recognise the request in a list. */
  summary: { from?: string; subject?: string; memberIds: string[] };
  /** Where the raw bytes arrived; the evidence bucket has its own copy. */
  arrival: { bucket: string; key: string };
  /** For the answer to find its thread (RFC 5322 section 3.6.4). */
  thread: Thread;
  /** What the members who were asked said. */
  confirmations: Record<string, 'yes' | 'no'>;
  /** Those of them from whose answer everything has followed. */
  answered?: string[];
  /** The last entries, oldest first; each is also an object of its own in the evidence bucket. */
  history: HistoryEntry[];
  /** The state while somebody or something has to decide: the index of open requests holds only these. */
  open?: RequestState;
  /** ISO 8601: until when the member, or a person, has to decide. */
  dueAt?: string;
  /** Counts the writes: each is conditional on the count that was read. */
  version: number;
}

export interface HistoryEntry {
  /** Counts from 1. */
  number: number;
  at: string;
  state: RequestState;
  rule: string;
  reason: string;
}

export interface Thread {
  messageId?: string;
  references: string[];
}

/** What `decide` returns: what becomes of the request, of the opt-outs, and who is told. */
export interface Decision {
  /** `attached`: a reply, which becomes part of the request `attachTo` and no request of its own. */
  state: Exclude<RequestState, 'received'> | 'attached';
  /** Name of the rule that fitted: it stands in the history, in the log and in `explain`. */
  rule: string;
  /** One sentence for the person who asks why. */
  reason: string;
  effects: Effect[];
  answers: Answer[];
  /** The request that this mail replies to. */
  attachTo?: string;
  /** Shown to the person who decides: what was read out of the mail. */
  found?: Finding[];
  /** Suspected spam is looked at last. */
  last?: boolean;
}

export interface Effect {
  effect: 'block' | 'hold';
  /** The member who asks, or seems to. */
  memberId: string;
  subject: Subject;
  scopes: Scope[];
}

export interface Answer {
  letter: 'granted' | 'already-in-effect' | 'confirm' | 'which-profile' | 'received' | 'unsubscribed' | 'not-me';
  to: string;
  locale: string;
  /** The member that it speaks to; absent for a stranger. */
  memberId?: string;
  name: string;
  /** The communities that it speaks of. */
  communities: string[];
}

/** Something that a person should look at, and why. */
export interface Finding {
  what: 'near-miss' | 'candidate' | 'attachment' | 'authentication';
  sentence: string;
  memberId?: string;
  /** For a near miss: the words against the phrase. */
  difference?: { text: string; change?: 'added' | 'removed' }[];
}

/**
 * The legal transitions. `received` lasts only while an arrival is being applied. The last four are closed, and a
 * closed request can be reopened for review.
 */
export const transitions = {
  received: ['held', 'review', 'granted', 'ignored', 'quarantined'],
  held: ['review', 'granted', 'declined', 'withdrawn'],
  review: ['held', 'granted', 'declined', 'withdrawn', 'ignored'],
  quarantined: ['review', 'held', 'declined', 'ignored'],
  granted: ['review', 'withdrawn'],
  declined: ['review'],
  withdrawn: ['review'],
  ignored: ['review'],
} as const satisfies Record<string, readonly string[]>;

export type RequestState = keyof typeof transitions;

export const isOpen = (state: RequestState): boolean => ['held', 'review', 'quarantined'].includes(state);
export const isClosed = (state: RequestState): boolean => !isOpen(state) && state !== 'received';

export interface Step {
  at: string;
  state: RequestState;
  rule: string;
  reason: string;
  /** Needed where the step leaves the request open. */
  dueAt?: string;
}

/**
 * The request after a step, with the step as its newest entry. A step may stay in the same state. Undefined where the
 * table above has no such transition: then somebody else was first.
 */
export function advance(request: WrittenRequest, { dueAt, ...step }: Step): WrittenRequest | undefined {
  const legal = step.state === request.state || (transitions[request.state] as readonly string[]).includes(step.state);
  if (!legal) return undefined;
  const entry: HistoryEntry = { number: (request.history.at(-1)?.number ?? 0) + 1, ...step };
  const open = isOpen(step.state);
  return {
    ...request,
    state: step.state,
    history: [...request.history, entry].slice(-keptEntries),
    open: open ? step.state : undefined,
    dueAt: open ? (dueAt ?? request.dueAt ?? step.at) : undefined,
  };
}

/** Older entries are in the evidence bucket; the item stays far below DynamoDB's 400 KB. */
const keptEntries = 50;
