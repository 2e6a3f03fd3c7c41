import { createHash } from 'node:crypto';
import { apply } from './apply.ts';
import { requestIds } from './id.ts';
import type { Decision, Scan, WrittenRequest } from './request.ts';
import { nameOf } from './scan-attachments.ts';
import { queueScans, waitsToBeRead, watchOver } from './scan-queue.ts';
import { record } from './store.ts';

/** One file that paper was made into, where it arrived. */
export interface ScanFile {
  key: string;
  /** As whoever made it called it. */
  name: string;
  bytes: number;
  /** The version of the object, where another file may come under its key. */
  version?: string;
}

/** Paper that came as files of their own: from a scanner, or uploaded at the desk. */
export interface ScanArrival {
  /** What makes it this arrival and no other. */
  identity: string;
  bucket: string;
  files: ScanFile[];
  channel: 'letter' | 'fax' | 'other';
  receivedAt: string;
  decision: Decision;
  memberIds: string[];
  /** What a list shows it as. */
  subject: string;
}

/**
 * Records such an arrival, applies its decision and has its files read. The same arrival again is the same request, and
 * finishes what a crash left undone. A crash before that is found out by the message that is sent first.
 */
export async function takeFiles(arrival: ScanArrival): Promise<WrittenRequest> {
  const arrived = requestOf(arrival);
  // The id that it gets, but for one in 2^80: then a crash is found out where the arrival comes again.
  await watchOver(requestIds(arrived.hash)[0]!);
  const request = await apply(await record(arrived));
  if (waitsToBeRead(request)) await queueScans(request.requestId);
  return request;
}

const requestOf = ({
  identity,
  bucket,
  files,
  channel,
  receivedAt,
  decision,
  memberIds,
  subject,
}: ScanArrival): Omit<WrittenRequest, 'requestId' | 'version'> => ({
  hash: createHash('sha256').update(identity).digest('hex'),
  channel,
  state: 'received',
  receivedAt,
  decision,
  summary: { subject: subject.slice(0, 200).toWellFormed(), memberIds },
  arrival: { bucket, key: files[0]!.key },
  thread: { references: [] },
  confirmations: {},
  history: [],
  who: memberIds.length === 1 ? `member/${memberIds[0]}` : undefined,
  scans: files.map(scanOf),
});

const scanOf = ({ key, name, bytes, version }: ScanFile, place: number): Scan => ({
  scanId: `${place + 1}`,
  name: nameOf(name, place),
  bytes,
  state: 'waiting',
  pagesRead: 0,
  from: { file: key, version },
});
