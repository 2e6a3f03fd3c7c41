import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws.ts';
import { env } from '../env.ts';
import { type Member, memberSortKey } from './member.ts';

/** What a notice needs to know of a member. */
export type WalkedMember = Pick<Member, 'memberId' | 'primaryEmail' | 'locale' | 'manages' | 'createdAt'>;

export interface MemberPage {
  members: WalkedMember[];
  /** To go on behind this page; undefined after the last. */
  next?: Record<string, unknown>;
}

/**
 * The next members of the table behind `from`, at most `limit` of them, which may be none: look-up items are read and
 * left out. A member's item keeps its place, so pages one behind the other meet everybody who is there throughout once.
 * Strongly consistent: somebody who was added a moment before is met.
 */
export async function readMemberPage(from: MemberPage['next'], limit: number): Promise<MemberPage> {
  const page = await dynamo().send(
    new ScanCommand({
      TableName: env('membersTable'),
      FilterExpression: 'sk = :member',
      ExpressionAttributeValues: { ':member': memberSortKey },
      ProjectionExpression: 'memberId, primaryEmail, locale, manages, createdAt',
      ExclusiveStartKey: from,
      ConsistentRead: true,
      Limit: limit,
    }),
  );
  return { members: (page.Items ?? []) as WalkedMember[], next: page.LastEvaluatedKey };
}
