import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws.ts';
import { env } from '../env.ts';
import type { RequestState, WrittenRequest } from './request.ts';

/** Open requests in a state that are due at a moment, the longest overdue first. Reads only these, whatever the table holds. */
export async function* dueRequests(state: RequestState, at: string): AsyncGenerator<WrittenRequest> {
  const pages = paginateQuery(
    { client: dynamo() },
    {
      TableName: env('requestsTable'),
      IndexName: 'open',
      KeyConditionExpression: '#open = :state AND dueAt <= :at',
      ExpressionAttributeNames: { '#open': 'open' },
      ExpressionAttributeValues: { ':state': state, ':at': at },
    },
  );
  for await (const { Items } of pages) yield* (Items ?? []) as WrittenRequest[];
}
