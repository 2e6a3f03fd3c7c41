import { addSeconds } from '../../../shared/clock.ts';
import type { Counts, Notice } from '../../../shared/notices/notice.ts';
import { noCounts, totalOf } from '../../../shared/notices/tally.ts';

/** How far a notice is. Every figure is of members, and `parts` add up to `audience`. */
export interface Progress {
  audience: number;
  /** Whether nobody is to be added any more. */
  isWhole: boolean;
  parts: Part[];
  /** Members whom the walk has not come to, where it is known how many there are. */
  ahead?: number;
  /** Whom a mail has yet to be handed over for. */
  remaining: number;
  /** ISO 8601: when the last mail is handed over, at the rate of this minute. */
  endsAt?: string;
}

export interface Part {
  kind: keyof Counts | 'uncounted';
  words: string;
  about: string;
  many: number;
}

/** `expected`: how many members there are to tell in all, by a count of its own. */
export function progressOf({ state, walk, tally, pace }: Notice, at: string, expected?: number): Progress {
  const counts = tally ?? noCounts;
  const total = totalOf(counts);
  const audience = Math.max(walk?.audience ?? 0, total);
  const isWhole = walk?.doneAt !== undefined;
  const ahead = isWhole || expected === undefined ? undefined : Math.max(0, expected - audience);
  const uncounted = audience - total;
  const remaining = counts.queued + uncounted + (ahead ?? 0);
  const isGoing = state === 'sending' && remaining > 0 && (isWhole || ahead !== undefined);
  return {
    audience,
    isWhole,
    parts: [...kinds.map((kind) => ({ ...kind, many: counts[kind.kind] })), { ...justQueued, many: uncounted }].filter(
      ({ kind, many }) => many > 0 || kind !== 'uncounted',
    ),
    ahead,
    remaining,
    endsAt: isGoing && pace ? addSeconds(at, Math.ceil(remaining / Math.max(1, pace.most)) * 60) : undefined,
  };
}

/** In the order in which a mail goes through them; what stands last keeps members from being told by mail. */
const kinds: Omit<Part & { kind: keyof Counts }, 'many'>[] = [
  { kind: 'delivered', words: 'Delivered', about: 'their mail server took the mail' },
  { kind: 'complained', words: 'Complained', about: 'delivered, then marked as spam; they get no offers any more' },
  { kind: 'sent', words: 'Sent', about: 'handed to SES, which has not said yet what became of it' },
  { kind: 'queued', words: 'Queued', about: 'waits to be sent' },
  { kind: 'bounced', words: 'Bounced', about: 'told by the banner alone' },
  { kind: 'failed', words: 'Failed', about: 'no mail went out; told by the banner alone' },
  { kind: 'byBanner', words: 'By banner', about: 'no mail, since an earlier one bounced' },
];

/** Members who were queued after the last count. */
const justQueued = { kind: 'uncounted', words: 'Just queued', about: 'since the last count' } as const;
