import type { Context, SQSRecord } from 'aws-lambda';
import { eachMessage } from '../../shared/batch.ts';
import { envNumber } from '../../shared/env.ts';
import { Conflict, errorName, InvalidInput, Unavailable } from '../../shared/errors.ts';
import { log } from '../../shared/log.ts';
import { apply } from '../../shared/requests/apply.ts';
import type { WrittenRequest } from '../../shared/requests/request.ts';
import { queueScans, type ScanTask, waitsToBeRead } from '../../shared/requests/scan-queue.ts';
import { readRequest } from '../../shared/requests/store.ts';
import { takeDrop } from '../../shared/requests/take-drop.ts';
import { concludeWithoutText } from './conclude.ts';
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
  const isLastTry = Number(record.attributes.ApproximateReceiveCount) >= envNumber('scanReceives');
  const found = await readRequest(task.requestId);
  if (!found) return missing(task, isLastTry);
  const hasBegun = found.scans?.some(({ type, pages }) => type !== undefined || pages !== undefined);
  if (task.unapplied && hasBegun) return;
  const request = found.state === 'received' ? await apply(found) : found;
  if (!waitsToBeRead(request)) return;
  const hasTime = () => context.getRemainingTimeInMillis() > margin;
  const reading = await unlessDeciding(task, () => {
    if (task.withoutText) return endWithoutText(request, task.withoutText);
    return isLastTry ? giveUpOn(request) : readScans(request, hasTime);
  });
  if (!reading) return;
  if (reading.goesOn) await queueScans(task.requestId);
  log.info(reading.goesOn ? 'scans are read in part' : 'scans are read', {
    requestId: task.requestId,
    pages: reading.request.scans?.reduce((sum, { pagesRead }) => sum + pagesRead, 0),
    ...(!reading.goesOn && { reason: reading.request.history.at(-1)?.reason }),
  });
}

/** Milliseconds: reading a page may take a minute and opening its file half of one (reading/limits.ts). */
const margin = 100_000;

/** Whoever announced it may have died before they recorded it; until the last try they may still be about to. */
function missing({ requestId, unapplied }: ScanTask, isLastTry: boolean): void {
  if (!unapplied) throw new InvalidInput(`There is no request ${requestId}.`);
  if (!isLastTry) throw new Unavailable(`The request ${requestId} was announced and is not recorded yet.`);
  log.info('what was announced was never recorded', { requestId });
}

const endWithoutText = async (request: WrittenRequest, scanIds: string[]): Promise<Reading> => ({
  request: await concludeWithoutText(request, scanIds),
  goesOn: false,
});

/**
 * Where somebody decides at this moment the paper comes back later, in a message of its own: that is no failure. A
 * decision that a crash broke off is finished within the hour (functions/deadlines); where one is under way for longer
 * than that something is wrong, and the message ends as a dead letter, which is told.
 */
async function unlessDeciding(
  { requestId, withoutText, tries = 0 }: ScanTask,
  read: () => Promise<Reading>,
): Promise<Reading | undefined> {
  try {
    return await read();
  } catch (error) {
    if (errorName(error) !== Conflict.name || tries >= mostTries) throw error;
    await queueScans(requestId, { inSeconds: secondsToWait(tries), withoutText, tries: tries + 1 });
    return undefined;
  }
}

/** 5 seconds, and twice as many each time up to the quarter of an hour that SQS can wait: 14 tries last two hours. */
const secondsToWait = (tries: number): number => Math.min(900, 5 * 2 ** tries);
const mostTries = 14;
