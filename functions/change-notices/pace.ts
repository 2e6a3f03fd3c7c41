import type { Notice, Pace } from '../../shared/notices/notice.ts';
import type { Rate } from '../../shared/notices/rate.ts';

/**
 * What may be queued in this minute, and what of it is queued already: a minute's share of SES's rate, within its daily
 * quota. While SES does not send what is queued, because it throttles or is down, no more is queued than five minutes'
 * worth: messages that come back again and again end as dead letters.
 */
export function paceAt(
  at: string,
  notice: Pick<Notice, 'pace' | 'walk' | 'tally'>,
  { perMinute, leftToday = Number.POSITIVE_INFINITY }: Rate,
): Pace {
  const minute = at.slice(0, 'YYYY-MM-DDTHH:MM'.length);
  const count = notice.pace?.minute === minute ? notice.pace.count : 0;
  const room = Math.max(0, Math.min(leftToday, perMinute * mostMinutes) - waitingOf(notice));
  return { minute, count, most: Math.min(perMinute, count + room) };
}

const mostMinutes = 5;

/** The last two percent are left: most of what is read are look-up items, and ever smaller pages cost a write each. */
export const leftOf = ({ most, count }: Pace): number => (most - count > most / 50 ? most - count : 0);

/** Mails that were queued and not sent, as of the last count: it may be a minute behind, so at the most. */
function waitingOf({ walk, tally }: Pick<Notice, 'walk' | 'tally'>): number {
  const { sent = 0, delivered = 0, bounced = 0, complained = 0, failed = 0 } = tally ?? {};
  return Math.max(0, (walk?.queued ?? 0) - (sent + delivered + bounced + complained + failed));
}
