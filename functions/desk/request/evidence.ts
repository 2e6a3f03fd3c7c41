import type { Readable } from 'node:stream';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { s3 } from '../../../shared/aws.ts';
import { env } from '../../../shared/env.ts';
import { errorName } from '../../../shared/errors.ts';

/** One object of the evidence as a stream; undefined where it is not, or no longer, kept. */
export async function openEvidence(
  key: string,
  abortSignal?: AbortSignal,
): Promise<{ body: Readable; bytes: number } | undefined> {
  try {
    const { Body, ContentLength = 0 } = await s3().send(
      new GetObjectCommand({ Bucket: env('evidenceBucket'), Key: key }),
      { abortSignal },
    );
    return { body: Body as Readable, bytes: ContentLength };
  } catch (error) {
    if (notThere.includes(errorName(error))) return undefined;
    throw error;
  }
}

/** A JSON object of the evidence; undefined where it is not kept, or is larger than anything that we write. */
export async function readEvidence<T>(key: string): Promise<T | undefined> {
  const object = await openEvidence(key);
  if (!object || object.bytes > mostBytes) {
    object?.body.destroy();
    return undefined;
  }
  return JSON.parse(Buffer.concat(await object.body.toArray()).toString()) as T;
}

/** The names of what lies below a prefix, at most twenty, oldest first. */
export async function listEvidence(prefix: string): Promise<{ key: string; at: string; bytes: number }[]> {
  const { Contents = [] } = await s3().send(
    new ListObjectsV2Command({ Bucket: env('evidenceBucket'), Prefix: prefix, MaxKeys: 20 }),
  );
  return Contents.map(({ Key = '', LastModified, Size = 0 }) => ({
    key: Key,
    at: LastModified?.toISOString() ?? '',
    bytes: Size,
  })).sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** Fifty pages of dense text with their marks are far below it. */
const mostBytes = 10 * 1024 * 1024;

/** Without the right to list a bucket, S3 says AccessDenied of what is not there: that one is a fault of ours. */
const notThere = ['NoSuchKey', 'NotFound'];
