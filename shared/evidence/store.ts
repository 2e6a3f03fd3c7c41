import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  PutObjectRetentionCommand,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { s3 } from '../aws.ts';
import { env } from '../env.ts';
import { errorName } from '../errors.ts';

/**
 * Evidence is written once and kept under Object Lock until a date. A second write of the same key changes nothing and
 * is no error, so every caller may repeat itself.
 */
export async function keep(key: string, body: string | Uint8Array, contentType: string, until: string): Promise<void> {
  await once(() =>
    s3().send(
      new PutObjectCommand({
        Bucket: env('evidenceBucket'),
        Key: key,
        Body: body,
        ContentType: contentType,
        IfNoneMatch: '*',
        ...locked(until),
      }),
    ),
  );
}

/** Keeps a file of any size: it is read as it is sent. */
export async function keepFile(key: string, path: string, contentType: string, until: string): Promise<void> {
  const { size } = await stat(path);
  await once(() =>
    s3().send(
      new PutObjectCommand({
        Bucket: env('evidenceBucket'),
        Key: key,
        Body: createReadStream(path),
        ContentLength: size,
        ContentType: contentType,
        IfNoneMatch: '*',
        ...locked(until),
      }),
    ),
  );
}

/** Keeps an object of another bucket, or one version of it, byte for byte, without reading it here. */
export async function keepCopy(
  key: string,
  from: { bucket: string; key: string; version?: string },
  until: string,
): Promise<void> {
  const source = `${from.bucket}/${from.key.split('/').map(encodeURIComponent).join('/')}`;
  await once(() =>
    s3().send(
      new CopyObjectCommand({
        Bucket: env('evidenceBucket'),
        Key: key,
        CopySource: from.version ? `${source}?versionId=${encodeURIComponent(from.version)}` : source,
        IfNoneMatch: '*',
        ...locked(until),
      }),
    ),
  );
}

/** Keeps an object for longer. An Object Lock can only be made longer: S3 refuses an earlier date. */
export async function keepLonger(key: string, until: string): Promise<void> {
  const Retention = { Mode: 'GOVERNANCE' as const, RetainUntilDate: new Date(until) };
  await s3().send(new PutObjectRetentionCommand({ Bucket: env('evidenceBucket'), Key: key, Retention }));
}

/** A piece of evidence as a stream, and its size in bytes. */
export async function openEvidence(key: string): Promise<{ body: Readable; bytes: number }> {
  const { Body, ContentLength } = await s3().send(new GetObjectCommand({ Bucket: env('evidenceBucket'), Key: key }));
  return { body: Body as Readable, bytes: ContentLength ?? 0 };
}

export async function readEvidenceJson<T>(key: string): Promise<T> {
  const { Body } = await s3().send(new GetObjectCommand({ Bucket: env('evidenceBucket'), Key: key }));
  return JSON.parse(await Body!.transformToString()) as T;
}

/** The keys that begin so; `prefix` names one request or less. */
export async function listEvidence(prefix: string): Promise<Set<string>> {
  const keys = new Set<string>();
  const pages = paginateListObjectsV2({ client: s3() }, { Bucket: env('evidenceBucket'), Prefix: prefix });
  for await (const { Contents = [] } of pages) for (const { Key } of Contents) keys.add(Key!);
  return keys;
}

/** Where the evidence of a request lies. */
export const evidenceKeys = {
  mail: (requestId: string) => `requests/${requestId}/mail.eml`,
  entry: (requestId: string, number: number, rule: string) =>
    `requests/${requestId}/history/${String(number).padStart(4, '0')}-${rule}.json`,
  reply: (requestId: string, digest: string) => `requests/${requestId}/replies/${digest}.eml`,
  /** What SES told us, where that is what arrived. */
  event: (requestId: string) => `requests/${requestId}/event.json`,
  answer: (requestId: string, delivery: string) => `requests/${requestId}/answers/${delivery}.eml`,
  /** What a member chose on a page of ours. */
  choice: (requestId: string) => `requests/${requestId}/choice.json`,
  /** All that is kept of a scan. */
  scan: (requestId: string, scanId: string) => scanFolder(requestId, scanId),
  /** A scan as it came. */
  original: (requestId: string, scanId: string) => `${scanFolder(requestId, scanId)}original`,
  /** The image of a page, with its content type on the object, and beside it what was read there (ReadPageText). */
  page: (requestId: string, scanId: string, page: number) =>
    `${scanFolder(requestId, scanId)}pages/${String(page).padStart(4, '0')}`,
  pageText: (requestId: string, scanId: string, page: number) =>
    `${scanFolder(requestId, scanId)}pages/${String(page).padStart(4, '0')}.json`,
  /** All that was read of a scan (PageText[]), once it is finished. */
  text: (requestId: string, scanId: string) => `${scanFolder(requestId, scanId)}text.json`,
  /** What could not be used on a day (YYYY-MM-DD, UTC). */
  doNotUse: (day: string) => `do-not-use/${day}.csv`,
  /** A check of clearance: `C-YYYYMMDD-…` lies under its day. */
  check: (checkId: string) =>
    `checks/${checkId.slice(2, 6)}/${checkId.slice(6, 8)}/${checkId.slice(8, 10)}/${checkId}.json`,
};

const scanFolder = (requestId: string, scanId: string): string => `requests/${requestId}/scans/${scanId}/`;

/** Governance, not compliance: a court or a member may order an erasure, and an officer with the right can do it. */
const locked = (until: string) => ({
  ObjectLockMode: 'GOVERNANCE' as const,
  ObjectLockRetainUntilDate: new Date(until),
});

async function once(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (errorName(error) !== 'PreconditionFailed') throw error;
  }
}
