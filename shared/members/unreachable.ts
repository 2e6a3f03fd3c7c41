import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws.ts';
import { env } from '../env.ts';
import { isConditionFailed } from '../errors.ts';
import { canonicalAddress } from './address.ts';
import type { Key } from './member.ts';
import { readItems } from './table.ts';

/** An address that takes no mail: a hard bounce said so, or SES keeps it on its list of those. It is in the table Members. */
export type Unreachable = Key & {
  /** ISO 8601. */
  since: string;
  /** The batch of the delivery that bounced. */
  batch: string;
  detail: string;
};

/** The key of an address's mark; undefined for what is no address. */
export function unreachableKey(address: string): Key | undefined {
  const canonical = canonicalAddress(address);
  return canonical === undefined ? undefined : { pk: `unreachable/${canonical}`, sk: 'address' };
}

/** Those of the addresses, as they were given, to which no mail should go: they are marked, or no address at all. */
export async function unreachableAmong(addresses: string[]): Promise<Set<string>> {
  const keys = new Map(addresses.map((address) => [address, unreachableKey(address)]));
  const partitions = new Set([...keys.values()].flatMap((key) => (key ? [key.pk] : [])));
  const marks = await readItems<Unreachable>([...partitions].map((pk) => ({ pk, sk: 'address' })));
  const marked = new Set(marks.map(({ pk }) => pk));
  return new Set(addresses.filter((address) => marked.has(keys.get(address)?.pk ?? '') || !keys.get(address)));
}

/** Marks an address. The newest bounce stands, whatever the order in which they come. */
export async function markUnreachable(
  address: string,
  about: Pick<Unreachable, 'since' | 'batch' | 'detail'>,
): Promise<void> {
  const key = unreachableKey(address);
  if (!key) return;
  await unlessRefused(
    new PutCommand({
      TableName: env('membersTable'),
      Item: { ...key, ...about },
      ConditionExpression: 'attribute_not_exists(pk) OR since < :since',
      ExpressionAttributeValues: { ':since': about.since },
    }),
  );
}

/**
 * Takes the mark away from an address that took a mail at this moment. A bounce that came later than that stands: a
 * server may take a mail first, and send it back after.
 */
export async function markReachable(address: string, at: string): Promise<void> {
  const key = unreachableKey(address);
  if (!key) return;
  await unlessRefused(
    new DeleteCommand({
      TableName: env('membersTable'),
      Key: key,
      ConditionExpression: 'since < :at',
      ExpressionAttributeValues: { ':at': at },
    }),
  );
}

async function unlessRefused(command: PutCommand | DeleteCommand): Promise<void> {
  try {
    await dynamo().send(command as PutCommand);
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
  }
}
