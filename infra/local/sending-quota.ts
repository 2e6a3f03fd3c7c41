import type { SentMail } from './mailbox.ts';
import { sesError } from './sending.ts';

/** As GetSendQuota says it, in recipients. */
export interface Quota {
  max24HourSend: number;
  maxSendRate: number;
}

/** Counts recipients against the quota. `take` throws Throttling, which a sender is meant to try again. */
export function openQuota({ max24HourSend, maxSendRate }: Quota, sent: readonly SentMail[], now: () => number) {
  const sentLast24Hours = openDay(sent, now);
  let left = maxSendRate;
  let at = now();
  return {
    sentLast24Hours,
    take(recipients: number): void {
      if (sentLast24Hours() + recipients > max24HourSend) throw sesError('Throttling', 'Daily message quota exceeded.');
      left = Math.min(maxSendRate, left + ((now() - at) / 1000) * maxSendRate);
      at = now();
      if (left < recipients) throw sesError('Throttling', 'Maximum sending rate exceeded.');
      left -= recipients;
    },
  };
}

/** Recipients of the last 24 hours: a window that slides over the list, which only grows. */
function openDay(sent: readonly SentMail[], now: () => number): () => number {
  let first = 0;
  let end = 0;
  let count = 0;
  return () => {
    const start = new Date(now() - 86_400_000).toISOString();
    while (end < sent.length) count += sent[end++]!.to.length;
    while (first < end && sent[first]!.at < start) count -= sent[first++]!.to.length;
    return count;
  };
}
