import { canonicalAddress } from './address.ts';
import { foldHandle, foldName } from './fold.ts';

/** A member of the community site, as its directory tells it. */
export interface Member {
  /** The site's own id: no white space, no slash, at most 128 characters. */
  memberId: string;
  handle: string;
  name: string;
  /** Addresses are kept as their owner wrote them and compared by canonicalAddress. */
  primaryEmail: string;
  /** Other verified addresses. */
  otherEmails: string[];
  /** Ids of the communities that the member manages; a member with any is a manager. */
  manages: string[];
  /** BCP 47. */
  locale?: string;
  /** ISO 8601 in UTC. */
  createdAt?: string;
}

/** Primary key in the table Members. */
export interface Key {
  pk: string;
  sk: string;
}

/** The member's own item. `stale`: look-up items that an unfinished change still has to remove (see changes.ts). */
export type MemberItem = Key & Member & { stale?: Key[] };

export const memberKey = (memberId: string): Key => ({ pk: `member/${memberId}`, sk: memberSortKey });
export const memberSortKey = 'member';

/** Partition keys of the look-ups. Undefined where nothing could be found by it. */
export const addressLookup = (address: string) => prefixed('address/', canonicalAddress(address));
export const handleLookup = (handle: string) => prefixed('handle/', foldHandle(handle));
export const nameLookup = (name: string) => prefixed('name/', foldName(name));
export const communityLookup = (communityId: string) => `community/${communityId}`;
export const managerPrefix = 'manager/';

/** The keys of all look-up items of a member, each once. They hold nothing but their key. */
export function lookupKeys(member: Member): Key[] {
  const partitions = new Set([
    ...addressesOf(member).map(addressLookup),
    handleLookup(member.handle),
    nameLookup(member.name),
  ]);
  const lookups = [...partitions].filter((pk) => pk !== undefined).map((pk) => ({ pk, sk: member.memberId }));
  const communities = [...new Set(member.manages)].map((communityId) => ({
    pk: communityLookup(communityId),
    sk: managerPrefix + member.memberId,
  }));
  return [...lookups, ...communities];
}

export const addressesOf = (member: Member): string[] => [member.primaryEmail, ...member.otherEmails];

const prefixed = (prefix: string, folded: string | undefined) => (folded ? prefix + folded : undefined);
