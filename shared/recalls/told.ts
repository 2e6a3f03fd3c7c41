import { createHash } from 'node:crypto';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws.ts';
import { env } from '../env.ts';
import { canonicalAddress } from '../members/address.ts';
import type { Recall } from './recall.ts';

/** The deliveries of all mails about recalls are together. */
export const recallBatch = 'recalls';

/** Name of what one contact is told of one campaign: its deliveries begin with it. */
export function groupOf({ campaign, contact }: Pick<Recall, 'campaign' | 'contact'>): string {
  const key = JSON.stringify([campaign, canonicalAddress(contact)]);
  return createHash('sha256').update(key).digest('hex').slice(0, 26);
}

/** The newest mail to a contact. */
export interface Told {
  sentAt?: string;
  /** It came back, or was refused for good. */
  bouncedAt?: string;
  failedAt?: string;
}

/** One item, by its key: the name of a delivery ends with a moment. Undefined before the first mail. */
export async function lastTold(group: string): Promise<Told | undefined> {
  const { Items = [] } = await dynamo().send(
    new QueryCommand({
      TableName: env('deliveriesTable'),
      KeyConditionExpression: '#batch = :batch AND begins_with(delivery, :group)',
      // A reserved word of DynamoDB.
      ExpressionAttributeNames: { '#batch': 'batch' },
      ExpressionAttributeValues: { ':batch': recallBatch, ':group': `${group}-` },
      ScanIndexForward: false,
      Limit: 1,
    }),
  );
  return Items[0] as Told | undefined;
}
