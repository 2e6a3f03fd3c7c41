import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws.ts';
import { now } from '../clock.ts';
import { attempts, putAfter, turn } from '../conflicts.ts';
import { env } from '../env.ts';
import { Conflict } from '../errors.ts';
import { withArrival, withFlagged } from './arrived.ts';
import { requestIds } from './id.ts';
import type { WrittenRequest } from './request.ts';

/**
 * Records an arrival once, under the first of its ids that is free or its own. Returns the request as it stands: the
 * new one, or the one that an earlier delivery of the same arrival recorded.
 */
export async function record(arrival: Omit<WrittenRequest, 'requestId' | 'version'>): Promise<WrittenRequest> {
  for (const requestId of requestIds(arrival.hash)) {
    const request = { ...withArrival(arrival, now()), requestId, version: 1 };
    if (await putAfter(env('requestsTable'), request, 0)) return request;
    const recorded = await readRequest(requestId);
    if (recorded?.hash === arrival.hash) return recorded;
  }
  throw new Conflict(`All ids of the arrival ${arrival.hash} belong to other arrivals.`);
}

/** Strongly consistent. */
export async function readRequest(requestId: string): Promise<WrittenRequest | undefined> {
  const { Item } = await dynamo().send(
    new GetCommand({ TableName: env('requestsTable'), Key: { requestId }, ConsistentRead: true }),
  );
  return Item as WrittenRequest | undefined;
}

/**
 * Changes a request by a pure function and one conditional write, beginning with the request as the caller knows it.
 * Where somebody else wrote in between, it is read again and decided again. Undefined from `change` means that there
 * is nothing to do. `prepare` is done before each attempt to write, with what is to be written. Returns the request as
 * it stands afterwards; throws Conflict when it never came to rest.
 */
export async function changeRequest(
  known: WrittenRequest,
  change: (request: WrittenRequest) => WrittenRequest | undefined,
  prepare?: (wanted: WrittenRequest) => Promise<unknown>,
): Promise<WrittenRequest> {
  let before = known;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const after = change(before);
    if (!after) return before;
    await prepare?.(after);
    const written = { ...withFlagged(after, now()), version: before.version + 1 };
    if (await putAfter(env('requestsTable'), written, before.version)) return written;
    await turn(attempt);
    before = (await readRequest(known.requestId)) ?? known;
  }
  throw new Conflict(`Request ${known.requestId} changed ${attempts} times while it was being written.`);
}
