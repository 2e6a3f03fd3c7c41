import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteObjectCommand,
  GetObjectRetentionCommand,
  type ObjectLockRetentionMode,
  PutObjectCommand,
  PutObjectRetentionCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BucketPlan } from '../../../infra/local/plan.ts';
import { openS3, type S3 } from '../../../infra/local/s3.ts';
import { serve } from './serve.ts';

const start = Date.parse('2026-12-01T10:00:00.000Z');
const inDays = (days: number) => new Date(start + days * 86_400_000);

let dir: string;
let s3: S3;
let server: Awaited<ReturnType<typeof serve>>;
let client: S3Client;
let now: number;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 's3-retention-'));
  now = start;
  const buckets = [bucket('evidence', true), bucket('mail', false)];
  s3 = openS3({ dir, buckets, region: 'us-east-1', notify: async () => {}, now: () => now });
  server = await serve(() => s3, { readBody: false });
  client = new S3Client(server.client);
});

afterEach(async () => {
  client.destroy();
  await server.close();
  await s3.close();
  await rm(dir, { recursive: true });
});

test('a lock is made longer, and then holds until the later date', async () => {
  const { VersionId } = await put('GOVERNANCE', 10);
  await retain('GOVERNANCE', 20);
  expect(await retention()).toEqual({ Mode: 'GOVERNANCE', RetainUntilDate: inDays(20) });
  now = inDays(11).getTime();
  const remove = client.send(new DeleteObjectCommand({ Bucket: 'evidence', Key: 'a', VersionId }));
  await expect(remove).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('the same date again is no error', async () => {
  await put('GOVERNANCE', 10);
  await retain('GOVERNANCE', 10);
});

test('a governance lock is made shorter only by who may bypass it', async () => {
  await put('GOVERNANCE', 10);
  await expect(retain('GOVERNANCE', 5)).rejects.toMatchObject({ name: 'AccessDenied' });
  await retain('GOVERNANCE', 5, { BypassGovernanceRetention: true });
  expect(await retention()).toEqual({ Mode: 'GOVERNANCE', RetainUntilDate: inDays(5) });
});

test('a compliance lock is made neither shorter nor weaker, whoever asks', async () => {
  await put('COMPLIANCE', 10);
  const bypass = { BypassGovernanceRetention: true };
  await expect(retain('COMPLIANCE', 5, bypass)).rejects.toMatchObject({ name: 'AccessDenied' });
  await expect(retain('GOVERNANCE', 20, bypass)).rejects.toMatchObject({ name: 'AccessDenied' });
  await retain('COMPLIANCE', 20);
});

test('an object without a lock gets one, and one whose lock is over gets any', async () => {
  await client.send(new PutObjectCommand({ Bucket: 'evidence', Key: 'a', Body: 'x' }));
  await expect(retention()).rejects.toMatchObject({ name: 'NoSuchObjectLockConfiguration' });
  await retain('COMPLIANCE', 1);
  now = inDays(2).getTime();
  await retain('GOVERNANCE', 3);
});

test('without a version the latest one is meant', async () => {
  const first = await put('GOVERNANCE', 10);
  await put('GOVERNANCE', 10);
  await retain('GOVERNANCE', 20);
  const { Retention } = await client.send(
    new GetObjectRetentionCommand({ Bucket: 'evidence', Key: 'a', VersionId: first.VersionId }),
  );
  expect(Retention?.RetainUntilDate).toEqual(inDays(10));
});

test.each([
  ['a date that is over', 'evidence', -1, 'InvalidArgument'],
  ['an object that is not there', 'evidence', 1, 'NoSuchKey'],
  ['a bucket without locks', 'mail', 1, 'InvalidRequest'],
])('%s is refused', async (what, Bucket, days, name) => {
  if (what !== 'an object that is not there') await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }));
  await expect(retain('GOVERNANCE', days, { Bucket })).rejects.toMatchObject({ name });
});

test('a body that did not come whole, or has no checksum, is refused', async () => {
  await put('GOVERNANCE', 10);
  const url = `${server.endpoint}/evidence/a?retention`;
  const body = `<Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>${inDays(20).toISOString()}</RetainUntilDate></Retention>`;
  const send = async (headers: Record<string, string>) => (await fetch(url, { method: 'PUT', headers, body })).text();
  expect(await send({ 'x-amz-checksum-crc32': 'AAAAAA==' })).toContain('BadDigest');
  expect(await send({})).toContain('Missing required header');
});

test('each needs a right of its own, and a bypass one more', () => {
  const needs = (method: string, headers = {}) => {
    const path = '/evidence/a?retention';
    return s3
      .needs({ message: { method, url: path, headers } as never, url: new URL(path, 'http://x'), caller: 'f' })
      .map(({ action }) => action);
  };
  expect(needs('GET')).toEqual(['s3:GetObjectRetention']);
  expect(needs('PUT')).toEqual(['s3:PutObjectRetention']);
  expect(needs('PUT', { 'x-amz-bypass-governance-retention': 'true' })).toEqual([
    's3:PutObjectRetention',
    's3:BypassGovernanceRetention',
  ]);
});

function put(ObjectLockMode: ObjectLockRetentionMode, days: number) {
  const lock = { ObjectLockMode, ObjectLockRetainUntilDate: inDays(days) };
  return client.send(new PutObjectCommand({ Bucket: 'evidence', Key: 'a', Body: 'x', ...lock }));
}

function retain(Mode: ObjectLockRetentionMode, days: number, options = {}) {
  const Retention = { Mode, RetainUntilDate: inDays(days) };
  return client.send(new PutObjectRetentionCommand({ Bucket: 'evidence', Key: 'a', Retention, ...options }));
}

async function retention() {
  return (await client.send(new GetObjectRetentionCommand({ Bucket: 'evidence', Key: 'a' }))).Retention;
}

function bucket(name: string, objectLock: boolean): BucketPlan {
  const arn = `arn:aws:s3:::${name}`;
  return { logicalId: name, name, arn, versioned: true, objectLock, notifications: [] };
}
