import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws.ts';
import { env } from '../env.ts';
import type { Tray, WrittenRequest } from './request.ts';

/** Requests of a tray that are due at a moment, the longest overdue first. Reads only these, whatever the table holds. */
export async function* dueRequests(tray: Tray | 'deciding', at: string): AsyncGenerator<WrittenRequest> {
  const pages = paginateQuery(
    { client: dynamo() },
    {
      TableName: env('requestsTable'),
      IndexName: 'open',
      KeyConditionExpression: '#open = :tray AND dueAt <= :at',
      ExpressionAttributeNames: { '#open': 'open' },
      ExpressionAttributeValues: { ':tray': tray, ':at': at },
    },
  );
  for await (const { Items } of pages) yield* (Items ?? []) as WrittenRequest[];
}
