import { createHash } from 'node:crypto';
import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws.ts';
import { env } from '../env.ts';
import { isConditionFailed } from '../errors.ts';
import type { Delivery } from './of-request.ts';
import type { DeliveryKey } from './store.ts';

/** One member, told of one notice. */
export type NoticeDelivery = Delivery & {
  memberId: string;
  language: string;
  /** The address takes no mail, so the site alone tells them. */
  toldBy?: 'banner';
  bannerAt?: string;
  /** Its message was lost in a long outage, so there is another. */
  queuedAgainAt?: string;
  leaseUntil?: string;
};

/** The deliveries of a notice lie in this many partitions, so that none of them is hot. */
export const shards = Array.from({ length: 16 }, (_, shard) => shard);

/**
 * The one delivery of a notice to a member, made from their ids: however often it is put or queued, it is one. The
 * member's id is hashed, since it may hold what a tag of SES may not.
 */
export function noticeDeliveryKey(noticeId: string, memberId: string): DeliveryKey {
  const hash = createHash('sha256').update(memberId).digest('hex');
  return { batch: shardBatch(noticeId, Number.parseInt(hash[0]!, 16)), delivery: `m${hash.slice(0, 32)}` };
}

const shardBatch = (noticeId: string, shard: number): string => `${noticeId}-${String(shard).padStart(2, '0')}`;

/** The notice that a batch of deliveries belongs to; undefined for a batch of answers. */
export const noticeOfBatch = (batch: string): string | undefined => /^(N-.+)-\d\d$/.exec(batch)?.[1];

/** Puts a delivery where there is none yet. Returns the one that is there: this, or what an earlier run put. */
export async function putNoticeDelivery(delivery: NoticeDelivery): Promise<NoticeDelivery> {
  const TableName = env('deliveriesTable');
  try {
    await dynamo().send(
      new PutCommand({ TableName, Item: delivery, ConditionExpression: 'attribute_not_exists(delivery)' }),
    );
    return delivery;
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
    const Key = { batch: delivery.batch, delivery: delivery.delivery };
    const { Item } = await dynamo().send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return (Item as NoticeDelivery | undefined) ?? delivery;
  }
}

/** Notes that there is another message about a delivery. */
export async function markQueuedAgain({ batch, delivery }: DeliveryKey, at: string): Promise<void> {
  await dynamo().send(
    new UpdateCommand({
      TableName: env('deliveriesTable'),
      Key: { batch, delivery },
      UpdateExpression: 'SET queuedAgainAt = :at',
      ExpressionAttributeValues: { ':at': at },
    }),
  );
}

/** How and when a member was told of a notice; undefined for whom it did not reach yet, or was not for. */
export async function noticeDeliveryOf(noticeId: string, memberId: string): Promise<NoticeDelivery | undefined> {
  const Key = noticeDeliveryKey(noticeId, memberId);
  const { Item } = await dynamo().send(
    new GetCommand({ TableName: env('deliveriesTable'), Key, ConsistentRead: true }),
  );
  return Item as NoticeDelivery | undefined;
}

/**
 * The next deliveries of one shard behind `after`, with these attributes or all, as many as DynamoDB gives at once
 * (1 MB). Strongly consistent.
 */
export async function readShard(
  noticeId: string,
  shard: number,
  { after, attributes, limit }: { after?: string; attributes?: string[]; limit?: number } = {},
): Promise<{ deliveries: NoticeDelivery[]; next?: string }> {
  const batch = shardBatch(noticeId, shard);
  // Some of the names are reserved words of DynamoDB.
  const names = Object.fromEntries(['batch', ...(attributes ?? [])].map((name) => [`#${name}`, name]));
  const page = await dynamo().send(
    new QueryCommand({
      TableName: env('deliveriesTable'),
      KeyConditionExpression: '#batch = :batch',
      ProjectionExpression: attributes?.map((name) => `#${name}`).join(', '),
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ':batch': batch },
      ExclusiveStartKey: after ? { batch, delivery: after } : undefined,
      ConsistentRead: true,
      Limit: limit,
    }),
  );
  const next = page.LastEvaluatedKey?.delivery as string | undefined;
  return { deliveries: (page.Items ?? []) as NoticeDelivery[], next };
}
