import { addSeconds, now } from '../../shared/clock.ts';
import { type NoticeDelivery, readShard, shards } from '../../shared/deliveries/of-notice.ts';
import { log } from '../../shared/log.ts';
import type { Counting, Notice } from '../../shared/notices/notice.ts';
import { addDeliveries, decidingAttributes, noCounts } from '../../shared/notices/tally.ts';
import { changeWorked, type Worked } from './claim-notice.ts';
import { counted } from './counted.ts';
import { mailOfficers } from './mail-officers.ts';
import { isForgotten, queueAgain, queueingAttributes } from './queue-again.ts';

/**
 * Counts what is known of the deliveries, and draws the conclusions: over a limit, or done. A count that takes longer
 * than this run goes on in the next.
 */
export async function count(work: Worked, hasTime: () => boolean): Promise<void> {
  if (!isToBeCounted(work.notice, now())) return;
  let counting: Counting = work.notice.counting ?? { shard: 0, counts: noCounts, startedAt: now() };
  const forgotten: NoticeDelivery[] = [];
  for (let read = 0; counting.shard < shards.length; read += 1) {
    if (!hasTime() && read > 0) {
      await changeWorked(work, (notice) => ({ ...notice, counting }));
      return;
    }
    counting = await countPage(work.notice.noticeId, counting, (deliveries) => {
      forgotten.push(...deliveries.filter((one) => isForgotten(one, now())).slice(0, mostForgotten - forgotten.length));
    });
    // The lease outlasts this many pages.
    if (read % 50 === 49) await changeWorked(work, (notice) => ({ ...notice, counting }));
  }
  const at = now();
  await changeWorked(work, (notice) => counted(notice, counting, at), mailOfficers);
  const { noticeId, state, tally } = work.notice;
  log.info('a notice was counted', { noticeId, outcome: state, ...tally });
  await queueAgain(work, forgotten);
}

/** Whatever it says, a count is made anew after most of a minute; and one that is under way goes on. */
function isToBeCounted({ walk, tally, counting }: Notice, at: string): boolean {
  if (!walk) return false;
  const isNew = walk.doneAt !== undefined && (tally?.countedAt ?? '') < walk.doneAt;
  return counting !== undefined || isNew || !tally || tally.countedAt <= addSeconds(at, -secondsBetween);
}

/** The schedule may be some seconds early or late. */
const secondsBetween = 45;

/** The others are found by a later count. */
const mostForgotten = 5_000;

const attributes = [...decidingAttributes, ...queueingAttributes, 'leaseUntil'];

async function countPage(
  noticeId: string,
  { shard, after, counts, startedAt }: Counting,
  look: (deliveries: NoticeDelivery[]) => void,
): Promise<Counting> {
  const page = await readShard(noticeId, shard, { after, attributes });
  look(page.deliveries);
  const sum = addDeliveries(counts, page.deliveries);
  return page.next ? { shard, after: page.next, counts: sum, startedAt } : { shard: shard + 1, counts: sum, startedAt };
}
