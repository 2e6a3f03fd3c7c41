import { SESServiceException, SendRawEmailCommand } from '@aws-sdk/client-ses';
import type { SQSRecord } from 'aws-lambda';
import { ses } from '../../shared/aws.ts';
import { eachMessage } from '../../shared/batch.ts';
import { addMonths, now } from '../../shared/clock.ts';
import { openConfirmation, takePlace, takePlaceOfDomain } from '../../shared/deliveries/limits.ts';
import { type QueuedAnswer, readQueuedAnswer } from '../../shared/deliveries/queue.ts';
import { claim, markFailed, markSent, markSkipped, releaseClaim, tagOf } from '../../shared/deliveries/store.ts';
import { env, envNumber } from '../../shared/env.ts';
import { errorName, Unavailable } from '../../shared/errors.ts';
import { evidenceKeys, keep } from '../../shared/evidence/store.ts';
import { writeLetter } from '../../shared/letters/write.ts';
import { log } from '../../shared/log.ts';
import { confirmationToken } from '../../shared/requests/confirmation-token.ts';
import { replyAddress } from '../../shared/requests/reply-address.ts';
import { type TokenKeys, tokenKeys } from '../../shared/tokens.ts';
import { buildMime } from './mime.ts';

/** One answer from the queue to SES, at most once unless this process dies between SES's yes and its own write. */
export const handler = eachMessage(async (record: SQSRecord) => {
  const answer = readQueuedAnswer(record.body);
  const { batch, delivery } = answer;
  const found = await claim(answer, answer, now());
  if (found.outcome === 'leased')
    throw new Unavailable(`Delivery ${batch} ${delivery} is being sent by another invocation.`);
  const skipped = found.outcome === 'claimed' ? await sendOrSkip(answer, found.abandoned) : undefined;
  log.info('answer', {
    requestId: batch,
    delivery,
    letter: answer.letter,
    outcome: skipped ? 'skipped' : found.outcome,
    reason: skipped,
    possibleDuplicate: found.outcome === 'claimed' && found.abandoned,
  });
});

/** The sentence that says why it may not go out, if it may not. */
async function sendOrSkip(answer: QueuedAnswer, possibleDuplicate: boolean): Promise<string | undefined> {
  const refused = await refusal(answer).catch((error) => giveBack(answer, error));
  if (refused) await markSkipped(answer, refused, now());
  else await send(answer, possibleDuplicate);
  return refused;
}

/** Why this answer may not go out, if it may not. */
async function refusal(answer: QueuedAnswer): Promise<string | undefined> {
  const { automatic, letter, memberId, decideBy, to } = answer;
  const alreadyAsked =
    letter === 'confirm' && memberId && decideBy
      ? await openConfirmation(memberId, answer, now(), decideBy)
      : undefined;
  // A confirmation has its own limit: forged mail must not be able to use up the places of the link that stops it.
  if (alreadyAsked || !automatic || letter === 'confirm') return alreadyAsked;
  return (await takePlace(to, answer, now())) ?? (memberId ? undefined : takePlaceOfDomain(to, answer, now()));
}

async function send(answer: QueuedAnswer, possibleDuplicate: boolean): Promise<void> {
  const mime = await prepare(answer).catch((error) => giveBack(answer, error));
  const messageId = await handToSes(answer, mime).catch((error) => afterNo(answer, error));
  if (messageId) await markSent(answer, messageId, now(), possibleDuplicate);
}

/** What is sent is evidence before it is sent. */
async function prepare(answer: QueuedAnswer): Promise<Buffer> {
  const mime = await compose(answer);
  const until = addMonths(now(), envNumber('requestRetentionMonths'));
  await keep(evidenceKeys.answer(answer.batch, answer.delivery), mime, 'message/rfc822', until);
  return mime;
}

/**
 * Where SES gave no clear no (the connection broke, or it answered 5xx), the mail may be on its way: the lease stays,
 * and the next try marks a possible duplicate.
 */
async function afterNo(answer: QueuedAnswer, error: unknown): Promise<undefined> {
  if (errorName(error) === 'InvalidParameterValue') return markFailed(answer, errorName(error), now());
  if (error instanceof SESServiceException && error.$fault === 'client') return giveBack(answer, error);
  throw error;
}

async function giveBack(answer: QueuedAnswer, error: unknown): Promise<never> {
  await releaseClaim(answer);
  throw error;
}

async function compose(answer: QueuedAnswer): Promise<Buffer> {
  const keys = await tokenKeys();
  const letter = writeLetter(answer.letter, answer.locale, {
    ...answer,
    requestId: answer.batch,
    siteName: env('siteName'),
    confirmUrl: confirmUrl(answer, keys),
  });
  return buildMime(answer, letter, { sender: env('sender'), replyTo: replyAddress(answer.batch, keys) });
}

const confirmUrl = ({ letter, batch, memberId, decideBy }: QueuedAnswer, keys: TokenKeys): string | undefined =>
  letter === 'confirm' && memberId
    ? `${env('publicUrl')}/confirm/${confirmationToken(batch, memberId, decideBy, keys)}`
    : undefined;

async function handToSes(answer: QueuedAnswer, mime: Buffer): Promise<string> {
  const { MessageId } = await ses().send(
    new SendRawEmailCommand({
      RawMessage: { Data: mime },
      Destinations: [answer.to],
      ConfigurationSetName: env('configurationSet'),
      Tags: [{ Name: 'delivery', Value: tagOf(answer) }],
    }),
  );
  return MessageId!;
}
