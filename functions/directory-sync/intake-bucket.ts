import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { s3 } from '../../shared/aws.ts';
import { Conflict, errorName } from '../../shared/errors.ts';
import type { Upload } from './upload.ts';

/**
 * The bytes of an upload from an offset on. Read in windows, each a request of its own: while a window is worked on for
 * a minute no connection stays open that S3 would cut. Throws Conflict when the file was replaced or deleted since.
 */
export async function* readBytes(upload: Upload, from = 0): AsyncGenerator<Uint8Array> {
  for (let offset = from; offset < upload.size; ) {
    const bytes = await readWindow(upload, offset, Math.min(offset + windowSize, upload.size) - 1);
    yield bytes;
    offset += bytes.length;
  }
}

const windowSize = 1024 * 1024;

async function readWindow({ bucket, key, etag }: Upload, first: number, last: number): Promise<Uint8Array> {
  const replaced = new Conflict(`${key} was replaced or deleted before its import ended.`);
  const command = new GetObjectCommand({ Bucket: bucket, Key: key, Range: `bytes=${first}-${last}` });
  const answer = await s3()
    .send(command)
    .catch((error) => {
      throw ['NoSuchKey', 'InvalidRange'].includes(errorName(error)) ? replaced : error;
    });
  const bytes = await answer.Body!.transformToByteArray();
  if (answer.ETag !== `"${etag}"`) throw replaced;
  return bytes;
}

/** A JSON object of the bucket; undefined where there is none. */
export async function readJson<T>(bucket: string, key: string): Promise<T | undefined> {
  try {
    const { Body } = await s3().send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return JSON.parse(await Body!.transformToString()) as T;
  } catch (error) {
    if (errorName(error) === 'NoSuchKey') return undefined;
    throw error;
  }
}

export async function writeJson(bucket: string, key: string, value: unknown): Promise<void> {
  const Body = `${JSON.stringify(value, null, 2)}\n`;
  await s3().send(new PutObjectCommand({ Bucket: bucket, Key: key, Body, ContentType: 'application/json' }));
}
