import { setTimeout as pause } from 'node:timers/promises';
import { SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { sqs } from '../aws.ts';
import { env } from '../env.ts';
import { InvalidInput, Unavailable } from '../errors.ts';

/** Up to ten members who are told in one language, on their way to mail-sender. */
export interface QueuedNotice {
  noticeId: string;
  language: string;
  recipients: { memberId: string; to: string }[];
}

/** A test of a notice in one language, to an officer's own address. It belongs to nobody's proof. */
export interface QueuedTest {
  noticeId: string;
  language: string;
  /** `delivery` names it: `test-` and what tells one test from another, of letters, digits and dashes. */
  test: { to: string; delivery: string };
}

/** The batch of a notice's test mails: no shard, so that no count has them. */
export const testBatch = (noticeId: string): string => `${noticeId}-test`;

/** Of one message; SES counts recipients, so a message is small enough to come back without much ado. */
export const mostRecipients = 10;

/** Queues all of them, ten messages a call. Throws where SQS would not take them; queueing them again is harmless. */
export async function queueNotices(messages: QueuedNotice[]): Promise<void> {
  const batches = Array.from({ length: Math.ceil(messages.length / 10) }, (_, n) =>
    messages.slice(n * 10, n * 10 + 10),
  );
  await Promise.all(batches.map(sendBatch));
}

export async function queueTest(test: QueuedTest): Promise<void> {
  await queueLater(test, 0);
}

/** Queues a message that could not be sent now once more, as a new one: so it never ends as a dead letter. */
export async function queueLater(message: QueuedNotice | QueuedTest, seconds: number): Promise<void> {
  await sqs().send(
    new SendMessageCommand({
      QueueUrl: env('noticesQueueUrl'),
      MessageBody: JSON.stringify(message),
      DelaySeconds: Math.round(seconds),
    }),
  );
}

export function readQueuedNotice(body: string): QueuedNotice | QueuedTest {
  try {
    return JSON.parse(body);
  } catch {
    throw new InvalidInput('the message on the notices queue is not JSON');
  }
}

async function sendBatch(messages: QueuedNotice[]): Promise<void> {
  let left = messages;
  for (let attempt = 0; left.length > 0; attempt += 1) {
    if (attempt === attempts) throw new Unavailable(`SQS did not take ${left.length} messages of a notice.`);
    if (attempt > 0) await pause(100 * 2 ** attempt);
    const Entries = left.map((message, place) => ({ Id: `${place}`, MessageBody: JSON.stringify(message) }));
    const { Failed = [] } = await sqs().send(
      new SendMessageBatchCommand({ QueueUrl: env('noticesQueueUrl'), Entries }),
    );
    const failed = new Set(Failed.map(({ Id }) => Id));
    left = left.filter((_, place) => failed.has(`${place}`));
  }
}

const attempts = 5;
