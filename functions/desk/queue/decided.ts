import { addDays } from '../../../shared/clock.ts';
import { decidedOn } from '../../../shared/requests/queue.ts';
import type { WrittenRequest } from '../../../shared/requests/request.ts';
import { type MembersById, membersOf } from './who.ts';

export interface DecidedList {
  requests: WrittenRequest[];
  members: MembersById;
  /** Cursor of the next page. */
  next?: string;
}

/** Of whom, and where to go on. */
export interface WantedDecided {
  /** Id of a person at the desk; absent: of all. */
  by?: string;
  after?: string;
}

/** Days, today included. */
export const daysBack = 7;

/**
 * One page of what people closed within a week, the newest first: one index query a day, and some more where most of it
 * is others' and only one's own is asked for.
 */
export async function readDecided({ by, after }: WantedDecided, now: string): Promise<DecidedList> {
  const requests: WrittenRequest[] = [];
  const days = Array.from({ length: daysBack }, (_, back) => addDays(now, -back).slice(0, 10));
  let at = after && days.includes(after.slice(0, 10)) ? { day: after.slice(0, 10), after } : { day: days[0]! };
  for (let read = 0; read < mostQueries && requests.length < pageSize; read += 1) {
    const found = await decidedOn(at.day, { limit: pageSize - requests.length, ...at });
    requests.push(...found.requests.filter((request) => !by || decidedBy(request) === by));
    const day = found.next ? at.day : days[days.indexOf(at.day) + 1];
    if (!day) return { requests, members: await membersOf(requests) };
    at = { day, ...(found.next && { after: found.next }) };
  }
  const next = 'after' in at ? String(at.after) : `${at.day}T23:59:59.999Z~W-ZZZZ`;
  return { requests, next, members: await membersOf(requests) };
}

const pageSize = 50;
const mostQueries = 12;

/** Who closed it; a note may have come since. */
const decidedBy = ({ history, decidedAt }: WrittenRequest): string | undefined =>
  history.findLast(({ at }) => at === decidedAt)?.by?.id;
