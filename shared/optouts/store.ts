import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws.ts';
import { attempts, putAfter, turn } from '../conflicts.ts';
import { env } from '../env.ts';
import { Conflict, Unavailable } from '../errors.ts';
import { emptyOptOut, type OptOut, type Subject } from './opt-out.ts';

/**
 * Changes the opt-out of a subject by a pure function and one conditional write, beginning with the opt-out as the
 * caller knows it. When somebody else wrote in between, it is read again and decided again, a few times. Throws Conflict
 * when the item never came to rest.
 */
export async function changeOptOut(
  subject: Subject,
  change: (optOut: OptOut) => OptOut,
  known?: OptOut,
): Promise<OptOut> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const before = (attempt === 0 && known) || (await readOptOuts([subject])).get(subject)!;
    const after = change(before);
    if (after === before) return before;
    if (await putAfter(env('optOutsTable'), after, before.version)) return after;
    await turn(attempt);
  }
  throw new Conflict(`The opt-out of ${subject} changed ${attempts} times while it was being written.`);
}

/** Reads opt-outs, strongly consistent. A subject that never asked for anything has an empty one. */
export async function readOptOuts(subjects: readonly Subject[]): Promise<Map<Subject, OptOut>> {
  const found = new Map<Subject, OptOut>(subjects.map((subject) => [subject, emptyOptOut(subject)]));
  for (let from = 0; from < subjects.length; from += batchGetLimit) {
    for (const item of await readBatch(subjects.slice(from, from + batchGetLimit))) found.set(item.subject, item);
  }
  return found;
}

const batchGetLimit = 100;

async function readBatch(subjects: readonly Subject[]): Promise<OptOut[]> {
  const table = env('optOutsTable');
  let keys: Record<string, unknown>[] = [...new Set(subjects)].map((subject) => ({ subject }));
  const items: OptOut[] = [];
  for (let attempt = 0; keys.length > 0; attempt += 1) {
    if (attempt === attempts) throw new Unavailable(`DynamoDB left ${keys.length} opt-outs unread: it is throttling.`);
    const answer = await dynamo().send(
      new BatchGetCommand({ RequestItems: { [table]: { Keys: keys, ConsistentRead: true } } }),
    );
    items.push(...((answer.Responses?.[table] ?? []) as OptOut[]));
    keys = answer.UnprocessedKeys?.[table]?.Keys ?? [];
  }
  return items;
}
