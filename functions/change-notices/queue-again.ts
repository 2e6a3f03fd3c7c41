import { addSeconds, now } from '../../shared/clock.ts';
import { queueNotices } from '../../shared/deliveries/notices-queue.ts';
import { markQueuedAgain, type NoticeDelivery } from '../../shared/deliveries/of-notice.ts';
import { log } from '../../shared/log.ts';
import { readRate } from '../../shared/notices/rate.ts';
import { kindOf } from '../../shared/notices/tally.ts';
import { changeWorked, type Worked } from './claim-notice.ts';
import { inTurn } from './in-turn.ts';
import { paceAt } from './pace.ts';
import { messagesFor } from './tell.ts';

/** What is needed to queue a delivery again. */
export const queueingAttributes = ['queuedAt', 'queuedAgainAt', 'memberId', 'to', 'language'];

/** Whether a delivery waits for longer than its message can: SES was down, and the message is a dead letter. */
export const isForgotten = (delivery: NoticeDelivery, at: string): boolean =>
  kindOf(delivery) === 'queued' &&
  (delivery.queuedAgainAt ?? delivery.queuedAt ?? at) < addSeconds(at, -longestWait) &&
  (delivery.leaseUntil ?? '') < at;

/** Seconds. A queue gives a message up after 90 minutes (infra/constructs/work-queue.ts). */
const longestWait = 2 * 3_600;

/** Queues forgotten deliveries anew, within this minute's share. mail-sender sends a delivery once, however often it is queued. */
export async function queueAgain(work: Worked, forgotten: NoticeDelivery[]): Promise<void> {
  if (forgotten.length === 0) return;
  const rate = await readRate();
  let chosen: NoticeDelivery[] = [];
  const reserved = await changeWorked(work, (notice) => {
    const pace = paceAt(now(), notice, rate);
    chosen = notice.state === 'sending' ? forgotten.slice(0, Math.max(0, rate.perMinute - pace.count)) : [];
    return chosen.length > 0 ? { ...notice, pace: { ...pace, count: pace.count + chosen.length } } : undefined;
  });
  if (!reserved) return;
  await queueNotices(messagesFor(work.notice.noticeId, chosen));
  await inTurn(chosen, (delivery) => markQueuedAgain(delivery, now()));
  log.warn('mails of a notice are queued again', { noticeId: work.notice.noticeId, count: chosen.length });
}
