import { setTimeout as pause } from 'node:timers/promises';
import { addMonths, now } from '../../shared/clock.ts';
import { openConfirmation, takePlace, takePlaceOfDomain, takePlaceOfLink } from '../../shared/deliveries/limits.ts';
import type { QueuedAnswer } from '../../shared/deliveries/queue.ts';
import { claim, markFailed, markSent, markSkipped, releaseClaim } from '../../shared/deliveries/store.ts';
import { env, envNumber } from '../../shared/env.ts';
import { errorName, Unavailable } from '../../shared/errors.ts';
import { evidenceKeys, keep } from '../../shared/evidence/store.ts';
import { writeLetter } from '../../shared/letters/write.ts';
import { log } from '../../shared/log.ts';
import { confirmationToken } from '../../shared/requests/confirmation-token.ts';
import { preferencesToken } from '../../shared/requests/preferences-token.ts';
import { replyAddress } from '../../shared/requests/reply-address.ts';
import { type TokenKeys, tokenKeys } from '../../shared/tokens.ts';
import { handToSes } from './hand-to-ses.ts';
import { buildMime } from './mime.ts';
import { refusalOf } from './refusal.ts';

/**
 * One answer to SES, at most once unless this process dies between SES's yes and its own write. SES is asked until that
 * moment (milliseconds since 1970) while it throttles.
 */
export async function sendAnswer(answer: QueuedAnswer, until: number): Promise<void> {
  const { batch, delivery } = answer;
  const found = await claim(answer, answer, now());
  if (found.outcome === 'leased')
    throw new Unavailable(`Delivery ${batch} ${delivery} is being sent by another invocation.`);
  const skipped = found.outcome === 'claimed' ? await sendOrSkip(answer, found.abandoned, until) : undefined;
  log.info('answer', {
    requestId: batch,
    delivery,
    letter: answer.letter,
    outcome: skipped ? 'skipped' : found.outcome,
    reason: skipped,
    possibleDuplicate: found.outcome === 'claimed' && found.abandoned,
  });
}

/** The sentence that says why it may not go out, if it may not. */
async function sendOrSkip(
  answer: QueuedAnswer,
  possibleDuplicate: boolean,
  until: number,
): Promise<string | undefined> {
  const refused = await refusal(answer).catch((error) => giveBack(answer, error));
  if (refused) await markSkipped(answer, refused, now());
  else await send(answer, possibleDuplicate, until);
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
  // So has a link, the other way round: who asks for links must not use up the places of answers.
  if (letter === 'preferences-link') return takePlaceOfLink(to, answer, now());
  return (await takePlace(to, answer, now())) ?? (memberId ? undefined : takePlaceOfDomain(to, answer, now()));
}

async function send(answer: QueuedAnswer, possibleDuplicate: boolean, until: number): Promise<void> {
  const mime = await prepare(answer).catch((error) => giveBack(answer, error));
  const messageId = await insist(answer, mime, until).catch((error) => afterNo(answer, error));
  if (messageId) await markSent(answer, messageId, now(), possibleDuplicate);
}

/** What is sent is evidence before it is sent. */
async function prepare(answer: QueuedAnswer): Promise<Buffer> {
  const keys = await tokenKeys();
  const mime = await compose(answer, keys, confirmationToken);
  // What staff are told is evidence of nothing.
  if (isAboutNoRequest(answer)) return mime;
  // Whoever reads the evidence must not be able to answer in the member's place.
  const kept = answer.letter === 'confirm' ? await compose(answer, keys, () => leftOut) : mime;
  const until = addMonths(now(), envNumber('requestRetentionMonths'));
  await keep(evidenceKeys.answer(answer.batch, answer.delivery), kept, 'message/rfc822', until);
  return mime;
}

/** What the kept copy has in place of the token. */
const leftOut = '[token kept from the record]';

/** A message that comes back does so after minutes; SES counts by the second. */
async function insist(answer: QueuedAnswer, mime: Buffer, until: number): Promise<string> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await handToSes(mime, { ...answer, configurationSet: env('configurationSet') });
    } catch (error) {
      const wait = 250 * 2 ** attempt * (0.5 + Math.random());
      if (refusalOf(error, answer.to) !== 'throttled' || Date.now() + wait > until) throw error;
      await pause(wait);
    }
  }
}

/**
 * Where SES gave no clear no (the connection broke, or it answered 5xx), the mail may be on its way: the lease stays,
 * and the next try marks a possible duplicate.
 */
async function afterNo(answer: QueuedAnswer, error: unknown): Promise<undefined> {
  if (errorName(error) === 'InvalidParameterValue') return markFailed(answer, errorName(error), now());
  if (refusalOf(error, answer.to) !== 'unknown') return giveBack(answer, error);
  throw error;
}

async function giveBack(answer: QueuedAnswer, error: unknown): Promise<never> {
  await releaseClaim(answer);
  throw error;
}

async function compose(answer: QueuedAnswer, keys: TokenKeys, tokenOf: typeof confirmationToken): Promise<Buffer> {
  const letter = writeLetter(answer.letter, answer.locale, {
    ...answer,
    requestId: answer.batch,
    siteName: env('siteName'),
    confirmUrl: confirmUrl(answer, keys, tokenOf),
    preferencesUrl: preferencesUrl(answer, keys),
    deskUrl: `${env('publicUrl')}/desk`,
  });
  return buildMime(answer, letter, { sender: env('sender'), replyTo: replyTo(answer, keys) });
}

/**
 * Letters to staff are about many requests, or about none: a reply belongs to none. So is a link to the preferences, and
 * one that works is kept nowhere.
 */
const isAboutNoRequest = ({ letter }: QueuedAnswer): boolean =>
  ['digest', 'recall', 'notice-paused', 'preferences-link'].includes(letter);

const replyTo = (answer: QueuedAnswer, keys: TokenKeys): string | undefined =>
  isAboutNoRequest(answer) ? undefined : replyAddress(answer.batch, keys);

/** In the letter that brings it, the member's own link, good from now on; in others the page that asks for one. */
function preferencesUrl({ letter, batch, delivery, memberId }: QueuedAnswer, keys: TokenKeys): string {
  const page = `${env('publicUrl')}/preferences`;
  if (letter !== 'preferences-link' || !memberId) return page;
  return `${page}/${preferencesToken(memberId, `${batch} ${delivery}`, now(), keys)}`;
}

const confirmUrl = (
  { letter, batch, memberId, decideBy }: QueuedAnswer,
  keys: TokenKeys,
  tokenOf: typeof confirmationToken,
): string | undefined =>
  letter === 'confirm' && memberId
    ? `${env('publicUrl')}/confirm/${tokenOf(batch, memberId, decideBy, keys)}`
    : undefined;
