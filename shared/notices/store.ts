import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws.ts';
import { attempts, putAfter, turn } from '../conflicts.ts';
import { env } from '../env.ts';
import { Conflict } from '../errors.ts';
import type { Notice } from './notice.ts';
import { noticeIds } from './notice-id.ts';

/** Records a new notice once, under the first of its ids that is free or its own; the same nonce gives the same notice. */
export async function recordNotice(fresh: Omit<Notice, 'noticeId' | 'version'>): Promise<Notice> {
  for (const noticeId of noticeIds(fresh.nonce)) {
    const notice = { ...fresh, noticeId, version: 1 };
    if (await putAfter(env('noticesTable'), notice, 0)) return notice;
    const recorded = await readNotice(noticeId);
    if (recorded?.nonce === fresh.nonce) return recorded;
  }
  throw new Conflict('All ids that this notice could have belong to other notices: send the form again.');
}

/** Strongly consistent. */
export async function readNotice(noticeId: string): Promise<Notice | undefined> {
  const { Item } = await dynamo().send(
    new GetCommand({ TableName: env('noticesTable'), Key: { noticeId }, ConsistentRead: true }),
  );
  return Item as Notice | undefined;
}

/**
 * Changes a notice by a pure function and one conditional write, beginning with the notice as the caller knows it.
 * Where somebody else wrote in between, it is read again and decided again. Undefined from `change` means that there
 * is nothing to do. `prepare` is done before each attempt to write. Returns the notice as it stands afterwards; throws
 * Conflict when it never came to rest.
 */
export async function changeNotice(
  known: Notice,
  change: (notice: Notice) => Notice | undefined,
  prepare?: (wanted: Notice) => Promise<unknown>,
): Promise<Notice> {
  let before = known;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const after = change(before);
    if (!after) return before;
    await prepare?.(after);
    if (await putAfter(env('noticesTable'), after, before.version)) return { ...after, version: before.version + 1 };
    await turn(attempt);
    before = (await readNotice(known.noticeId)) ?? known;
  }
  throw new Conflict(`Notice ${known.noticeId} changed ${attempts} times while it was being written.`);
}
