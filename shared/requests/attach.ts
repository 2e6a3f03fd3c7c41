import { decideBy } from '../calendar.ts';
import { addMonths } from '../clock.ts';
import { envNumber } from '../env.ts';
import { evidenceKeys, keepCopy } from '../evidence/store.ts';
import type { ReceivedNotification } from '../mail/notification.ts';
import type { InboundMail } from '../mail/parse.ts';
import { takeStep } from './apply.ts';
import { advance, type Decision, isClosed, type WrittenRequest } from './request.ts';

/**
 * Makes a reply part of the request that it answers. A closed request is reopened, so that a person reads the reply;
 * the flag stays as it is, since words in a reply only ever ask, and a person or the member's own link decides.
 */
export async function attach(
  request: WrittenRequest,
  mail: InboundMail,
  { bucket, key, receivedAt }: ReceivedNotification,
  { state, answers }: Decision,
): Promise<void> {
  const until = addMonths(receivedAt, envNumber('requestRetentionMonths'));
  await keepCopy(evidenceKeys.reply(request.requestId, mail.digest), { bucket, key }, until);
  const rule = `reply-${mail.digest.slice(0, 16)}`;
  const dueAt = decideBy(receivedAt);
  const reopen = (found: WrittenRequest) =>
    advance(found, {
      at: receivedAt,
      state: isClosed(found.state) ? 'review' : found.state,
      rule,
      reason: 'A reply came in.',
      dueAt: found.dueAt ?? dueAt,
    });
  const isAttached = (found: WrittenRequest) => found.history.some((entry) => entry.rule === rule);
  const told = state === 'attached' ? answers : [];
  await takeStep(request, (found) => (isAttached(found) ? undefined : reopen(found)), told, true);
}
