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
  /** Exactly what it speaks of, where a person chose. */
  covers?: { subject: string; scopes: string[] }[];
  /** What may be used again, where the member opted back in. */
  allowed?: { subject: string; scopes: string[] }[];
  /** Who chose it, where the letter goes to somebody else. */
  chosenBy?: string;
  /** What a person wrote to the reader. */
  words?: string;
  /** What is due, in the daily letter to the people at the desk. */
  digest?: {
    groups: {
      name: 'overdue' | 'due-soon' | 'held' | 'asked';
      count: number;
      more: boolean;
      first: { requestId: string; dueAt: string }[];
    }[];
  };
  /** What a campaign has to take down, for its contact. */
  recall?: {
    campaign: string;
    count: number;
    released: number;
    first: { subject: string; scope: string; since: string; isNew: boolean }[];
  };
  /** Since when the opt-out is in effect. */
  since: string;
  /** By when a person, or the member, decides. */
  decideBy?: string;
  /** Whether a mail caused it, which may be forged or a machine's: only so many of these go to one address. */
  automatic: boolean;
  thread: { messageId?: string; references: string[] };
}

/**
 * Somebody typed an address and wants the link to the preferences. Whose it is, mail-sender looks up, so that the page
 * takes the same time and does the same for every address.
 */
export interface AskedForLink {
  askedForLink: true;
  /** `L-` and some random letters: the deliveries that come of it are together. */
  batch: string;
  address: string;
  at: string;
}

export const queueAnswer = (answer: QueuedAnswer): Promise<void> => queue(answer);

export const queueAskedForLink = (asked: Omit<AskedForLink, 'askedForLink'>): Promise<void> =>
  queue({ askedForLink: true, ...asked });

async function queue(message: QueuedAnswer | AskedForLink): Promise<void> {
  await sqs().send(new SendMessageCommand({ QueueUrl: env('answersQueueUrl'), MessageBody: JSON.stringify(message) }));
}

export function readQueuedAnswer(body: string): QueuedAnswer | AskedForLink {
  try {
    return JSON.parse(body);
  } catch {
    throw new InvalidInput('the message on the answer queue is not JSON');
  }
}
