import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../../shared/aws.ts';
import { addSeconds, now } from '../../shared/clock.ts';
import { env } from '../../shared/env.ts';
import { isConditionFailed, Unavailable } from '../../shared/errors.ts';
import { modeOf } from '../../shared/members/imports.ts';
import type { Upload } from './upload.ts';

export interface Lease {
  /** Throws Unavailable when somebody else has it by now. */
  renew(): Promise<void>;
  release(): Promise<void>;
}

/**
 * One import at a time: members are read, changed and put back whole, and a full file removes whom it does not name.
 * `busy` while another one runs. `newer` is a full file uploaded later whose import has begun: the older file, come back
 * from a dead-letter queue for example, would take the directory back to what it was.
 */
export async function claimLease(upload: Upload, holder: string): Promise<Lease | { busy: true } | { newer: string }> {
  const seen = await readItem();
  if (seen.full && upload.uploadedAt < seen.full.uploadedAt) return { newer: seen.full.key };
  if (seen.expiresAt > now()) return { busy: true };
  const full = modeOf(upload.key) === 'full' ? { key: upload.key, uploadedAt: upload.uploadedAt } : seen.full;
  const claimed = { holder, full, expiresAt: addSeconds(now(), seconds) };
  return (await replace(seen, claimed)) ? held(claimed) : { busy: true };
}

/** Longer than a round of writes takes while DynamoDB throttles; a killed import is gone on with after it. */
const seconds = 180;

const key = { pk: 'import', sk: 'lease' };

interface LeaseItem {
  holder: string;
  /** ISO 8601; empty when released. */
  expiresAt: string;
  /** The newest full file whose import has begun. */
  full?: { key: string; uploadedAt: string };
}

function held(claimed: LeaseItem): Lease {
  let current = claimed;
  return {
    async renew() {
      const renewed = { ...current, expiresAt: addSeconds(now(), seconds) };
      if (!(await replace(current, renewed))) throw new Unavailable(lost);
      current = renewed;
    },
    async release() {
      await replace(current, { ...current, expiresAt: '' });
    },
  };
}

const lost = 'Another import took the lease over, since this one had not renewed it in time.';

async function readItem(): Promise<LeaseItem> {
  const { Item } = await dynamo().send(
    new GetCommand({ TableName: env('membersTable'), Key: key, ConsistentRead: true }),
  );
  return (Item as LeaseItem | undefined) ?? { holder: '', expiresAt: '' };
}

/** False where the item is no longer as it was seen. */
async function replace(seen: LeaseItem, item: LeaseItem): Promise<boolean> {
  try {
    await dynamo().send(
      new PutCommand({
        TableName: env('membersTable'),
        Item: { ...key, ...item },
        ConditionExpression: 'attribute_not_exists(pk) OR (holder = :holder AND expiresAt = :expiresAt)',
        ExpressionAttributeValues: { ':holder': seen.holder, ':expiresAt': seen.expiresAt },
      }),
    );
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
}
