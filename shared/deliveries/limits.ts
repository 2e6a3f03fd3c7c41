import { createHash } from 'node:crypto';
import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws.ts';
import { addDays } from '../clock.ts';
import { attempts, putAfter, turn } from '../conflicts.ts';
import { env } from '../env.ts';
import { Conflict, isConditionFailed } from '../errors.ts';
import type { DeliveryKey } from './store.ts';

/** What was sent to an address within a day, oldest first. */
export interface Sent {
  batch: string;
  delivery: string;
  at: string;
}

/**
 * Whether one more automatic answer may go to an address: one per request and hour, five a day over all requests, so
 * that nobody can have us flood somebody. The answer itself, tried again, is let through. Returns what is to be kept,
 * or a sentence that says why not.
 */
export function admit(
  sent: Sent[],
  { batch, delivery }: DeliveryKey,
  at: string,
  mostADay = 5,
  mostAnHour = mostADay,
): { sent: Sent[] } | { refused: string } {
  const today = sent.filter((one) => Date.parse(at) - Date.parse(one.at) < day);
  if (today.some((one) => one.batch === batch && one.delivery === delivery)) return { sent: today };
  if (today.some((one) => one.batch === batch && Date.parse(at) - Date.parse(one.at) < hour)) {
    return { refused: 'This address had an answer about the same request less than an hour ago.' };
  }
  if (today.length >= mostADay) return { refused: `This address had ${mostADay} answers within a day.` };
  if (today.filter((one) => Date.parse(at) - Date.parse(one.at) < hour).length >= mostAnHour) {
    return { refused: `This address had ${mostAnHour} answers within an hour.` };
  }
  return { sent: [...today, { batch, delivery, at }] };
}

const hour = 60 * 60 * 1000;
const day = 24 * hour;

/** Asks for one more answer to an address, for all invocations together. A sentence where it may not be sent. */
export const takePlace = (address: string, key: DeliveryKey, at: string): Promise<string | undefined> =>
  takePlaceOf(`answers/${hashed(address)}`, key, at);

/** The same for all strangers of a domain, so that one sender cannot have us write to a whole list of addresses. */
export const takePlaceOfDomain = (address: string, key: DeliveryKey, at: string): Promise<string | undefined> =>
  takePlaceOf(`strangers/${hashed(address.slice(address.lastIndexOf('@') + 1))}`, key, at, mostStrangersADay);

/** The same for links to the preferences, which anybody can ask for in anybody's name. */
export const takePlaceOfLink = (address: string, key: DeliveryKey, at: string): Promise<string | undefined> =>
  takePlaceOf(`links/${hashed(address)}`, key, at, 6, 3);

const mostStrangersADay = 20;

/** No address stands in a key: keys turn up in logs and traces. */
const hashed = (text: string): string => createHash('sha256').update(text.toLowerCase()).digest('hex');

async function takePlaceOf(
  token: string,
  key: DeliveryKey,
  at: string,
  mostADay?: number,
  mostAnHour?: number,
): Promise<string | undefined> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const { Item } = await dynamo().send(
      new GetCommand({ TableName: env('tokensTable'), Key: { token }, ConsistentRead: true }),
    );
    const admitted = admit((Item?.sent as Sent[]) ?? [], key, at, mostADay, mostAnHour);
    if ('refused' in admitted) return admitted.refused;
    const version = (Item?.version as number) ?? 0;
    const item = { token, sent: admitted.sent, version, expiresAt: inSeconds(addDays(at, 2)) };
    if (await putAfter(env('tokensTable'), item, version)) return undefined;
    await turn(attempt);
  }
  throw new Conflict(`The answers to one address were counted by ${attempts} others at once.`);
}

/**
 * Opens the one confirmation that a member may have open. A sentence where another request's is open: its link decides
 * for the same images.
 */
export async function openConfirmation(
  memberId: string,
  { batch }: DeliveryKey,
  at: string,
  until: string,
): Promise<string | undefined> {
  try {
    await dynamo().send(
      new PutCommand({
        TableName: env('tokensTable'),
        Item: { token: `confirmation/${memberId}`, requestId: batch, expiresAt: inSeconds(until) },
        ConditionExpression: 'attribute_not_exists(requestId) OR requestId = :requestId OR expiresAt <= :now',
        ExpressionAttributeValues: { ':requestId': batch, ':now': inSeconds(at) },
      }),
    );
    return undefined;
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
    return 'This member was asked to confirm another request and has not answered yet.';
  }
}

/** The member answered. */
export async function closeConfirmation(memberId: string, requestId: string): Promise<void> {
  try {
    await dynamo().send(
      new DeleteCommand({
        TableName: env('tokensTable'),
        Key: { token: `confirmation/${memberId}` },
        ConditionExpression: 'requestId = :requestId',
        ExpressionAttributeValues: { ':requestId': requestId },
      }),
    );
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
  }
}

/** DynamoDB's time to live counts in seconds; it deletes late, so every read compares the moment itself. */
const inSeconds = (at: string): number => Math.floor(Date.parse(at) / 1000);
