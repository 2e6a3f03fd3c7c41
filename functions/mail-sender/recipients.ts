import { now } from '../../shared/clock.ts';
import {
  claim,
  type DeliveryKey,
  markFailed,
  markSent,
  markSkipped,
  releaseClaim,
} from '../../shared/deliveries/store.ts';
import { env } from '../../shared/env.ts';
import { handToSes, mailboxOf } from './hand-to-ses.ts';
import type { NoticeMail } from './notice-mail.ts';
import { refusalOf } from './refusal.ts';
import { takeTurn } from './turns.ts';

export interface Recipient {
  /** The address as the directory has it. */
  to: string;
  key: DeliveryKey;
  letter: 'notice' | 'notice-test';
}

/** `settled` earlier, or `leased` to another invocation; `later` when nothing was tried, `problem` when it went wrong. */
export type Outcome = 'sent' | 'possible-duplicate' | 'failed' | 'skipped' | 'settled' | 'leased' | 'later' | 'problem';

/** What became of the recipients, in their order. */
export interface Result {
  outcomes: Outcome[];
  /** Why it was stopped, if it was. */
  obstacle?: 'throttled' | 'stopped';
  /** The first thing that went wrong. */
  problem?: unknown;
}

interface Run extends Omit<Result, 'outcomes'> {
  mail: NoticeMail;
  until: number;
}

/** Sends to each of them in turn. Once SES says "not now", nobody else is tried. */
export async function sendToAll(recipients: Recipient[], mail: NoticeMail, until: number): Promise<Result> {
  const run: Run = { mail, until };
  const outcomes = await each(recipients, run, (recipient) => sendTo(recipient, run));
  return { outcomes, obstacle: run.obstacle, problem: run.problem };
}

/** Marks each of them as not sent, but for those that are settled. */
export async function skipAll(recipients: Recipient[], reason: string): Promise<Result> {
  const run: Pick<Run, 'problem'> = {};
  const outcomes = await each(recipients, run, (recipient) => skip(recipient, reason));
  return { outcomes, problem: run.problem };
}

/** One that goes wrong keeps no other from being sent. */
const each = (
  recipients: Recipient[],
  run: Pick<Run, 'problem'>,
  act: (recipient: Recipient) => Promise<Outcome>,
): Promise<Outcome[]> =>
  Promise.all(
    recipients.map((recipient) =>
      act(recipient).catch((error): Outcome => {
        run.problem ??= error;
        return 'problem';
      }),
    ),
  );

async function sendTo(recipient: Recipient, run: Run): Promise<Outcome> {
  const { to, key } = recipient;
  if (run.obstacle || !(await takeTurn(run.until)) || run.obstacle) return 'later';
  const found = await claim(key, recipient, now());
  if (found.outcome !== 'claimed') return found.outcome === 'done' ? 'settled' : 'leased';
  const mailbox = mailboxOf(to);
  if (!mailbox) return fail(key, 'SES sends to no such address: it is none, or has letters beyond ASCII before the @.');
  const asked = await ask(mailbox, key, run.mail);
  if ('error' in asked) return afterNo(asked.error, { key, mailbox }, run);
  await markSent(key, asked.messageId, now(), found.abandoned);
  return found.abandoned ? 'possible-duplicate' : 'sent';
}

/** SES's answer alone: an error of the write behind it says nothing of the mail. */
async function ask(
  to: string,
  key: DeliveryKey,
  mail: NoticeMail,
): Promise<{ messageId: string } | { error: unknown }> {
  const configurationSet = env('noticesConfigurationSet');
  try {
    return { messageId: await handToSes(mail(to, key), { ...key, to, configurationSet }) };
  } catch (error) {
    return { error };
  }
}

/** Where SES gave no clear no, the lease stays, and the next try marks a possible duplicate. */
async function afterNo(
  error: unknown,
  { key, mailbox }: { key: DeliveryKey; mailbox: string },
  run: Run,
): Promise<Outcome> {
  const refusal = refusalOf(error, mailbox);
  if (refusal === 'address') return fail(key, `SES refused it: ${(error as Error).message}`.slice(0, 300));
  if (refusal !== 'unknown') await releaseClaim(key);
  // Whatever else it says may be about this one recipient, so the others are tried.
  if (refusal !== 'throttled' && refusal !== 'stopped') throw error;
  run.obstacle ??= refusal;
  return 'later';
}

async function fail(key: DeliveryKey, reason: string): Promise<Outcome> {
  await markFailed(key, reason, now());
  return 'failed';
}

async function skip(recipient: Recipient, reason: string): Promise<Outcome> {
  const { key } = recipient;
  const found = await claim(key, recipient, now());
  if (found.outcome !== 'claimed') return found.outcome === 'done' ? 'settled' : 'leased';
  const about = found.abandoned ? `${reason} An earlier try broke off and may have sent it.` : reason;
  await markSkipped(key, about, now());
  return 'skipped';
}
