import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws.ts';
import { env } from '../env.ts';
import type { Active, Notice } from './notice.ts';

/** What the index of all notices holds of one: enough for a list, without its texts. */
export type ListedNotice = Pick<
  Notice,
  | 'noticeId'
  | 'title'
  | 'state'
  | 'createdAt'
  | 'sendAt'
  | 'zone'
  | 'effectiveOn'
  | 'bannerUntil'
  | 'audience'
  | 'by'
  | 'walk'
  | 'tally'
>;

export interface NoticePage {
  notices: ListedNotice[];
  /** What `after` takes to go on; absent where there are no more. */
  next?: string;
}

/** The newest notices first. `after` may come from an address bar: what is no cursor begins at the beginning. */
export async function listNotices(limit = 50, after?: string): Promise<NoticePage> {
  const [, createdAt, noticeId] = /^(\d{4}-\d\d-\d\dT[\d:.]{8,12}Z)~(N-[0-9A-Z-]{1,12})$/.exec(after ?? '') ?? [];
  const { Items = [], LastEvaluatedKey: next } = await query({
    IndexName: 'listed',
    KeyConditionExpression: 'listed = :yes',
    ExpressionAttributeValues: { ':yes': 'yes' },
    ScanIndexForward: false,
    Limit: Math.max(1, Math.min(limit, 100)),
    ExclusiveStartKey: createdAt ? { listed: 'yes', createdAt, noticeId } : undefined,
  });
  return { notices: Items as ListedNotice[], next: next && `${next.createdAt}~${next.noticeId}` };
}

/** Ids of the notices with this left to do, the longest due first. One query, of nothing where nothing is due. */
export async function dueNotices(active: Active, at: string): Promise<string[]> {
  const { Items = [] } = await query({
    IndexName: 'active',
    KeyConditionExpression: 'active = :active AND dueAt <= :at',
    ExpressionAttributeValues: { ':active': active, ':at': at },
  });
  return Items.map(({ noticeId }) => noticeId as string);
}

/** Notices that the site shows at a moment, texts and all; the one whose banner ends last comes first. */
export async function showingNotices(at: string, limit = 10): Promise<Notice[]> {
  const { Items = [] } = await query({
    IndexName: 'showing',
    KeyConditionExpression: 'showing = :yes AND bannerUntil > :at',
    ExpressionAttributeValues: { ':yes': 'yes', ':at': at },
    ScanIndexForward: false,
    Limit: limit,
  });
  return Items as Notice[];
}

const query = (input: Omit<QueryCommandInput, 'TableName'>) =>
  dynamo().send(new QueryCommand({ TableName: env('noticesTable'), ...input }));
