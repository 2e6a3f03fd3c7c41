import { setTimeout as wait } from 'node:timers/promises';
import { BatchGetCommand, BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws.ts';
import { env } from '../env.ts';
import { Unavailable } from '../errors.ts';
import type { Write } from './changes.ts';
import type { Key } from './member.ts';

/** Reads items by key, strongly consistent, in no order. Keys that have no item are left out; each key only once. */
export async function readItems<Item>(keys: Key[]): Promise<Item[]> {
  const batches = await inParallel(inBatches(keys, batchGetLimit), (batch) => readBatch<Item>(batch));
  return batches.flat();
}

/** Writes items in no order; a key may be named only once. */
export async function writeItems(writes: Write[]): Promise<void> {
  await inParallel(inBatches(writes.map(toRequest), batchWriteLimit), writeBatch);
}

/** Limits of the API. */
const batchGetLimit = 100;
const batchWriteLimit = 25;

/** Requests under way at once. One member directory does not need more, and other functions share the table. */
const concurrency = 8;

type WriteRequest = { PutRequest: { Item: Key } } | { DeleteRequest: { Key: Key } };

const toRequest = (write: Write): WriteRequest =>
  'put' in write ? { PutRequest: { Item: write.put } } : { DeleteRequest: { Key: write.remove } };

async function readBatch<Item>(batch: Key[]): Promise<Item[]> {
  const table = env('membersTable');
  const items: Item[] = [];
  await untilNoneIsLeft(batch, async (Keys) => {
    const answer = await dynamo().send(
      new BatchGetCommand({ RequestItems: { [table]: { Keys, ConsistentRead: true } } }),
    );
    items.push(...((answer.Responses?.[table] ?? []) as Item[]));
    return (answer.UnprocessedKeys?.[table]?.Keys ?? []) as Key[];
  });
  return items;
}

async function writeBatch(batch: WriteRequest[]): Promise<void> {
  const table = env('membersTable');
  await untilNoneIsLeft(batch, async (requests) => {
    const answer = await dynamo().send(new BatchWriteCommand({ RequestItems: { [table]: requests } }));
    return (answer.UnprocessedItems?.[table] ?? []) as WriteRequest[];
  });
}

/** DynamoDB gives back what it was too busy for; it is to be asked again, later each time (50 ms to 5 s, a minute in all). */
async function untilNoneIsLeft<T>(work: T[], send: (left: T[]) => Promise<T[]>): Promise<void> {
  let left = await send(work);
  for (let attempt = 0; left.length > 0; attempt += 1) {
    if (attempt === attempts) {
      throw new Unavailable(
        `DynamoDB left ${left.length} items of the table Members undone ${attempts} times: it is throttling.`,
      );
    }
    await wait(Math.min(50 * 2 ** attempt, 5000) * (0.5 + Math.random() / 2));
    left = await send(left);
  }
}

const attempts = 18;

function inBatches<T>(all: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));
}

async function inParallel<T, R>(work: T[], act: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const left = work.entries();
  const worker = async () => {
    for (const [at, one] of left) results[at] = await act(one);
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, work.length) }, worker));
  return results;
}
