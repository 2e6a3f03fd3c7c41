import { CopyObjectCommand, PutObjectCommand, PutObjectRetentionCommand } from '@aws-sdk/client-s3';
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

/** Keeps an object of another bucket, byte for byte, without reading it here. */
export async function keepCopy(key: string, from: { bucket: string; key: string }, until: string): Promise<void> {
  await once(() =>
    s3().send(
      new CopyObjectCommand({
        Bucket: env('evidenceBucket'),
        Key: key,
        CopySource: `${from.bucket}/${from.key.split('/').map(encodeURIComponent).join('/')}`,
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

/** Where the evidence of a request lies. */
export const evidenceKeys = {
  mail: (requestId: string) => `requests/${requestId}/mail.eml`,
  entry: (requestId: string, number: number, rule: string) =>
    `requests/${requestId}/history/${String(number).padStart(4, '0')}-${rule}.json`,
  reply: (requestId: string, digest: string) => `requests/${requestId}/replies/${digest}.eml`,
  answer: (requestId: string, delivery: string) => `requests/${requestId}/answers/${delivery}.eml`,
};

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
