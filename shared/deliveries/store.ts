import { GetCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws.ts';
import { addSeconds } from '../clock.ts';
import { env } from '../env.ts';
import { isConditionFailed } from '../errors.ts';

/** Which message to which address: the request (or notice and shard) that it belongs to, and its name within that. */
export interface DeliveryKey {
  batch: string;
  delivery: string;
}

/**
 * What a claim found. `claimed`: ours to send; `abandoned` when somebody claimed it before and was never heard of, so
 * that it may have been sent. `done`: sent or given up before. `leased`: another invocation is sending it now.
 */
export type Claim = { outcome: 'claimed'; abandoned: boolean } | { outcome: 'done' } | { outcome: 'leased' };

/** Claims a delivery before it is sent. The lease outlasts the function's timeout, so its holder is dead when it ends. */
export async function claim(
  key: DeliveryKey,
  about: { to: string; letter: string; memberId?: string },
  at: string,
): Promise<Claim> {
  const { to, letter, memberId } = about;
  const member = memberId === undefined ? {} : { ':memberId': memberId };
  try {
    const { Attributes } = await update(key, {
      UpdateExpression: `SET leaseUntil = :until, queuedAt = if_not_exists(queuedAt, :at), #to = :to, letter = :letter${memberId === undefined ? '' : ', memberId = :memberId'}`,
      ConditionExpression: `${unsettled} AND (attribute_not_exists(leaseUntil) OR leaseUntil <= :at)`,
      ExpressionAttributeNames: { '#to': 'to' },
      ExpressionAttributeValues: {
        ':until': addSeconds(at, leaseSeconds),
        ':at': at,
        ':to': to,
        ':letter': letter,
        ...member,
      },
      ReturnValues: 'UPDATED_OLD',
    });
    return { outcome: 'claimed', abandoned: Attributes?.leaseUntil !== undefined };
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
    return { outcome: (await isSettled(key)) ? 'done' : 'leased' };
  }
}

/** SES said yes. `messageId` is SES's own: it is what the member's reply will refer to. */
export const markSent = (key: DeliveryKey, messageId: string, at: string, possibleDuplicate: boolean) =>
  settle(
    key,
    'sentAt = if_not_exists(sentAt, :at), messageId = :detail, possibleDuplicate = :duplicate',
    at,
    messageId,
    {
      ':duplicate': possibleDuplicate,
    },
  );

/** It may not be sent: the address has had enough of us. */
export const markSkipped = (key: DeliveryKey, reason: string, at: string) =>
  settle(key, 'skippedAt = :at, skipped = :detail', at, reason, {});

/** SES said no for good. */
export const markFailed = (key: DeliveryKey, reason: string, at: string) =>
  settle(key, 'failedAt = :at, failure = :detail', at, reason, {});

/** SES could not be asked or said "not now": the next try need not wait for the lease, and is no duplicate. */
export async function releaseClaim(key: DeliveryKey): Promise<void> {
  await update(key, { UpdateExpression: 'REMOVE leaseUntil' });
}

/** Moments that are set once and never taken back, whatever the order and number of SES's events. */
export type Flag = 'sentAt' | 'deliveredAt' | 'delayedAt' | 'bouncedAt' | 'complainedAt' | 'failedAt';

/** Sets a flag where it is not set yet. Returns whom the delivery is for, undefined for one that we know nothing of. */
export async function setFlag(
  key: DeliveryKey,
  flag: Flag,
  at: string,
  detail?: string,
): Promise<Addressee | undefined> {
  try {
    const { Attributes } = await update(key, {
      UpdateExpression: 'SET #flag = if_not_exists(#flag, :at), #detail = if_not_exists(#detail, :detail)',
      ConditionExpression: 'attribute_exists(queuedAt)',
      ExpressionAttributeNames: { '#flag': flag, '#detail': `${flag}Detail` },
      ExpressionAttributeValues: { ':at': at, ':detail': detail ?? '' },
      ReturnValues: 'ALL_NEW',
    });
    return Attributes as Addressee;
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
    return undefined;
  }
}

export interface Addressee {
  to: string;
  /** Absent for a stranger, and for our own people. */
  memberId?: string;
}

/** The value of the tag that a message carries through SES (letters, digits, `_` and `-` only), and back. */
export const tagOf = ({ batch, delivery }: DeliveryKey): string => `${batch}_${delivery}`;
export const deliveryOfTag = (tag: string): DeliveryKey => {
  const [batch = '', delivery = ''] = tag.split('_', 2);
  return { batch, delivery };
};

/** Longer than mail-sender's timeout (30 s) with room for a clock that is off. */
const leaseSeconds = 60;

/** `sentAt` may come from SES's own event first, where this process died before its write. */
const unsettled = 'attribute_not_exists(sentAt) AND attribute_not_exists(failedAt) AND attribute_not_exists(skippedAt)';

async function settle(
  key: DeliveryKey,
  set: string,
  at: string,
  detail: string,
  more: Record<string, unknown>,
): Promise<undefined> {
  await update(key, {
    UpdateExpression: `SET ${set} REMOVE leaseUntil`,
    ExpressionAttributeValues: { ':at': at, ':detail': detail, ...more },
  });
}

/** A caller may pass the whole message as the key; DynamoDB takes nothing but the key. */
async function isSettled({ batch, delivery }: DeliveryKey): Promise<boolean> {
  const { Item } = await dynamo().send(
    new GetCommand({ TableName: env('deliveriesTable'), Key: { batch, delivery }, ConsistentRead: true }),
  );
  return [Item?.sentAt, Item?.failedAt, Item?.skippedAt].some((at) => at !== undefined);
}

const update = (key: DeliveryKey, input: Omit<UpdateCommandInput, 'TableName' | 'Key'>) =>
  dynamo().send(
    new UpdateCommand({
      TableName: env('deliveriesTable'),
      Key: { batch: key.batch, delivery: key.delivery },
      ...input,
    }),
  );
