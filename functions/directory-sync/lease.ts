import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../../shared/aws.ts';
import { addSeconds, now } from '../../shared/clock.ts';
import { env } from '../../shared/env.ts';
import { isConditionFailed, Unavailable } from '../../shared/errors.ts';
import { modeOf } from '../../shared/members/imports.ts';
import type { Upload } from './upload.ts';

export interface Lease {
  /** Before anything is written: from now on, files older than this full one are out of date. */
  begin(): Promise<void>;
  /** To be called often; writes only now and then. Throws Unavailable when somebody else has it by now. */
  renew(): Promise<void>;
  release(): Promise<void>;
}

/**
 * One import at a time: members are read, changed and put back whole, and a full file removes whom it does not name.
 * `busy` while another one runs. `newer` is a full file uploaded later whose import has begun: the older file, come back
 * from a dead-letter queue for example, would take the directory back to what it was.
 *
 * A message about the same upload takes the lease over at once: it comes again because its first invocation was killed.
 * Where it was not (S3 may announce an upload twice), both write the same, and the first ends at its next renewal.
 */
export async function claimLease(upload: Upload, holder: string): Promise<Lease | { busy: true } | { newer: string }> {
  const seen = await readItem();
  if (seen.full && upload.uploadedAt < seen.full.uploadedAt) return { newer: seen.full.key };
  const about = `${upload.key} ${upload.sequencer}`;
  if (seen.expiresAt > now() && seen.upload !== about) return { busy: true };
  const claimed = { holder, upload: about, full: seen.full, expiresAt: addSeconds(now(), seconds) };
  return (await replace(seen, claimed)) ? held(upload, claimed) : { busy: true };
}

/** Longer than the check of a million rows takes, or a round of writes while DynamoDB throttles. */
const seconds = 300;
const secondsToRenewal = 30;

const itemKey = { pk: 'import', sk: 'lease' };

interface LeaseItem {
  holder: string;
  upload: string;
  /** ISO 8601; empty when released. */
  expiresAt: string;
  /** The newest full file whose import has begun. */
  full?: { key: string; uploadedAt: string };
}

function held({ key, uploadedAt }: Upload, claimed: LeaseItem): Lease {
  let current = claimed;
  const change = async (changed: Partial<LeaseItem>) => {
    const next = { ...current, expiresAt: addSeconds(now(), seconds), ...changed };
    if (!(await replace(current, next))) throw new Unavailable(lost);
    current = next;
  };
  return {
    async begin() {
      if (modeOf(key) === 'full') await change({ full: { key, uploadedAt } });
    },
    async renew() {
      if (now() > addSeconds(current.expiresAt, secondsToRenewal - seconds)) await change({});
    },
    async release() {
      await replace(current, { ...current, expiresAt: '' });
    },
  };
}

const lost = 'Another import took the lease over, since this one had not renewed it in time.';

async function readItem(): Promise<LeaseItem> {
  const { Item } = await dynamo().send(
    new GetCommand({ TableName: env('membersTable'), Key: itemKey, ConsistentRead: true }),
  );
  return (Item as LeaseItem | undefined) ?? { holder: '', upload: '', expiresAt: '' };
}

/** False where the item is no longer as it was seen. */
async function replace(seen: LeaseItem, item: LeaseItem): Promise<boolean> {
  try {
    await dynamo().send(
      new PutCommand({
        TableName: env('membersTable'),
        Item: { ...itemKey, ...item },
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
