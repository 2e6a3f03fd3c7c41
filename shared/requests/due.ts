import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws.ts';
import { env } from '../env.ts';
import type { WrittenRequest } from './request.ts';

/** Open requests that are due at a moment, the longest overdue first. Reads only these, whatever the table holds. */
export async function* dueRequests(at: string): AsyncGenerator<WrittenRequest> {
  const pages = paginateQuery(
    { client: dynamo() },
    {
      TableName: env('requestsTable'),
      IndexName: 'open',
      KeyConditionExpression: '#open = :open AND dueAt <= :at',
      ExpressionAttributeNames: { '#open': 'open' },
      ExpressionAttributeValues: { ':open': 'open', ':at': at },
    },
  );
  for await (const { Items } of pages) yield* (Items ?? []) as WrittenRequest[];
}
