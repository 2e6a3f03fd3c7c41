/**
 * A notice of a significant change: what members are told, when, and how far that has come. One item; every step of it
 * is one conditional write. Who was told, and how, is in the deliveries.
 */
export interface Notice {
  /** `N-XXXX-XXXX`. */
  noticeId: string;
  state: NoticeState;
  /** By language (BCP 47). */
  texts: Record<string, NoticeText>;
  /** The language for members who read none of the others. */
  fallback: string;
  /** `YYYY-MM-DD`: when the change takes effect. */
  effectiveOn: string;
  /** ISO 8601 in UTC: when sending begins. */
  sendAt: string;
  /** IANA name of the time zone in which the officer chose that moment. */
  zone: string;
  /** ISO 8601 in UTC: until when the site shows it. */
  bannerUntil: string;
  /** ISO 8601 in UTC: when an officer ended the banner before that; what was approved stays as it is. */
  bannerEndedAt?: string;
  audience: Audience;
  /** SHA-256 (hex) of what was submitted: whoever approves, approves exactly this. */
  hash?: string;
  /** Who wrote it first, who wrote it last, who asked for approval, who approved. */
  by: Officer;
  editedBy?: Officer;
  submittedBy?: Officer;
  approvedBy?: Officer;
  /** The subject in the fallback language, for lists. */
  title: string;
  createdAt: string;
  /** What the form sent along, hashed: the same form sent twice is one notice. */
  nonce: string;
  /** The moment whose members are the audience: when sending began. */
  asOf?: string;
  walk?: Walk;
  /** How many mails were queued within a minute, of how many; parallel runs keep to it together. */
  pace?: Pace;
  /** The run of change-notices that works on it. */
  worker?: { id: string; until: string };
  /** The deliveries, counted; and a count that took longer than one run. */
  tally?: Tally;
  counting?: Counting;
  /** The tally when an officer last resumed it: the limits look at what came after. */
  limitsFrom?: Counts;
  /** The last entries, oldest first. */
  history: NoticeEntry[];
  /** The index of notices with something left to do holds only these, by `dueAt`. */
  active?: Active;
  dueAt?: string;
  /** The list of all notices, by `createdAt`. */
  listed: 'yes';
  /** The index of notices that the site shows holds only these, by `bannerUntil`. */
  showing?: 'yes';
  /** Counts the writes: each is conditional on the count that was read. */
  version: number;
}

export interface NoticeText {
  subject: string;
  markdown: string;
}

/** Everybody, members who manage a community, or members who read one of these languages. */
export interface Audience {
  who: 'all' | 'managers' | 'locales';
  locales?: string[];
}

export interface Officer {
  id: string;
  name: string;
}

/** How far the walk over the members has come. */
export interface Walk {
  /** Where it goes on; absent at its beginning and once it is done. */
  next?: Record<string, unknown>;
  /** Members of the audience so far. */
  audience: number;
  queued: number;
  /** Members whose address takes no mail: they are told by the site alone. */
  byBanner: number;
  startedAt: string;
  doneAt?: string;
}

/** Each delivery counts once, as what is known of it last; together they are the audience. */
export interface Counts {
  /** Nothing more is known yet. */
  queued: number;
  sent: number;
  delivered: number;
  bounced: number;
  complained: number;
  failed: number;
  byBanner: number;
}

export interface Tally extends Counts {
  countedAt: string;
}

/** A count that goes on in the next run: the shard it is at, the delivery behind which it goes on, and what it found. */
export interface Counting {
  shard: number;
  after?: string;
  counts: Counts;
  startedAt: string;
}

export interface Pace {
  /** `YYYY-MM-DDTHH:MM`, UTC. */
  minute: string;
  count: number;
  /** As many as SES's rate and daily quota leave to notices in that minute. */
  most: number;
}

/** What change-notices has to do with it: begin, walk and count, or count alone since feedback still comes in. */
export type Active = 'scheduled' | 'sending' | 'counting';

export interface NoticeEntry {
  at: string;
  state: NoticeState;
  /** One sentence. */
  what: string;
  /** Absent where no person did it. */
  by?: Officer;
  /** The version of the notice that the step made. */
  version?: number;
}

/** The legal transitions. Whoever edits a submitted notice makes it a draft again. */
export const noticeTransitions = {
  draft: ['submitted', 'cancelled'],
  submitted: ['draft', 'scheduled', 'cancelled'],
  scheduled: ['draft', 'sending', 'cancelled'],
  sending: ['paused', 'sent', 'cancelled'],
  paused: ['sending', 'cancelled'],
  sent: [],
  cancelled: [],
} as const satisfies Record<string, readonly string[]>;

export type NoticeState = keyof typeof noticeTransitions;

/**
 * The notice after a step, with the step as its newest entry. Undefined where the table has no such transition: then
 * somebody else was first.
 */
export function moveNotice(notice: Notice, entry: NoticeEntry): Notice | undefined {
  if (!(noticeTransitions[notice.state] as readonly string[]).includes(entry.state)) return undefined;
  const moved = { ...notice, state: entry.state, history: withEntry(notice, entry) };
  const active = activeIn(moved);
  const isShown = moved.asOf !== undefined && moved.state !== 'cancelled';
  const dueAt = active === 'counting' ? entry.at : active && moved.sendAt;
  return { ...moved, active, dueAt, showing: isShown ? 'yes' : undefined };
}

/** The history of the version that is written next. */
export const withEntry = ({ history, version }: Notice, entry: NoticeEntry): NoticeEntry[] =>
  [...history, { ...entry, version: version + 1 }].slice(-keptEntries);

/** Whatever is on its way when a notice is paused, cancelled or done still comes back as feedback. */
function activeIn({ state, walk }: Notice): Active | undefined {
  if (state === 'scheduled' || state === 'sending') return state;
  return walk ? 'counting' : undefined;
}

const keptEntries = 100;
