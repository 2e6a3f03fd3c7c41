import type { NoticeDelivery } from '../../../shared/deliveries/of-notice.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import { kindOf } from '../../../shared/notices/tally.ts';
import { toldOf } from '../../../shared/notices/told.ts';

/** The columns of deliveries.csv. All times are in UTC. */
export const columns = [
  'memberId',
  'address',
  'language',
  'told',
  'toldAt',
  'bannerUntil',
  'outcome',
  'queuedAt',
  'sentAt',
  'deliveredAt',
  'delayedAt',
  'bouncedAt',
  'bounceDetail',
  'complainedAt',
  'failedAt',
  'failure',
  'possibleDuplicate',
  'sesMessageId',
];

/** One member. `told` is what counts: by mail, by the banner alone (from toldAt until bannerUntil), or not yet. */
export function rowOf(delivery: NoticeDelivery, notice: Notice): string[] {
  const told = toldOf(delivery, notice);
  const { queuedAt, bannerAt, sentAt, deliveredAt, delayedAt, bouncedAt, complainedAt, failedAt, skippedAt } = delivery;
  return [
    delivery.memberId,
    delivery.to,
    delivery.language,
    toldWords[told.by],
    told.at,
    told.until,
    kindOf(delivery),
    queuedAt ?? bannerAt,
    sentAt,
    deliveredAt,
    delayedAt,
    bouncedAt,
    delivery.bouncedAtDetail,
    complainedAt,
    failedAt ?? skippedAt,
    delivery.failure ?? delivery.failedAtDetail ?? delivery.skipped,
    delivery.possibleDuplicate ? 'yes' : '',
    delivery.messageId,
  ].map((value) => value ?? '');
}

/** Everything that is recorded of it, and what follows from that. */
export function jsonOf({ batch: _, delivery: __, ...recorded }: NoticeDelivery, notice: Notice) {
  const { leaseUntil: ___, ...rest } = recorded as typeof recorded & { leaseUntil?: string };
  const { memberId, to, language, ...flags } = rest;
  const told = toldOf(flags, notice);
  return { memberId, to, language, told: { ...told, by: toldWords[told.by] }, outcome: kindOf(flags), ...flags };
}

const toldWords = { mail: 'by mail', banner: 'by banner only', pending: 'not yet' } as const;
