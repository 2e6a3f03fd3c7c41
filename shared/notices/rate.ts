import { GetSendQuotaCommand } from '@aws-sdk/client-ses';
import { ses } from '../aws.ts';
import { envShare } from '../env.ts';

/** What SES leaves to notices, in mails; the rest is for answers. */
export interface Rate {
  perMinute: number;
  /** Today, that is in SES's window of 24 hours; undefined where SES has no such limit. */
  leftToday?: number;
}

/** Asks SES for the account's rate and daily quota, and takes the stage's share of both. */
export async function readRate(): Promise<Rate> {
  const { MaxSendRate = 1, Max24HourSend = -1, SentLast24Hours = 0 } = await ses().send(new GetSendQuotaCommand());
  return shareOf({ MaxSendRate, Max24HourSend, SentLast24Hours }, envShare('noticesShare'));
}

export function shareOf(
  quota: { MaxSendRate: number; Max24HourSend: number; SentLast24Hours: number },
  share: number,
): Rate {
  const { MaxSendRate, Max24HourSend, SentLast24Hours } = quota;
  return {
    perMinute: Math.max(1, Math.floor(MaxSendRate * 60 * share)),
    // SES says -1 for an account without a daily quota (API reference, GetSendQuota).
    leftToday: Max24HourSend < 0 ? undefined : Math.max(0, Math.floor(Max24HourSend * share - SentLast24Hours)),
  };
}
