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
export async function claim(key: DeliveryKey, about: { to: string; letter: string }, at: string): Promise<Claim> {
  try {
    const { Attributes } = await update(key, {
      UpdateExpression: 'SET leaseUntil = :until, queuedAt = if_not_exists(queuedAt, :at), #to = :to, letter = :letter',
      ConditionExpression: `${unsettled} AND (attribute_not_exists(leaseUntil) OR leaseUntil <= :at)`,
      ExpressionAttributeNames: { '#to': 'to' },
      ExpressionAttributeValues: {
        ':until': addSeconds(at, leaseSeconds),
        ':at': at,
        ':to': about.to,
        ':letter': about.letter,
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
  settle(key, 'sentAt = :at, messageId = :detail, possibleDuplicate = :duplicate', at, messageId, {
    ':duplicate': possibleDuplicate,
  });

/** SES said no for good. */
export const markFailed = (key: DeliveryKey, reason: string, at: string) =>
  settle(key, 'failedAt = :at, failure = :detail', at, reason, {});

/** SES could not be asked or said "not now": the next try need not wait for the lease, and is no duplicate. */
export async function releaseClaim(key: DeliveryKey): Promise<void> {
  await update(key, { UpdateExpression: 'REMOVE leaseUntil' });
}

/** Longer than mail-sender's timeout (30 s) with room for a clock that is off. */
const leaseSeconds = 60;

const unsettled = 'attribute_not_exists(sentAt) AND attribute_not_exists(failedAt)';

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

async function isSettled(key: DeliveryKey): Promise<boolean> {
  const { Item } = await dynamo().send(
    new GetCommand({ TableName: env('deliveriesTable'), Key: key, ConsistentRead: true }),
  );
  return Item?.sentAt !== undefined || Item?.failedAt !== undefined;
}

const update = (key: DeliveryKey, input: Omit<UpdateCommandInput, 'TableName' | 'Key'>) =>
  dynamo().send(
    new UpdateCommand({
      TableName: env('deliveriesTable'),
      Key: { batch: key.batch, delivery: key.delivery },
      ...input,
    }),
  );
