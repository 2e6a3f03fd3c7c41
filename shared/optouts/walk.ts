import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws.ts';
import { env } from '../env.ts';
import type { OptOut } from './opt-out.ts';

/**
 * Every opt-out, page by page (1 MB of the table each), in no order. Strongly consistent: one that was written before the
 * walk began is met. A list of all that is not clear is about the whole table, so this is the one read whose cost grows
 * with it: once a night, and when a person asks for the list. An index of what is not clear would cost a write with each
 * request, and the table holds little else: nobody has an item who never asked for anything.
 */
export async function* walkOptOuts(): AsyncGenerator<Pick<OptOut, 'subject' | 'scopes'>[]> {
  let from: Record<string, unknown> | undefined;
  do {
    const page = await dynamo().send(
      new ScanCommand({
        TableName: env('optOutsTable'),
        ProjectionExpression: 'subject, #scopes',
        ExpressionAttributeNames: { '#scopes': 'scopes' },
        ConsistentRead: true,
        ExclusiveStartKey: from,
      }),
    );
    yield (page.Items ?? []) as Pick<OptOut, 'subject' | 'scopes'>[];
    from = page.LastEvaluatedKey;
  } while (from);
}
