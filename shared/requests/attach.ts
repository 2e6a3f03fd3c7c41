import { decideBy } from '../calendar.ts';
import { addMonths } from '../clock.ts';
import { envNumber } from '../env.ts';
import { evidenceKeys, keepCopy } from '../evidence/store.ts';
import type { ReceivedNotification } from '../mail/notification.ts';
import type { InboundMail } from '../mail/parse.ts';
import { takeStep } from './apply.ts';
import { resume } from './clock.ts';
import { advance, type Decision, isClosed, type Scan, type WrittenRequest } from './request.ts';
import { scansIn } from './scan-attachments.ts';

/**
 * Makes a reply part of the request that it answers. A closed request is reopened, so that a person reads the reply;
 * the flag stays as it is, since words in a reply only ever ask, and a person or the member's own link decides. Paper
 * that comes with the reply becomes part of the request as well. Returns the request as it stands afterwards.
 */
export async function attach(
  request: WrittenRequest,
  mail: InboundMail,
  { bucket, key, receivedAt }: ReceivedNotification,
  { state, answers }: Decision,
): Promise<WrittenRequest> {
  const until = addMonths(receivedAt, envNumber('requestRetentionMonths'));
  await keepCopy(evidenceKeys.reply(request.requestId, mail.digest), { bucket, key }, until);
  const rule = `reply-${mail.digest.slice(0, 16)}`;
  const dueAt = decideBy(receivedAt);
  // A reply that is a request of its own has its paper read there.
  const paper = (after: number): Scan[] =>
    state === 'attached' ? scansIn(mail.attachments, 'privacy', { reply: mail.digest, after }) : [];
  const reopen = (before: WrittenRequest) => {
    // Whoever was asked something has answered.
    const found = resume(before, receivedAt);
    return advance(withScans(found, paper(found.scans?.length ?? 0)), {
      at: receivedAt,
      state: isClosed(found.state) ? 'review' : found.state,
      rule,
      reason: 'A reply came in.',
      dueAt: found.dueAt ?? dueAt,
    });
  };
  const isAttached = (found: WrittenRequest) => found.history.some((entry) => entry.rule === rule);
  const told = state === 'attached' ? answers : [];
  return takeStep(request, (found) => (isAttached(found) ? undefined : reopen(found)), told, true);
}

const withScans = (request: WrittenRequest, more: Scan[]): WrittenRequest =>
  more.length > 0 ? { ...request, scans: [...(request.scans ?? []), ...more] } : request;
