import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws.ts';
import { env } from '../env.ts';
import type { DeliveryKey, Flag } from './store.ts';

/** One message to one address, as far as it has come. */
export type Delivery = DeliveryKey &
  Partial<Record<Flag | `${Flag}Detail` | 'queuedAt' | 'skippedAt', string>> & {
    to?: string;
    letter?: string;
    /** SES's own id of the message. */
    messageId?: string;
    possibleDuplicate?: boolean;
    /** Why it was not sent, or why SES refused it. */
    skipped?: string;
    failure?: string;
  };

/** The messages about a request, oldest first, at most `most` of them: every answer has its own, and answers are few. */
export async function deliveriesOf(requestId: string, most = 200): Promise<Delivery[]> {
  const { Items = [] } = await dynamo().send(
    new QueryCommand({
      TableName: env('deliveriesTable'),
      KeyConditionExpression: '#batch = :batch',
      // A reserved word of DynamoDB.
      ExpressionAttributeNames: { '#batch': 'batch' },
      ExpressionAttributeValues: { ':batch': requestId },
      ConsistentRead: true,
      Limit: most,
    }),
  );
  const deliveries = Items as Delivery[];
  return deliveries.toSorted((a, b) => (a.queuedAt ?? '').localeCompare(b.queuedAt ?? ''));
}
