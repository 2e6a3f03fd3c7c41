import { countTray, inTray } from '../../../shared/requests/queue.ts';
import type { WrittenRequest } from '../../../shared/requests/request.ts';
import { type TrayName, type TrayTab, trayTabs } from './trays.ts';
import { type MembersById, membersOf } from './who.ts';

export interface QueueList {
  requests: WrittenRequest[];
  members: MembersById;
  /** Cursor of the next page. */
  next?: string;
  /** How many were looked through, where the filter left out some and there may be more. */
  lookedThrough?: number;
}

export interface Wanted {
  tab: TrayTab;
  channel?: WrittenRequest['channel'];
  after?: string;
}

/** One page of a tray, the first due first. A filter reads on for a while where it leaves out most. */
export async function readList({ tab, channel, after }: Wanted): Promise<QueueList> {
  const dueBefore = tab.dueBefore?.(new Date().toISOString());
  const requests: WrittenRequest[] = [];
  let next = after;
  let read = 0;
  do {
    const found = await inTray(tab.tray, { dueBefore, limit: pageSize - requests.length, after: next });
    requests.push(...found.requests.filter((request) => !channel || request.channel === channel));
    next = found.next;
    read += found.requests.length;
  } while (next && requests.length < pageSize && read < mostRead);
  const lookedThrough = next && requests.length < pageSize ? read : undefined;
  return { requests, next, lookedThrough, members: await membersOf(requests) };
}

const pageSize = 50;
const mostRead = 200;

export type Counts = Record<TrayName, { count: number; more: boolean }>;

/** How many requests each tray holds; counting ends at a hundred. */
export async function readCounts(): Promise<Counts> {
  const now = new Date().toISOString();
  const counts = await Promise.all(
    trayTabs.map(async ({ name, tray, dueBefore }) => [name, await countTray(tray, dueBefore?.(now))] as const),
  );
  return Object.fromEntries(counts) as Counts;
}
