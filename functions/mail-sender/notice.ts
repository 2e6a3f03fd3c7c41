import { type QueuedNotice, type QueuedTest, queueLater, testBatch } from '../../shared/deliveries/notices-queue.ts';
import { noticeDeliveryKey } from '../../shared/deliveries/of-notice.ts';
import { InvalidInput } from '../../shared/errors.ts';
import { log } from '../../shared/log.ts';
import type { Notice, NoticeState } from '../../shared/notices/notice.ts';
import { readNotice } from '../../shared/notices/store.ts';
import { noticeMail } from './notice-mail.ts';
import { type Recipient, type Result, sendToAll, skipAll } from './recipients.ts';

/**
 * A notice to up to ten members, each at most once unless this process dies between SES's yes and its own write. Those
 * whose turn does not come before `until` (milliseconds since 1970), and those for whom SES says "not now", are queued
 * once more, so that they lose time and nothing else. What goes wrong in another way comes back by itself.
 */
export async function sendNotice(message: QueuedNotice | QueuedTest, until: number): Promise<void> {
  const { noticeId, language } = message;
  const notice = await readNotice(noticeId);
  if (!notice) throw new InvalidInput(`There is no notice ${noticeId}.`);
  const isTest = 'test' in message;
  const rule = isTest ? 'send' : rules[notice.state];
  if (rule === 'wait') return queueLater(message, seconds.paused);
  const { outcomes, obstacle, problem } = await act(rule, notice, message, until);
  const counts = Object.fromEntries(
    Object.entries(Object.groupBy(outcomes, (outcome) => outcome)).map(([outcome, all]) => [outcome, all.length]),
  );
  log.info(isTest ? 'test of a notice' : 'notice', { noticeId, language, obstacle, ...counts });
  // The whole message comes back. Whoever has got the mail does not get it again.
  if (problem) throw problem;
  await queueTheRest(message, { outcomes, obstacle });
}

/** What becomes of a message that waited in the queue, by what officers have done meanwhile. */
const rules = {
  sending: 'send',
  // Said once nothing more is known to be under way: what is still in the queue goes out all the same.
  sent: 'send',
  paused: 'wait',
  cancelled: 'skip',
  // Nothing is queued before these states are left for good.
  draft: 'skip',
  submitted: 'skip',
  scheduled: 'skip',
} as const satisfies Record<NoticeState, 'send' | 'wait' | 'skip'>;

async function act(
  rule: 'send' | 'skip',
  notice: Notice,
  message: QueuedNotice | QueuedTest,
  until: number,
): Promise<Result> {
  const recipients = recipientsOf(message);
  if (rule === 'skip') return skipAll(recipients, `The notice was ${notice.state} before this mail was sent.`);
  const mail = await noticeMail(notice, message.language, 'test' in message ? 'test' : 'notice');
  return sendToAll(recipients, mail, until);
}

function recipientsOf(message: QueuedNotice | QueuedTest): Recipient[] {
  const { noticeId } = message;
  if ('test' in message) {
    const { to, delivery } = message.test;
    return [{ to, key: { batch: testBatch(noticeId), delivery }, letter: 'notice-test' }];
  }
  return message.recipients.map(({ memberId, to }) => ({
    to,
    key: noticeDeliveryKey(noticeId, memberId),
    letter: 'notice',
  }));
}

/** As a new message: a wait is no failure, so it counts for nothing towards the dead-letter queue. */
async function queueTheRest(message: QueuedNotice | QueuedTest, { outcomes, obstacle }: Result): Promise<void> {
  const isLeft = (_: unknown, place: number) => outcomes[place] === 'later' || outcomes[place] === 'leased';
  if (!outcomes.some((_, place) => isLeft(_, place))) return;
  const wait = waitFor(obstacle, outcomes.includes('leased'));
  if ('test' in message) await queueLater(message, wait);
  else await queueLater({ ...message, recipients: message.recipients.filter(isLeft) }, wait);
}

function waitFor(obstacle: Result['obstacle'], isLeased: boolean): number {
  if (obstacle === 'stopped') return seconds.stopped;
  if (isLeased) return seconds.leased;
  // Not all at the same time, or SES would be asked for too much again.
  return obstacle === 'throttled' ? seconds.throttled * (0.5 + Math.random()) : seconds.noTurn;
}

/** `leased` outlasts a lease. `stopped`: SES has paused the account, which takes people hours to mend. */
const seconds = { paused: 60, stopped: 300, leased: 65, throttled: 4, noTurn: 1 };
