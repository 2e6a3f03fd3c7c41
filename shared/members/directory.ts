import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws.ts';
import { env } from '../env.ts';
import {
  addressesOf,
  addressLookup,
  communityLookup,
  handleLookup,
  type Key,
  type Member,
  type MemberItem,
  managerPrefix,
  memberKey,
  nameLookup,
} from './member.ts';
import { readItems } from './table.ts';

/**
 * The members that have this address, primary or other, by memberId; several where they share it, none for what is no
 * address. A look-up item only proposes: the member's own item, read strongly consistent, decides. So a change that was
 * cut short in the middle can neither name a wrong member nor hide a right one.
 */
export const findByAddress = (address: string): Promise<Member[]> => {
  const lookup = addressLookup(address);
  return find(lookup, (member) => addressesOf(member).some((own) => addressLookup(own) === lookup));
};

/**
 * The members with this handle, whatever its case, with or without @. The site keeps handles unique; several come back
 * only while a delta brings the new owner of a handle before the old one's change.
 */
export const findByHandle = (handle: string): Promise<Member[]> => {
  const lookup = handleLookup(handle);
  return find(lookup, (member) => handleLookup(member.handle) === lookup);
};

/** At most `limit` members whose name is this one, whatever its case and accents. */
export const findByName = (name: string, limit = 20): Promise<Member[]> => {
  const lookup = nameLookup(name);
  return find(lookup, (member) => nameLookup(member.name) === lookup, limit);
};

/** The members that manage this community. */
export async function managersOf(communityId: string): Promise<Member[]> {
  const keys = await queryKeys(communityLookup(communityId), { begins: managerPrefix });
  const members = await getMembers(keys.map(({ sk }) => sk.slice(managerPrefix.length)));
  return members.filter((member) => member.manages.includes(communityId));
}

/** The members with these ids, in their order, strongly consistent; ids of nobody are left out. */
export async function getMembers(memberIds: string[]): Promise<Member[]> {
  const wanted = [...new Set(memberIds)];
  const items = await readItems<MemberItem>(wanted.map(memberKey));
  const byId = new Map(items.map((item) => [item.memberId, toMember(item)]));
  return wanted.map((memberId) => byId.get(memberId)).filter((member) => member !== undefined);
}

async function find(lookup: string | undefined, fits: (member: Member) => boolean, limit?: number): Promise<Member[]> {
  if (!lookup) return [];
  const keys = await queryKeys(lookup, { limit });
  return (await getMembers(keys.map(({ sk }) => sk))).filter(fits);
}

async function queryKeys(pk: string, { begins, limit }: { begins?: string; limit?: number }): Promise<Key[]> {
  const keys: Key[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await dynamo().send(
      new QueryCommand({
        TableName: env('membersTable'),
        KeyConditionExpression: begins ? 'pk = :pk AND begins_with(sk, :begins)' : 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk, ':begins': begins },
        ConsistentRead: true,
        Limit: limit,
        ExclusiveStartKey: from,
      }),
    );
    keys.push(...((page.Items ?? []) as Key[]));
    from = page.LastEvaluatedKey;
  } while (from && keys.length < (limit ?? Number.POSITIVE_INFINITY));
  return keys;
}

function toMember({ pk: _pk, sk: _sk, stale: _stale, ...member }: MemberItem): Member {
  return member;
}
