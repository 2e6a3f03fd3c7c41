import type { SQSRecord } from 'aws-lambda';
import { eachMessage } from '../../shared/batch.ts';
import { readStarted } from '../../shared/exports/start.ts';
import { runExport } from './run.ts';

/** One export that somebody started at the desk → its file in the bucket of exports. */
export const handler = eachMessage((record: SQSRecord) => runExport(readStarted(record.body)));
