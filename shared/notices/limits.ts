import type { Notice } from './notice.ts';
import { acceptedOf, noCounts } from './tally.ts';

export interface Limits {
  /** Shares of the mails that SES accepted: 0.05 is 5 %. */
  bounces: number;
  complaints: number;
}

/**
 * The sentence that says why a notice is to be paused, if it is. SES puts an account under review at 5 % of bounces and
 * 0.1 % of complaints, and answers go out by the same account. What came before an officer resumed it does not count.
 */
export function overLimits(
  { tally, limitsFrom }: Pick<Notice, 'tally' | 'limitsFrom'>,
  limits: Limits,
): string | undefined {
  if (!tally) return undefined;
  const before = limitsFrom ?? noCounts;
  const accepted = acceptedOf(tally) - acceptedOf(before);
  if (accepted < fewest) return undefined;
  const bounced = tally.bounced - before.bounced;
  const complained = tally.complained - before.complained;
  if (bounced > accepted * limits.bounces) return sentence(bounced, accepted, 'bounced', limits.bounces);
  // One complaint among the first few hundred says nothing yet about one in a thousand.
  if (complained > 1 && complained > accepted * limits.complaints)
    return sentence(complained, accepted, 'were reported as spam', limits.complaints);
  return undefined;
}

/** Mails, before a share of them says anything. */
const fewest = 50;

const sentence = (count: number, of: number, what: string, limit: number): string =>
  `Paused by itself: ${inWords(count)} of ${inWords(of)} mails ${what} (${percent(count / of)}), and the limit is ${percent(limit)}.`;

const inWords = (count: number): string => count.toLocaleString('en');
const percent = (share: number): string => `${(100 * share).toLocaleString('en', { maximumFractionDigits: 2 })} %`;
