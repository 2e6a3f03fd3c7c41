import type { S3Event } from 'aws-lambda';
import { InvalidInput } from '../../shared/errors.ts';

/** One upload of a file, as S3 announced it. */
export interface Upload {
  bucket: string;
  key: string;
  /** Bytes. */
  size: number;
  etag: string;
  /** ISO 8601. */
  uploadedAt: string;
  /** Tells two uploads under one key apart, where the bytes may be equal. */
  sequencer: string;
}

/** Reads an S3 event notification. The `s3:TestEvent` that S3 posts to a new target announces nothing. */
export function readUploads(body: string): Upload[] {
  const event = readJson(body) as Partial<S3Event> & { Event?: string };
  if (event?.Event === 's3:TestEvent') return [];
  if (!Array.isArray(event?.Records))
    throw new InvalidInput('The message is no S3 event notification: it has no Records.');
  return event.Records.map(({ eventTime, s3 }) => ({
    bucket: s3.bucket.name,
    // Form encoding: a space is a plus.
    key: decodeURIComponent(s3.object.key.replaceAll('+', ' ')),
    size: s3.object.size,
    etag: s3.object.eTag,
    uploadedAt: eventTime,
    sequencer: s3.object.sequencer,
  }));
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new InvalidInput('The message is no S3 event notification: it is not JSON.');
  }
}
