import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';

/**
 * Puts a message into the queue that it came from once more, as a new one: going on is no failure, and must not count
 * towards the dead-letter queue nor wait for the visibility timeout of 90 minutes.
 */
export async function sendAgain({ body, eventSourceARN }: SQSRecord, DelaySeconds = 0): Promise<void> {
  await client().send(new SendMessageCommand({ QueueUrl: urlOf(eventSourceARN), MessageBody: body, DelaySeconds }));
}

/** The message itself tells the queue. The host in its URL is never asked: the client's own endpoint is. */
function urlOf(arn: string): string {
  const [, , , region, account, name] = arn.split(':');
  return `https://sqs.${region}.amazonaws.com/${account}/${name}`;
}

const client = () => new SQSClient({ useQueueUrlAsEndpoint: false });
