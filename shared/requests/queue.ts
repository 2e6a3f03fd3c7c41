import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws.ts';
import { env } from '../env.ts';
import type { Tray, WrittenRequest } from './request.ts';

/** Some requests, and where to go on: an opaque text for `after`, absent where there are no more. */
export interface Page {
  requests: WrittenRequest[];
  next?: Cursor;
}

/** What `after` takes: what `next` gave. Anything else begins at the beginning. */
export type Cursor = string;

export interface Range {
  /** At most 100. */
  limit: number;
  after?: Cursor;
}

/** The requests of a tray, the longest due first: all, or those that are due before a moment, or within two. */
export async function inTray(tray: Tray, { dueBefore, dueFrom, ...range }: Range & Due): Promise<Page> {
  return readPage(ofTray(tray, dueBefore, dueFrom), { open: tray }, 'dueAt', range);
}

export interface Due {
  dueBefore?: string;
  /** Only together with `dueBefore`. */
  dueFrom?: string;
}

/** How many there are; beyond `most` only that there are more, so that counting costs the same whatever waits. */
export async function countTray(
  tray: Tray,
  dueBefore?: string,
  { dueFrom, most = 100 }: { dueFrom?: string; most?: number } = {},
): Promise<{ count: number; more: boolean }> {
  let [count, from] = [0, undefined as QueryCommandInput['ExclusiveStartKey']];
  do {
    const { Count = 0, LastEvaluatedKey } = await dynamo().send(
      new QueryCommand({
        ...ofTray(tray, dueBefore, dueFrom),
        Select: 'COUNT',
        Limit: most + 1 - count,
        ExclusiveStartKey: from,
      }),
    );
    count += Count;
    from = LastEvaluatedKey;
  } while (from && count <= most);
  return { count: Math.min(count, most), more: count > most };
}

/** The requests of somebody (`member/<id>`, `address/<canonical address>`), the newest first. */
export async function requestsOf(who: string, range: Range): Promise<Page> {
  const query: Query = {
    TableName: env('requestsTable'),
    IndexName: 'who',
    KeyConditionExpression: 'who = :who',
    ExpressionAttributeValues: { ':who': who },
    ScanIndexForward: false,
  };
  return readPage(query, { who }, 'receivedAt', range);
}

/** What people decided on one day (UTC), the newest first. */
export async function decidedOn(day: string, range: Range): Promise<Page> {
  const query: Query = {
    TableName: env('requestsTable'),
    IndexName: 'decided',
    KeyConditionExpression: 'decidedOn = :day',
    ExpressionAttributeValues: { ':day': day },
    ScanIndexForward: false,
  };
  return readPage(query, { decidedOn: day }, 'decidedAt', range);
}

const mostRead = 100;

type Query = Omit<QueryCommandInput, 'Limit' | 'ExclusiveStartKey'>;

/** A key condition may compare the sort key once, and BETWEEN includes both ends. */
function ofTray(tray: Tray, dueBefore?: string, dueFrom?: string): Query {
  const due = dueFrom ? ' AND dueAt BETWEEN :from AND :before' : dueBefore ? ' AND dueAt < :before' : '';
  return {
    TableName: env('requestsTable'),
    IndexName: 'open',
    KeyConditionExpression: `#open = :tray${due}`,
    ExpressionAttributeNames: { '#open': 'open' },
    ExpressionAttributeValues: { ':tray': tray, ':before': dueBefore, ':from': dueFrom },
  };
}

/** DynamoDB ends a page at 1 MB: the rest of the limit is read from where it stopped. */
async function readPage(
  query: Query,
  partition: Record<string, string>,
  sortKey: 'dueAt' | 'receivedAt' | 'decidedAt',
  { limit, after }: Range,
): Promise<Page> {
  const wanted = Math.max(1, Math.min(limit, mostRead));
  const requests: WrittenRequest[] = [];
  let from = after ? startAfter(after, partition, sortKey) : undefined;
  do {
    const page = await dynamo().send(
      new QueryCommand({ ...query, Limit: wanted - requests.length, ExclusiveStartKey: from }),
    );
    requests.push(...((page.Items ?? []) as WrittenRequest[]));
    from = page.LastEvaluatedKey as typeof from;
  } while (from && requests.length < wanted);
  return { requests, next: from && `${from[sortKey]}~${from.requestId}` };
}

/** Whatever came from the address bar: the partition is ours, and what is no cursor is none. */
function startAfter(
  after: Cursor,
  partition: Record<string, string>,
  sortKey: string,
): Record<string, string> | undefined {
  const [, at, requestId] = /^(\d{4}-\d\d-\d\dT[\d:.]{8,12}Z)~(W-[0-9A-Z-]{1,30})$/.exec(after) ?? [];
  return at && requestId ? { ...partition, [sortKey]: at, requestId } : undefined;
}
