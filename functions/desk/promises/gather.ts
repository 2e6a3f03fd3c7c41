import { now } from '../../../shared/clock.ts';
import { type ListedNotice, listNotices } from '../../../shared/notices/list.ts';
import { median, untilDone, untilOpened } from '../../../shared/recalls/recall.ts';
import { countRecalls, readRecalls } from '../../../shared/recalls/store.ts';
import { type Arrived, type Figures, figuresOf, readArrivals } from '../../../shared/requests/figures.ts';
import { countTray } from '../../../shared/requests/queue.ts';
import type { Tray } from '../../../shared/requests/request.ts';
import { freshFor } from './fresh.ts';

/** What the promises come to, counted at one moment. */
export interface Gathered {
  countedAt: string;
  arrivals: { all: Figures; channels: ({ channel: Arrived['channel'] } & Figures)[]; cutAt?: string };
  overdue: Count;
  trays: ({ tray: Tray } & Count)[];
  notices: NoticeFigures;
  recalls: { open: Count; untilOpened?: number; untilDone?: number };
}

/** `more`: counting ended there. */
export interface Count {
  count: number;
  more: boolean;
}

/** Of the newest notices. A member counts once for each notice. */
export interface NoticeFigures {
  sent: number;
  onTheWay: number;
  byMail: number;
  bySite: number;
  unknown: number;
  more: boolean;
}

/** The figures, counted at most once a minute by each process, and at the same cost however much is stored. */
export const gather = freshFor(60_000, count);

export const channels = ['email', 'fax', 'letter', 'other'] as const;
export const trays: Tray[] = ['review', 'spam', 'asked', 'held', 'quarantined'];

/** Where a person decides by the due date. */
const decided: Tray[] = ['review', 'spam', 'quarantined'];

const mostNotices = 50;
const mostRecalls = 100;

async function count(): Promise<Gathered> {
  const countedAt = now();
  const [arrivals, overdue, open, notices, recalls] = await Promise.all([
    readArrivals(countedAt),
    Promise.all(decided.map((tray) => countTray(tray, countedAt))),
    Promise.all(trays.map(async (tray) => ({ tray, ...(await countTray(tray)) }))),
    listNotices(mostNotices),
    countedRecalls(),
  ]);
  return {
    countedAt,
    arrivals: byChannel(arrivals.arrived, arrivals.cutAt),
    overdue: sum(overdue),
    trays: open,
    notices: { ...noticeFigures(notices.notices), more: notices.next !== undefined },
    recalls,
  };
}

const byChannel = (arrived: Arrived[], cutAt?: string): Gathered['arrivals'] => ({
  all: figuresOf(arrived),
  channels: channels.map((channel) => ({ channel, ...figuresOf(arrived.filter((one) => one.channel === channel)) })),
  cutAt,
});

const sum = (counts: Count[]): Count => ({
  count: counts.reduce((total, { count }) => total + count, 0),
  more: counts.some(({ more }) => more),
});

/** Told by mail is who got it, the site tells all whom no mail reached, and of the rest nothing is known yet. */
export function noticeFigures(notices: readonly Pick<ListedNotice, 'state' | 'tally'>[]): Omit<NoticeFigures, 'more'> {
  const figures = { sent: 0, onTheWay: 0, byMail: 0, bySite: 0, unknown: 0 };
  for (const { state, tally } of notices) {
    if (state === 'sent') figures.sent += 1;
    if (state === 'sending' || state === 'paused') figures.onTheWay += 1;
    if (!tally) continue;
    figures.byMail += tally.delivered + tally.complained;
    figures.bySite += tally.byBanner + tally.bounced + tally.failed;
    figures.unknown += tally.queued + tally.sent;
  }
  return figures;
}

async function countedRecalls(): Promise<Gathered['recalls']> {
  const [open, waiting, done] = await Promise.all([
    countRecalls('open'),
    readRecalls('open', { limit: mostRecalls }),
    readRecalls('done', { limit: mostRecalls }),
  ]);
  return {
    open,
    untilOpened: median([...waiting.recalls, ...done.recalls].map(untilOpened)),
    untilDone: median(done.recalls.map(untilDone)),
  };
}
