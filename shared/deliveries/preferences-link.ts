import { createHash, randomBytes } from 'node:crypto';
import type { QueuedAnswer } from './queue.ts';

/** The mail that brings a member the link to their preferences. It goes to the primary address and nowhere else. */
export function preferencesLink(
  { memberId, name, primaryEmail, locale = 'en' }: Reader,
  { batch, place = 0, at, automatic }: { batch: string; place?: number; at: string; automatic: boolean },
): QueuedAnswer {
  return {
    ...{ batch, delivery: `preferences-link-${place}`, letter: 'preferences-link' },
    ...{ to: primaryEmail, locale, memberId, name, communities: [], since: at },
    automatic,
    thread: { references: [] },
  };
}

interface Reader {
  memberId: string;
  name: string;
  primaryEmail: string;
  locale?: string;
}

/** A batch for links: made anew, or from what is sent again with a form, so that a double click is one mail. */
export const linkBatch = (nonce: string = randomBytes(16).toString('hex')): string =>
  `L-${createHash('sha256').update(nonce).digest('hex').slice(0, 26)}`;
