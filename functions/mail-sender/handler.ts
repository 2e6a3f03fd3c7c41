import type { Context, SQSRecord } from 'aws-lambda';
import { eachMessage } from '../../shared/batch.ts';
import { readQueuedNotice } from '../../shared/deliveries/notices-queue.ts';
import { readQueuedAnswer } from '../../shared/deliveries/queue.ts';
import { env } from '../../shared/env.ts';
import { sendAnswer } from './answer.ts';
import { sendLinks } from './links.ts';
import { sendNotice } from './notice.ts';

/** Two queues lead here, each with invocations of its own, so that no answer waits behind a notice. */
export const handler = eachMessage(async (record: SQSRecord, context: Context) => {
  // SES's last answer and the write behind it still need their time.
  const until = Date.now() + context.getRemainingTimeInMillis() - spare;
  if (isOfNotice(record)) return sendNotice(readQueuedNotice(record.body), until);
  const queued = readQueuedAnswer(record.body);
  return 'askedForLink' in queued ? sendLinks(queued, until) : sendAnswer(queued, until);
});

const isOfNotice = ({ eventSourceARN }: SQSRecord): boolean =>
  eventSourceARN.split(':').at(-1) === env('noticesQueueUrl').split('/').at(-1);

/** Milliseconds. */
const spare = 8_000;
