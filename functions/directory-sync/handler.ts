import type { Context, SQSRecord } from 'aws-lambda';
import { eachMessage } from '../../shared/batch.ts';
import { Conflict, InvalidInput } from '../../shared/errors.ts';
import { log } from '../../shared/log.ts';
import type { ImportResult } from '../../shared/members/imports.ts';
import { findResult, importFile, refuse } from './import-file.ts';
import { claimLease, type Lease } from './lease.ts';
import { sendAgain } from './own-queue.ts';
import { readUploads, type Upload } from './upload.ts';

/**
 * A members CSV under directory/ of the intake bucket → the table Members, with a result under directory/results/. What
 * 15 minutes are too short for goes on in a message that the function sends to its own queue.
 */
export const handler = eachMessage(async (record: SQSRecord, context: Context) => {
  for (const upload of readUploads(record.body)) await take(upload, record, context);
});

async function take(upload: Upload, record: SQSRecord, context: Context): Promise<void> {
  if (await findResult(upload)) return log.info('file is imported already', { key: upload.key });
  const lease = await claimLease(upload, context.awsRequestId);
  if ('busy' in lease) return sendAgain(record, secondsToWait);
  const result =
    'newer' in lease ? await refuse(upload, obsolete(lease.newer)) : await runUnder(lease, upload, context);
  if (result === 'unfinished') return sendAgain(record);
  log.info('file imported', { key: upload.key, outcome: result.outcome, ...result.counts });
}

const obsolete = (newer: string) => `is older than the full file ${newer}, which was imported since`;

/** Seconds between two looks whether the import that runs now has ended. */
const secondsToWait = 3;

/** Milliseconds: what a round of writes and its checkpoint may take while DynamoDB throttles. */
const margin = 60_000;

async function runUnder(lease: Lease, upload: Upload, context: Context): Promise<ImportResult | 'unfinished'> {
  try {
    const hasTime = () => context.getRemainingTimeInMillis() > margin;
    return await importFile(upload, { hasTime, onBegin: lease.begin, onRound: lease.renew });
  } catch (error) {
    // Not to be repeated: what replaced the file has a message of its own.
    if (error instanceof Conflict) throw new InvalidInput(error.message);
    throw error;
  } finally {
    await lease.release();
  }
}
