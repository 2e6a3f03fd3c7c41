import { now } from '../../shared/clock.ts';
import { log } from '../../shared/log.ts';
import { type MemberPage, readMemberPage } from '../../shared/members/walk.ts';
import type { Notice } from '../../shared/notices/notice.ts';
import { type Rate, readRate } from '../../shared/notices/rate.ts';
import { changeWorked, type Worked } from './claim-notice.ts';
import { leftOf, paceAt } from './pace.ts';
import { type Told, tell } from './tell.ts';

/**
 * Tells the next members, page by page, until this minute's share of SES's rate is used up, the time is, or an officer
 * has paused or cancelled. A page is noted as done only when all of it is queued; a run that was killed before that
 * does the page again, and finds each delivery there already.
 */
export async function walk(work: Worked, hasTime: () => boolean): Promise<void> {
  if (!isLeft(work.notice)) return;
  const rate = await readRate();
  let room = await advance(work, rate, (notice) => notice);
  while (room > 0) {
    const reserved = room;
    const page = await readMemberPage(work.notice.walk?.next, reserved);
    const told = await tell(work.notice, page.members);
    const goesOn = hasTime();
    room = await advance(work, goesOn && rate, (notice) => walked(notice, page, told, reserved));
  }
  const { noticeId, walk: progress } = work.notice;
  log.info('a notice walks on', { noticeId, count: progress?.audience, done: progress?.doneAt !== undefined });
}

const isLeft = ({ state, walk: progress }: Notice): boolean => state === 'sending' && !progress?.doneAt;

/** Items read at once, so members at most: a page that is done again is done again quickly. */
const mostAPage = 2_000;

/**
 * Writes how far it has come and, at the same time, reserves what the next page may queue: before it is used, so that
 * what a killed run queued is counted, too. Returns that room; 0 where there is none or nothing is left to do.
 */
async function advance(
  work: Worked,
  rate: Rate | false,
  change: (notice: Notice) => Notice | undefined,
): Promise<number> {
  let room = 0;
  const written = await changeWorked(work, (notice) => {
    const after = change(notice);
    if (!after || !rate) return after;
    const pace = paceAt(now(), after, rate);
    room = isLeft(after) ? Math.min(mostAPage, leftOf(pace)) : 0;
    return { ...after, pace: { ...pace, count: pace.count + room } };
  });
  return written ? room : 0;
}

/** Also of a notice that was paused or cancelled meanwhile: these members are told. */
function walked(notice: Notice, page: MemberPage, told: Told, reserved: number): Notice | undefined {
  if (!notice.walk) return undefined;
  const { audience, queued, byBanner, next: _, ...progress } = notice.walk;
  return {
    ...notice,
    pace: notice.pace && { ...notice.pace, count: notice.pace.count - reserved + told.queued },
    walk: {
      ...progress,
      audience: audience + told.queued + told.byBanner,
      queued: queued + told.queued,
      byBanner: byBanner + told.byBanner,
      ...(page.next ? { next: page.next } : { doneAt: now() }),
    },
  };
}
