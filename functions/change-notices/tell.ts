import { now } from '../../shared/clock.ts';
import { mostRecipients, type QueuedNotice, queueNotices } from '../../shared/deliveries/notices-queue.ts';
import { type NoticeDelivery, noticeDeliveryKey, putNoticeDelivery } from '../../shared/deliveries/of-notice.ts';
import { unreachableAmong } from '../../shared/members/unreachable.ts';
import type { WalkedMember } from '../../shared/members/walk.ts';
import { isInAudience, languageFor } from '../../shared/notices/audience.ts';
import type { Notice } from '../../shared/notices/notice.ts';
import { inTurn } from './in-turn.ts';

/** How many members of a page are told by mail, and how many by the site alone. */
export interface Told {
  queued: number;
  byBanner: number;
}

/**
 * Puts a delivery for each member of the audience, once, and queues their mails. The delivery that is there counts:
 * where a page is done again, nobody who was to be told by the site gets a mail as well.
 */
export async function tell(notice: Notice, members: WalkedMember[]): Promise<Told> {
  const audience = members.filter((member) => isInAudience(member, notice));
  const unreachable = await unreachableAmong(audience.map(({ primaryEmail }) => primaryEmail));
  const deliveries = await inTurn(audience, (member) =>
    putNoticeDelivery(deliveryTo(notice, member, unreachable.has(member.primaryEmail))),
  );
  const byMail = deliveries.filter(({ toldBy }) => toldBy !== 'banner');
  await queueNotices(messagesFor(notice.noticeId, byMail));
  return { queued: byMail.length, byBanner: deliveries.length - byMail.length };
}

function deliveryTo(notice: Notice, member: WalkedMember, isUnreachable: boolean): NoticeDelivery {
  const { memberId, primaryEmail: to } = member;
  const key = noticeDeliveryKey(notice.noticeId, memberId);
  const told = isUnreachable ? ({ toldBy: 'banner', bannerAt: now() } as const) : { queuedAt: now() };
  return { ...key, memberId, to, language: languageFor(member, notice), letter: 'notice', ...told };
}

/** Ten recipients of one language a message; what SES or an earlier run has settled already is not queued again. */
export function messagesFor(noticeId: string, deliveries: NoticeDelivery[]): QueuedNotice[] {
  const open = deliveries.filter(({ sentAt, failedAt, skippedAt }) => !sentAt && !failedAt && !skippedAt);
  return [...Map.groupBy(open, ({ language }) => language)].flatMap(([language, all]) =>
    Array.from({ length: Math.ceil(all.length / mostRecipients) }, (_, n) => ({
      noticeId,
      language,
      recipients: all
        .slice(n * mostRecipients, (n + 1) * mostRecipients)
        .map(({ memberId, to = '' }) => ({ memberId, to })),
    })),
  );
}
