import type { S3Event } from 'aws-lambda';
import { InvalidInput } from '../../shared/errors.ts';
import type { ScanTask } from '../../shared/requests/scan-queue.ts';
import type { Drop } from '../../shared/requests/take-drop.ts';

/** What a message of the scan queue holds: files that scanners dropped, or a request whose scans are to be read. */
export interface ScanMessage {
  drops: Drop[];
  task?: ScanTask;
}

/** The `s3:TestEvent` that S3 posts to a new target announces nothing. */
export function readMessage(body: string): ScanMessage {
  const message = readJson(body) as Partial<S3Event> & Partial<ScanTask> & { Event?: string };
  if (message?.Event === 's3:TestEvent') return { drops: [] };
  if (Array.isArray(message?.Records)) return { drops: message.Records.map(dropOf).filter(isFile) };
  if (typeof message?.requestId !== 'string')
    throw new InvalidInput('The message is no task: it has neither a requestId nor Records of S3.');
  const { requestId, unapplied, withoutText, tries } = message;
  return { drops: [], task: { requestId, unapplied, withoutText, tries } };
}

const dropOf = ({ eventTime, s3: { bucket, object } }: S3Event['Records'][number]): Drop => ({
  bucket: bucket.name,
  // Form encoding: a space is a plus.
  key: decodeURIComponent(object.key.replaceAll('+', ' ')),
  bytes: object.size,
  droppedAt: new Date(eventTime).toISOString(),
  version: object.versionId ?? object.sequencer,
});

/** Tools that show folders make empty objects whose key ends with a slash. */
const isFile = ({ key }: Drop): boolean => !key.endsWith('/');

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new InvalidInput('The message is no task: it is not JSON.');
  }
}
