import type { NoticeDelivery } from '../deliveries/of-notice.ts';
import type { Notice } from './notice.ts';
import { kindOf } from './tally.ts';

/**
 * How a member was told. `mail`: it arrived. `banner`: mail does not reach them, so they count as told by the site
 * alone, and only while it shows. `pending`: nobody knows yet that the mail arrived.
 */
export interface Told {
  by: 'mail' | 'banner' | 'pending';
  /** When the mail arrived; when the site began to show the notice. */
  at?: string;
  /** When the site stops showing it. */
  until?: string;
}

export function toldOf(delivery: Partial<NoticeDelivery>, notice: Notice): Told {
  const kind = kindOf(delivery);
  if (kind === 'delivered' || kind === 'complained')
    return { by: 'mail', at: delivery.deliveredAt ?? delivery.complainedAt };
  if (kind === 'queued' || kind === 'sent') return { by: 'pending' };
  const banner = bannerOf(notice);
  return { by: 'banner', at: banner?.from, until: banner?.until };
}

/**
 * From when until when the site shows a notice; undefined before it begins. What is cancelled goes at once, and so does
 * a banner that an officer ends.
 */
export function bannerOf(notice: Notice): { from: string; until: string } | undefined {
  const { asOf, bannerUntil, bannerEndedAt, history, state } = notice;
  if (!asOf) return undefined;
  const cancelled = state === 'cancelled' ? history.findLast((entry) => entry.state === 'cancelled')?.at : undefined;
  const ended = bannerEndedAt ?? cancelled;
  return { from: asOf, until: ended && ended < bannerUntil ? ended : bannerUntil };
}
