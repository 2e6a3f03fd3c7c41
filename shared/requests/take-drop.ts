import { basename } from 'node:path/posix';
import type { WrittenRequest } from './request.ts';
import { takeFiles } from './scan-arrival.ts';

/** A file that a scanner put under scans/inbox/, as S3 announced it. */
export interface Drop {
  bucket: string;
  key: string;
  bytes: number;
  /** ISO 8601. */
  droppedAt: string;
  /** The version of the object: the same file announced twice is one request. */
  version: string;
}

/** Takes in what a scanner dropped. May be called again for the same drop. */
export const takeDrop = ({ bucket, key, bytes, droppedAt, version }: Drop): Promise<WrittenRequest> =>
  takeFiles({
    identity: `drop ${bucket} ${key} ${version}`,
    bucket,
    files: [{ key, name: basename(key), bytes, version }],
    channel: 'letter',
    receivedAt: droppedAt,
    decision: {
      state: 'review',
      rule: 'scanner',
      reason: 'A scanner brought a letter: its pages are read, and a person decides.',
      effects: [],
      answers: [],
    },
    memberIds: [],
    subject: basename(key),
  });
