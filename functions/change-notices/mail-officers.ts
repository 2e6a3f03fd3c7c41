import { queueAnswer } from '../../shared/deliveries/queue.ts';
import { env } from '../../shared/env.ts';
import type { Notice } from '../../shared/notices/notice.ts';

/**
 * Tells the officers that a notice was paused by itself, before that is written: a crash in between queues the same
 * delivery again, which mail-sender sends once.
 */
export async function mailOfficers(notice: Notice): Promise<void> {
  const last = notice.history.at(-1);
  if (notice.state !== 'paused' || last?.by || last?.at !== notice.tally?.countedAt) return;
  const times = notice.history.filter(({ state, by }) => state === 'paused' && !by).length;
  await queueAnswer({
    batch: notice.noticeId,
    delivery: `paused-${times}`,
    letter: 'notice-paused',
    to: env('officersAddress'),
    locale: 'en',
    name: '',
    communities: [],
    words: last!.what,
    since: last!.at,
    automatic: false,
    thread: { references: [] },
  });
}
