import type { NoticeDelivery } from '../deliveries/of-notice.ts';
import type { Counts } from './notice.ts';

/** What is known of a delivery last: the first of these that is true of it. A complaint weighs more than a delivery. */
export function kindOf(delivery: Partial<NoticeDelivery>): keyof Counts {
  if (delivery.toldBy === 'banner') return 'byBanner';
  if (delivery.complainedAt) return 'complained';
  if (delivery.bouncedAt) return 'bounced';
  if (delivery.deliveredAt) return 'delivered';
  if (delivery.failedAt || delivery.skippedAt) return 'failed';
  return delivery.sentAt ? 'sent' : 'queued';
}

/** The attributes that decide it. */
export const decidingAttributes = [
  'toldBy',
  'complainedAt',
  'bouncedAt',
  'deliveredAt',
  'failedAt',
  'skippedAt',
  'sentAt',
  'delivery',
];

export const noCounts: Counts = {
  queued: 0,
  sent: 0,
  delivered: 0,
  bounced: 0,
  complained: 0,
  failed: 0,
  byBanner: 0,
};

export function addDeliveries(counts: Counts, deliveries: Partial<NoticeDelivery>[]): Counts {
  const after = { ...counts };
  for (const delivery of deliveries) after[kindOf(delivery)] += 1;
  return after;
}

/** All of them: the audience. */
export const totalOf = ({ queued, sent, delivered, bounced, complained, failed, byBanner }: Counts): number =>
  queued + sent + delivered + bounced + complained + failed + byBanner;

/** Those of whom nothing final is known yet. */
export const openOf = ({ queued, sent }: Counts): number => queued + sent;

/** Those that SES accepted. */
export const acceptedOf = ({ sent, delivered, bounced, complained }: Counts): number =>
  sent + delivered + bounced + complained;
