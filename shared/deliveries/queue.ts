import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { sqs } from '../aws.ts';
import { env } from '../env.ts';
import { InvalidInput } from '../errors.ts';

/**
 * One message to one address, on its way to mail-sender. Its key (batch and delivery) is made from what it answers, so
 * however often it is queued, it is one delivery.
 */
export interface QueuedAnswer {
  /** The request that is answered. */
  batch: string;
  /** Which of its answers: occasion, letter and number. */
  delivery: string;
  letter: string;
  to: string;
  locale: string;
  /** The member that it speaks to; absent for a stranger. */
  memberId?: string;
  /** Name of the member that the letter speaks to. */
  name: string;
  communities: string[];
  /** Since when the opt-out is in effect. */
  since: string;
  /** By when a person, or the member, decides. */
  decideBy?: string;
  /** Whether a mail caused it, which may be forged or a machine's: only so many of these go to one address. */
  automatic: boolean;
  thread: { messageId?: string; references: string[] };
}

export async function queueAnswer(answer: QueuedAnswer): Promise<void> {
  await sqs().send(new SendMessageCommand({ QueueUrl: env('answersQueueUrl'), MessageBody: JSON.stringify(answer) }));
}

export function readQueuedAnswer(body: string): QueuedAnswer {
  try {
    return JSON.parse(body);
  } catch {
    throw new InvalidInput('the message on the answer queue is not JSON');
  }
}
