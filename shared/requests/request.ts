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
  /** The last entries, oldest first; each is also an object of its own in the evidence bucket. */
  history: HistoryEntry[];
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
  state: RequestState;
  /** Name of the rule that fitted: it stands in the history, in the log and in `explain`. */
  rule: string;
  /** One sentence for the person who asks why. */
  reason: string;
  effects: Effect[];
  answers: Answer[];
}

export interface Effect {
  effect: 'block' | 'hold';
  subject: Subject;
  scopes: Scope[];
}

export interface Answer {
  letter: 'granted' | 'held';
  to: string;
  locale: string;
  /** The member that it speaks to, and the communities that it speaks of. */
  name: string;
  communities: string[];
}

/**
 * The legal transitions. `received` lasts only while an arrival is being applied; the last four are closed, and a
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

export const mayBecome = (from: RequestState, to: RequestState): boolean =>
  (transitions[from] as readonly RequestState[]).includes(to);
