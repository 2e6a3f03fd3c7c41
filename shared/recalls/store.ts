import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws.ts';
import { attempts, putAfter, turn } from '../conflicts.ts';
import { env } from '../env.ts';
import { Conflict } from '../errors.ts';
import { moved, type Recall, type RecallStep, type Standing } from './recall.ts';

/** Some recalls; `next` is what `after` takes to go on, absent where there are no more. */
export interface RecallPage {
  recalls: Recall[];
  next?: string;
}

export interface RecallRange {
  limit: number;
  after?: string;
  /** Only those that came there from this moment on. */
  from?: string;
}

/** The open ones, the longest open first; or those that are done, the newest first. */
export async function readRecalls(standing: Standing, { limit, after, from }: RecallRange): Promise<RecallPage> {
  const { Items = [], LastEvaluatedKey: next } = await dynamo().send(
    new QueryCommand({
      ...ofStanding(standing, from),
      ScanIndexForward: standing === 'open',
      Limit: limit,
      ExclusiveStartKey: readCursor(standing, after),
    }),
  );
  return { recalls: Items as Recall[], next: next && `${next.movedAt}~${next.recallId}` };
}

/** How many there are; beyond `most` only that there are more, so that counting costs the same whatever waits. */
export async function countRecalls(standing: Standing, most = 100): Promise<{ count: number; more: boolean }> {
  const { Count = 0 } = await dynamo().send(
    new QueryCommand({ ...ofStanding(standing), Select: 'COUNT', Limit: most + 1 }),
  );
  return { count: Math.min(Count, most), more: Count > most };
}

/** Strongly consistent; undefined for one that never was. */
export async function readRecall(recallId: string): Promise<Recall | undefined> {
  const { Item } = await dynamo().send(
    new GetCommand({ TableName: env('recallsTable'), Key: { recallId }, ConsistentRead: true }),
  );
  return Item as Recall | undefined;
}

/** Opens a recall, once: one that is there already stays as it is, open or done. False where it was there. */
export const keepRecall = (recall: Recall): Promise<boolean> => putAfter(env('recallsTable'), recall, 0);

/** Takes a recall where a person says. Undefined where it stands there already, or never was. */
export async function moveRecall(recallId: string, step: RecallStep): Promise<Recall | undefined> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const before = await readRecall(recallId);
    const after = before && moved(before, step);
    if (!after) return undefined;
    if (await putAfter(env('recallsTable'), after, before.version)) return after;
    await turn(attempt);
  }
  throw new Conflict(`The recall ${recallId} changed ${attempts} times while it was being written.`);
}

const ofStanding = (standing: Standing, from?: string) => ({
  TableName: env('recallsTable'),
  IndexName: 'standing',
  KeyConditionExpression: from ? 'standing = :standing AND movedAt >= :from' : 'standing = :standing',
  ExpressionAttributeValues: { ':standing': standing, ...(from && { ':from': from }) },
});

/** It may come from an address bar: what is no cursor begins at the beginning. */
function readCursor(standing: Standing, after = ''): Record<string, string> | undefined {
  const [, movedAt, recallId] = /^(\d{4}-\d\d-\d\dT[\d:.]{8,12}Z)~([0-9a-f]{26})$/.exec(after) ?? [];
  return movedAt && recallId ? { standing, movedAt, recallId } : undefined;
}
