import type { LetterKind } from '../letters/letter.ts';
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
  /** Where the raw bytes arrived; the evidence bucket has its own copy. The key is empty where nothing arrived as a file. */
  arrival: { bucket: string; key: string };
  /** For the answer to find its thread (RFC 5322 section 3.6.4). */
  thread: Thread;
  /** What the members who were asked said. */
  confirmations: Record<string, 'yes' | 'no'>;
  /** Those of them from whose answer everything has followed. */
  answered?: string[];
  /** The last entries, oldest first; each is also an object of its own in the evidence bucket. */
  history: HistoryEntry[];
  /** Where it waits while somebody or something has to decide: the index of open requests holds only these. */
  open?: Tray | 'deciding';
  /** The day (UTC) and the moment at which a person closed it: the index of what was decided lately holds only these. */
  decidedOn?: string;
  decidedAt?: string;
  /** ISO 8601: until when the member, or a person, has to decide. */
  dueAt?: string;
  /** Whom it is about, as far as known: `member/<id>`, else `address/<canonical address of the sender>`. */
  who?: string;
  /** Where a person has chosen somebody since: whom the arrival and its paper led to, which may be nobody. */
  whoFound?: { who?: string };
  /** The paper of a letter, a fax or an attachment, in the order in which it came. */
  scans?: Scan[];
  /** What was read on the pages, beside what the decision on arrival found. */
  findings?: Finding[];
  /** Since when its time stands still, because the requester was asked something. */
  pausedAt?: string;
  /** The due date as it stood when its time stopped; until the pause ends, `dueAt` says when to look again. */
  dueWhenPaused?: string;
  /** A person has moved its due date: that is done once. */
  extended?: boolean;
  /** What a person has decided, as long as not all of it is done. */
  deciding?: Deciding;
  /** What it holds or blocks beyond the effects of its decision on arrival: what people and its scans said. */
  covers?: Cover[];
  /** The holds that it gave up when it was closed; reopened, it takes them again. */
  released?: Cover[];
  /** What a person answered last, for the page that prints it; `to` is empty where no mail could be sent. */
  lastAnswer?: Answer;
  /** The request that goes on in its place. */
  mergedInto?: string;
  /** What the member chose on a page of ours, where that made the request. */
  choice?: Choice;
  /** When it was here, and the day of that in UTC (`YYYY-MM-DD`): the index of arrivals. */
  arrivedAt?: string;
  arrivedOn?: string;
  /** When something was first held or blocked because of it. */
  flaggedAt?: string;
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
  /** Who took the step, where a person did. */
  by?: Person;
  /** What that person wrote: a reason, a question, a note. At most 2,000 characters. */
  words?: string;
}

/** A member of staff, as the sign-in names them. */
export interface Person {
  id: string;
  name: string;
}

/** Paper made into a file: one uploaded file, one attachment. Its bytes and pages are objects of the evidence. */
export interface Scan {
  /** `1`, `2` …: its number within the request. */
  scanId: string;
  /** As the file was called; says nothing of what it is. */
  name: string;
  bytes: number;
  state: 'waiting' | 'read' | 'unreadable';
  /** What the bytes are: PDF, TIFF, JPEG, PNG, or what else was recognised. Known once it is opened. */
  type?: string;
  /** How many pages it has, and how many of them can be looked at already. */
  pages?: number;
  pagesRead: number;
  /** One sentence for the person who looks: why it, or a part of it, could not be read. */
  problem?: string;
  /**
   * Where its bytes came from: a file in the bucket of the arrival, or an attachment, by its place in the mail or in
   * the reply with that digest.
   */
  from?: { file: string; version?: string } | { attachment: number; reply?: string };
}

/** Where an open request waits: each is one partition of the index, in order of the due date. */
export type Tray = 'review' | 'spam' | 'asked' | 'held' | 'quarantined';

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
  /** Who brought the paper, where a person did, and what they wrote beside it. */
  by?: Person;
  words?: string;
}

export interface Effect extends Cover {
  effect: 'block' | 'hold';
  /** The member who asks, or seems to. */
  memberId: string;
}

/** Images of one subject. */
export interface Cover {
  subject: Subject;
  scopes: Scope[];
}

/** What a member chose on a page of ours; `block` and `allow` are what changes by it. */
export interface Choice {
  page: 'preferences' | 'unsubscribe';
  at: string;
  memberId: string;
  block: Cover[];
  allow: Cover[];
  /** What stays as it is. */
  keep: Cover[];
  /** The requests that blocked or held what is allowed again. */
  lifts: string[];
  /** How it came, for the record: what the form or the mail client sent. */
  sent: Record<string, string>;
}

export interface Answer {
  letter: LetterKind;
  to: string;
  locale: string;
  /** The member that it speaks to; absent for a stranger. */
  memberId?: string;
  name: string;
  /** The communities that it speaks of, each with all of its scopes. */
  communities: string[];
  /** Exactly what it speaks of, where a person chose. */
  covers?: Cover[];
  /** What may be used again, where the member opted back in. */
  allowed?: Cover[];
  /** Who chose it, where the letter goes to somebody else. */
  chosenBy?: string;
  /** Since when that is in effect; otherwise since the request came. */
  since?: string;
  /** What a person wrote to the reader. */
  words?: string;
}

/**
 * A decision of a person as data, noted in the request by one conditional write before anything follows from it: of
 * two people at once only one can note theirs, and what a crash leaves undone can be done later by anybody.
 */
export interface Deciding {
  /** Number of the newest entry that the person had seen. */
  seen: number;
  step: Step;
  flags: FlagChange[];
  answers: Answer[];
  /** What becomes of the request beside its state. */
  fields: Partial<Pick<WrittenRequest, DecidedField>>;
}

export type DecidedField =
  | 'who'
  | 'whoFound'
  | 'pausedAt'
  | 'dueWhenPaused'
  | 'extended'
  | 'covers'
  | 'released'
  | 'mergedInto'
  | 'lastAnswer';

/**
 * One change of an opt-out. `let-go` ends holds and never a block, `give-up` ends a block too, and `reconsider` makes
 * the block a hold. Where another granted request is for the same images, that one blocks from then on. `opt-in` ends
 * all blocks and holds, whoever asked for them: only a member chooses that.
 */
export interface FlagChange extends Cover {
  change: 'block' | 'hold' | 'let-go' | 'give-up' | 'reconsider' | 'opt-in';
  /** Of the request that blocks or holds, where it is another one. */
  requestId?: string;
}

/** Something that a person should look at, and why. */
export interface Finding {
  what: 'phrase' | 'near-miss' | 'candidate' | 'attachment' | 'authentication' | 'scan';
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
  held: ['review', 'granted', 'declined', 'withdrawn', 'ignored'],
  review: ['held', 'granted', 'declined', 'withdrawn', 'ignored'],
  quarantined: ['review', 'held', 'granted', 'declined', 'withdrawn', 'ignored'],
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
  by?: Person;
  words?: string;
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
  const next = { ...request, state: step.state, history: [...request.history, entry].slice(-keptEntries) };
  const open = trayOf(next);
  return { ...next, ...decidedBy(request, step), open, dueAt: open ? (dueAt ?? request.dueAt ?? step.at) : undefined };
}

/** When a person closed it. A note on what is closed moves nothing. */
function decidedBy(before: WrittenRequest, { state, at, by }: Step): Pick<WrittenRequest, 'decidedOn' | 'decidedAt'> {
  if (!isClosed(state)) return { decidedOn: undefined, decidedAt: undefined };
  return by && state !== before.state ? { decidedOn: at.slice(0, 10), decidedAt: at } : {};
}

/** Undefined for a request that waits for nobody. */
export function trayOf({ state, decision, pausedAt, deciding }: WrittenRequest): Tray | 'deciding' | undefined {
  if (deciding) return 'deciding';
  if (state === 'review') return pausedAt ? 'asked' : decision.last ? 'spam' : 'review';
  return state === 'held' || state === 'quarantined' ? state : undefined;
}

/** Older entries are in the evidence bucket; the item stays far below DynamoDB's 400 KB. */
const keptEntries = 50;
