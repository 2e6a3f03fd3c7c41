import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { s3 } from '../../shared/aws.ts';
import { errorName } from '../../shared/errors.ts';
import type { Mode } from '../../shared/members/header.ts';
import {
  type ImportProgress,
  type ImportResult,
  importFolder,
  progressKey,
  removalsConfirmed,
  resultKey,
} from '../../shared/members/imports.ts';
import { fileAt } from './file-at.ts';

export interface ImportOptions {
  bucket: string;
  /** By default as the file's name begins, `full-` or `delta-`; delta where it does not say. */
  mode?: Mode;
  /** Lets a full file remove more than 5 % of the members. */
  confirmRemovals?: boolean;
  onUpload?(bytes: number, size: number): void;
  onProgress?(progress: ImportProgress): void;
}

/**
 * Puts a members CSV into the intake bucket of the connected stack and waits for what directory-sync makes of it. Throws
 * a sentence when the file cannot be read, or when nothing has moved for ten minutes.
 */
export async function importDirectory(file: string, options: ImportOptions): Promise<ImportResult> {
  const key = keyFor(file, options);
  await upload(file, key, options);
  return waitForResult(key, options);
}

/** A key of its own for every upload: the results stay apart, and the intake bucket shows what came when. */
function keyFor(file: string, { mode, confirmRemovals }: ImportOptions): string {
  const [, named, name] = /^(?:(full|delta)-)?(.*?)(?:\.csv)?$/is.exec(basename(file))!;
  const chosen = mode ?? named?.toLowerCase() ?? 'delta';
  const at = new Date().toISOString().replace(/[-:]|\..*/g, '');
  const readable = name!.replace(/[^\w.-]+/g, '-').slice(0, 100);
  const confirmed = confirmRemovals ? removalsConfirmed : '';
  return `${importFolder}${chosen}-${at}-${randomBytes(3).toString('hex')}-${readable}${confirmed}.csv`;
}

async function upload(file: string, key: string, { bucket, onUpload }: ImportOptions): Promise<void> {
  const { size } = await fileAt(file, 'a members CSV');
  const body = createReadStream(file);
  const report = setInterval(() => onUpload?.(body.bytesRead, size), 100);
  try {
    const command = { Bucket: bucket, Key: key, Body: body, ContentLength: size, ContentType: 'text/csv' };
    await s3().send(new PutObjectCommand(command));
    onUpload?.(size, size);
  } finally {
    clearInterval(report);
    body.destroy();
  }
}

/** Milliseconds between two looks, and without any movement until it gives up. */
const interval = 250;
const patience = 10 * 60_000;

async function waitForResult(key: string, { bucket, onProgress }: ImportOptions): Promise<ImportResult> {
  let last = '';
  for (let moved = Date.now(); Date.now() - moved < patience; await wait(interval)) {
    const result = await read<ImportResult>(bucket, resultKey(key));
    if (result) return result;
    const progress = await read<ImportProgress>(bucket, progressKey(key));
    const seen = JSON.stringify(progress);
    if (!progress || seen === last) continue;
    last = seen;
    moved = Date.now();
    onProgress?.(progress);
  }
  throw new Error(
    `Nothing has become of ${key} for ten minutes: look for directory-sync on the page /_local/, or in its log.`,
  );
}

async function read<T>(bucket: string, key: string): Promise<T | undefined> {
  try {
    const { Body } = await s3().send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return JSON.parse(await Body!.transformToString()) as T;
  } catch (error) {
    if (errorName(error) === 'NoSuchKey') return undefined;
    throw error;
  }
}
