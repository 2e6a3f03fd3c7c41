import type { Context, SQSRecord } from 'aws-lambda';
import { eachMessage } from '../../shared/batch.ts';
import { envNumber } from '../../shared/env.ts';
import { Conflict, errorName, InvalidInput } from '../../shared/errors.ts';
import { log } from '../../shared/log.ts';
import { apply } from '../../shared/requests/apply.ts';
import type { WrittenRequest } from '../../shared/requests/request.ts';
import { queueScans, type ScanTask, waitsToBeRead } from '../../shared/requests/scan-queue.ts';
import { readRequest } from '../../shared/requests/store.ts';
import { takeDrop } from '../../shared/requests/take-drop.ts';
import { giveUpOn } from './give-up.ts';
import { readMessage } from './message.ts';
import { type Reading, readScans } from './read-scans.ts';

/**
 * A file that a scanner dropped becomes a request; the scans of a request become pages, text and findings. What five
 * minutes are too short for goes on in a message that the function sends to its own queue.
 */
export const handler = eachMessage(async (record: SQSRecord, context: Context) => {
  const { drops, task } = readMessage(record.body);
  for (const drop of drops) {
    const { requestId } = await takeDrop(drop);
    log.info('scan taken in', { requestId });
  }
  if (task) await read(task, record, context);
});

async function read(task: ScanTask, record: SQSRecord, context: Context): Promise<void> {
  const found = await readRequest(task.requestId);
  if (!found) throw new InvalidInput(`There is no request ${task.requestId}.`);
  const hasBegun = found.scans?.some(({ type, pages }) => type !== undefined || pages !== undefined);
  if (task.unapplied && hasBegun) return;
  const request = found.state === 'received' ? await apply(found) : found;
  if (!waitsToBeRead(request)) return;
  const isLastTry = Number(record.attributes.ApproximateReceiveCount) >= envNumber('scanReceives');
  const hasTime = () => context.getRemainingTimeInMillis() > margin;
  const reading = await unlessDeciding(request, isLastTry ? giveUpOn(request) : readScans(request, hasTime));
  if (reading.goesOn) await queueScans(task.requestId, reading.inSeconds);
  log.info(reading.goesOn ? 'scans are read in part' : 'scans are read', {
    requestId: task.requestId,
    pages: reading.request.scans?.reduce((sum, { pagesRead }) => sum + pagesRead, 0),
    ...(!reading.goesOn && { reason: reading.request.history.at(-1)?.reason }),
  });
}

/** Milliseconds: reading a page may take a minute and opening its file half of one (reading/limits.ts). */
const margin = 100_000;

/** Where somebody decides at this moment the paper comes back soon: that is no failure. */
async function unlessDeciding(request: WrittenRequest, reading: Promise<Reading>): Promise<Reading> {
  try {
    return await reading;
  } catch (error) {
    if (errorName(error) === Conflict.name) return { request, goesOn: true, inSeconds: secondsToWait };
    throw error;
  }
}

const secondsToWait = 5;
