import type { NoticeDelivery } from '../../../shared/deliveries/of-notice.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import { kindOf } from '../../../shared/notices/tally.ts';
import { toldOf } from '../../../shared/notices/told.ts';

/** The columns of deliveries.csv, and what each holds. All times are in UTC. */
export const columnWords: [string, string][] = [
  ['memberId', 'The member'],
  ['address', 'Where the mail went'],
  ['language', 'The language of the text'],
  ['told', 'What counts: by mail, by banner only, or not yet'],
  ['toldAt', 'When they were told: when the mail was delivered, or from when the site showed the banner'],
  ['bannerUntil', 'Until when the site showed it, for members told by the banner only'],
  ['outcome', 'What is known of the mail last'],
  ['queuedAt', 'When the mail was lined up, or the member was marked for the banner only'],
  ['sentAt', 'When we noted that SES had taken the mail, which is just after its yes'],
  [
    'deliveredAt',
    'When the member’s mail server took it, by the clock of SES: it may be a moment before sentAt, which is by ours',
  ],
  ['delayedAt', 'When SES said that delivery is delayed'],
  ['bouncedAt', 'When the mail bounced, by the clock of SES'],
  ['bounceDetail', 'Why it bounced'],
  ['complainedAt', 'When the reader marked it as spam'],
  ['failedAt', 'When SES refused it, or when it was left out'],
  ['failure', 'Why'],
  ['possibleDuplicate', 'yes: it may have been sent twice'],
  ['sesMessageId', 'The id that SES gave it'],
];

export const columns = columnWords.map(([name]) => name);

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
