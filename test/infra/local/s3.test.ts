import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { crc32 } from 'node:zlib';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  PutObjectTaggingCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BucketPlan } from '../../../infra/local/plan.ts';
import { openS3, type S3 } from '../../../infra/local/s3.ts';
import { serve } from './serve.ts';

const queueArn = 'arn:aws:sqs:us-east-1:000000000000:directory';
const buckets: BucketPlan[] = [
  bucket('mail', { versioned: true }),
  bucket('evidence', { versioned: true, objectLock: true, defaultRetention: { mode: 'GOVERNANCE', days: 30 } }),
  bucket('intake', {
    notifications: [{ event: 's3:ObjectCreated:*', prefix: 'directory/', suffix: '.csv', queueArn }],
  }),
];

let dir: string;
let s3: S3;
let server: Awaited<ReturnType<typeof serve>>;
let client: S3Client;
let notified: { queueArn: string; message: string }[];
let now: number;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 's3-'));
  notified = [];
  now = Date.now();
  s3 = open();
  server = await serve(() => s3, { readBody: false });
  client = new S3Client(server.client);
});

afterEach(async () => {
  client.destroy();
  await server.close();
  await s3.close();
  await rm(dir, { recursive: true });
});

test('an object comes back with its bytes, type, metadata, checksum and version', async () => {
  const Body = 'name,e-mail\r\nÅsa,asa@example.com\r\n';
  const put = await client.send(
    new PutObjectCommand({
      Bucket: 'mail',
      Key: 'a b/ü+&=.csv',
      Body,
      ContentType: 'text/csv',
      Metadata: { nonce: '7' },
    }),
  );
  const got = await client.send(new GetObjectCommand({ Bucket: 'mail', Key: 'a b/ü+&=.csv' }));
  expect(await got.Body?.transformToString()).toBe(Body);
  expect(got).toMatchObject({
    ContentType: 'text/csv',
    Metadata: { nonce: '7' },
    ETag: put.ETag,
    VersionId: put.VersionId,
  });
  expect(got.ChecksumCRC32).toBe(put.ChecksumCRC32);
  expect(put.ETag).toBe(`"${createHash('md5').update(Body).digest('hex')}"`);
});

test('an empty object and a key with dots in its path are kept as they are', async () => {
  await client.send(new PutObjectCommand({ Bucket: 'mail', Key: 'a/../b', Body: Buffer.alloc(0) }));
  const head = await client.send(new HeadObjectCommand({ Bucket: 'mail', Key: 'a/../b' }));
  expect(head.ContentLength).toBe(0);
  const got = await client.send(new GetObjectCommand({ Bucket: 'mail', Key: 'a/../b' }));
  expect(await got.Body?.transformToString()).toBe('');
  await expect(client.send(new HeadObjectCommand({ Bucket: 'mail', Key: 'b' }))).rejects.toMatchObject({
    name: 'NotFound',
  });
});

test('a wrong CRC32 is refused and nothing is stored', async () => {
  const put = new PutObjectCommand({ Bucket: 'mail', Key: 'broken', Body: 'abc', ChecksumCRC32: 'AAAAAA==' });
  await expect(client.send(put)).rejects.toMatchObject({ name: 'BadDigest' });
  await expect(client.send(new HeadObjectCommand({ Bucket: 'mail', Key: 'broken' }))).rejects.toMatchObject({
    name: 'NotFound',
  });
});

test('an 80 MB stream is sent in chunks with a trailing checksum, and passes both ways in flat memory', async () => {
  const piece = randomBytes(2 ** 16);
  const pieces = 1280;
  const before = liveBytes();
  let peak = 0;
  let calls = 0;
  const measure = () => {
    if (calls++ % 100 === 0) peak = Math.max(peak, liveBytes() - before);
  };
  const Body = Readable.from(
    (function* () {
      for (let index = 0; index < pieces; index++, measure()) yield piece;
    })(),
  );
  const put = await client.send(
    new PutObjectCommand({ Bucket: 'mail', Key: 'big', Body, ContentLength: pieces * piece.length }),
  );
  let sum = 0;
  for (let index = 0; index < pieces; index++) sum = crc32(piece, sum);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(sum);
  expect(put.ChecksumCRC32).toBe(bytes.toString('base64'));

  const got = await client.send(new GetObjectCommand({ Bucket: 'mail', Key: 'big' }));
  let size = 0;
  for await (const chunk of got.Body as Readable) {
    size += chunk.length;
    measure();
  }
  expect(size).toBe(pieces * piece.length);
  expect(peak).toBeLessThan(40 * 2 ** 20);
});

test('a body that breaks off leaves no object and no file', async () => {
  const socket = connect(Number(new URL(server.endpoint).port), '127.0.0.1');
  socket.write('PUT /mail/half HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n');
  await new Promise<void>((written) => socket.write(randomBytes(500_000), () => written()));
  socket.destroy();
  await expect.poll(() => readdir(join(dir, 'bodies')), { timeout: 10_000 }).toEqual([]);
  await expect(client.send(new HeadObjectCommand({ Bucket: 'mail', Key: 'half' }))).rejects.toMatchObject({
    name: 'NotFound',
  });
});

test.each([
  ['bytes=2-4', 'cde', 'bytes 2-4/10'],
  ['bytes=7-', 'hij', 'bytes 7-9/10'],
  ['bytes=-2', 'ij', 'bytes 8-9/10'],
  ['bytes=8-100', 'ij', 'bytes 8-9/10'],
])('the range %s gives %s', async (Range, text, ContentRange) => {
  await client.send(new PutObjectCommand({ Bucket: 'mail', Key: 'letters', Body: 'abcdefghij' }));
  const got = await client.send(new GetObjectCommand({ Bucket: 'mail', Key: 'letters', Range }));
  expect(await got.Body?.transformToString()).toBe(text);
  expect(got.ContentRange).toBe(ContentRange);
});

test('a range of a large object is read from its file, and one past the end is refused', async () => {
  const Body = randomBytes(200_000);
  await client.send(new PutObjectCommand({ Bucket: 'mail', Key: 'large', Body }));
  const get = (Range: string) => client.send(new GetObjectCommand({ Bucket: 'mail', Key: 'large', Range }));
  const part = await (await get('bytes=150000-150099')).Body?.transformToByteArray();
  expect(Buffer.from(part ?? [])).toEqual(Body.subarray(150_000, 150_100));
  await expect(get('bytes=200000-')).rejects.toMatchObject({ name: 'InvalidRange' });
});

test('of ten parallel puts with If-None-Match one is stored and nine are refused', async () => {
  const put = (text: string) =>
    client.send(new PutObjectCommand({ Bucket: 'mail', Key: 'once', Body: text, IfNoneMatch: '*' }));
  const results = await Promise.allSettled([...'0123456789'].map(put));
  const refused = results.filter((result) => result.status === 'rejected');
  expect(refused).toHaveLength(9);
  for (const { reason } of refused)
    expect(reason).toMatchObject({ name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } });
  const stored = await client.send(new GetObjectCommand({ Bucket: 'mail', Key: 'once' }));
  expect(await stored.Body?.transformToString()).toBe(
    String(results.findIndex(({ status }) => status === 'fulfilled')),
  );
});

test('a copy keeps bytes and metadata, and with If-None-Match replaces nothing', async () => {
  const Body = randomBytes(100_000);
  await client.send(new PutObjectCommand({ Bucket: 'mail', Key: 'from here', Body, Metadata: { a: 'b' } }));
  const copy = () =>
    client.send(
      new CopyObjectCommand({ Bucket: 'evidence', Key: 'raw', CopySource: 'mail/from%20here', IfNoneMatch: '*' }),
    );
  expect((await copy()).CopyObjectResult?.ETag).toBe(`"${createHash('md5').update(Body).digest('hex')}"`);
  await expect(copy()).rejects.toMatchObject({ name: 'PreconditionFailed' });
  const got = await client.send(new GetObjectCommand({ Bucket: 'evidence', Key: 'raw' }));
  expect(got.Metadata).toEqual({ a: 'b' });
  expect(Buffer.from((await got.Body?.transformToByteArray()) ?? [])).toEqual(Body);
});

test('a version under object lock cannot be deleted before its time, and a delete without a version only hides it', async () => {
  const { VersionId } = await client.send(new PutObjectCommand({ Bucket: 'evidence', Key: 'e', Body: 'kept' }));
  const remove = () => client.send(new DeleteObjectCommand({ Bucket: 'evidence', Key: 'e', VersionId }));
  await expect(remove()).rejects.toMatchObject({ name: 'AccessDenied' });
  const hidden = await client.send(new DeleteObjectCommand({ Bucket: 'evidence', Key: 'e' }));
  expect(hidden.DeleteMarker).toBe(true);
  await expect(client.send(new GetObjectCommand({ Bucket: 'evidence', Key: 'e' }))).rejects.toMatchObject({
    name: 'NoSuchKey',
  });
  const got = await client.send(new GetObjectCommand({ Bucket: 'evidence', Key: 'e', VersionId }));
  expect(await got.Body?.transformToString()).toBe('kept');
  now += 31 * 86_400_000;
  await remove();
  await expect(client.send(new GetObjectCommand({ Bucket: 'evidence', Key: 'e', VersionId }))).rejects.toThrow();
});

test('a lock that the writer asks for outlasts that of the bucket, and needs a bucket with locks', async () => {
  const ObjectLockRetainUntilDate = new Date(Math.floor(now / 1000) * 1000 + 60 * 86_400_000);
  const put = (Bucket: string) =>
    client.send(
      new PutObjectCommand({ Bucket, Key: 'c', Body: 'x', ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate }),
    );
  const { VersionId } = await put('evidence');
  const head = await client.send(new HeadObjectCommand({ Bucket: 'evidence', Key: 'c' }));
  expect(head).toMatchObject({ ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate });
  now += 59 * 86_400_000;
  const remove = { Bucket: 'evidence', Key: 'c', VersionId, BypassGovernanceRetention: true };
  await expect(client.send(new DeleteObjectCommand(remove))).rejects.toMatchObject({ name: 'AccessDenied' });
  await expect(put('mail')).rejects.toMatchObject({ name: 'InvalidRequest' });
});

test('a governance lock gives way to who may bypass it, and only then', async () => {
  const { VersionId } = await client.send(new PutObjectCommand({ Bucket: 'evidence', Key: 'g', Body: 'x' }));
  const remove = { Bucket: 'evidence', Key: 'g', VersionId };
  await expect(client.send(new DeleteObjectCommand(remove))).rejects.toMatchObject({ name: 'AccessDenied' });
  await client.send(new DeleteObjectCommand({ ...remove, BypassGovernanceRetention: true }));
  await expect(client.send(new HeadObjectCommand({ Bucket: 'evidence', Key: 'g' }))).rejects.toThrow();
});

test('overwriting replaces an object, and removes it from disk where versions are not kept', async () => {
  for (const size of [100_000, 70_000]) {
    await client.send(new PutObjectCommand({ Bucket: 'intake', Key: 'scan', Body: randomBytes(size) }));
  }
  const head = await client.send(new HeadObjectCommand({ Bucket: 'intake', Key: 'scan' }));
  expect([head.ContentLength, head.VersionId]).toEqual([70_000, undefined]);
  await expect.poll(() => readdir(join(dir, 'bodies')), { timeout: 10_000 }).toHaveLength(1);
  await client.send(new DeleteObjectCommand({ Bucket: 'intake', Key: 'scan' }));
  await expect.poll(() => readdir(join(dir, 'bodies')), { timeout: 10_000 }).toEqual([]);
});

test('a listing is ordered by bytes, goes on over pages and passes over what is deleted', async () => {
  const keys = ['a/1', 'a/2', 'b', 'ü', 'c/x/1', 'B', '😀', '\uFFFD'];
  for (const Key of keys) await client.send(new PutObjectCommand({ Bucket: 'mail', Key, Body: Key }));
  await client.send(new DeleteObjectCommand({ Bucket: 'mail', Key: 'b' }));
  const seen: (string | undefined)[] = [];
  for await (const page of paginateListObjectsV2({ client, pageSize: 2 }, { Bucket: 'mail' })) {
    seen.push(...(page.Contents ?? []).map(({ Key }) => Key));
  }
  expect(seen).toEqual(['B', 'a/1', 'a/2', 'c/x/1', 'ü', '\uFFFD', '😀']);
  const inside = await client.send(new ListObjectsV2Command({ Bucket: 'mail', Prefix: 'a/', StartAfter: 'a/1' }));
  expect(inside.Contents).toMatchObject([{ Key: 'a/2', Size: 3 }]);
});

test('a new object that fits the rule is told to the queue with its key URL-encoded, others are not', async () => {
  for (const Key of ['directory/members 1+ü.csv', 'directory/members.txt', 'members.csv']) {
    await client.send(new PutObjectCommand({ Bucket: 'intake', Key, Body: 'x' }));
  }
  expect(notified.map((one) => one.queueArn)).toEqual([queueArn]);
  const [record] = JSON.parse(notified[0]?.message ?? '').Records;
  expect(record).toMatchObject({
    eventSource: 'aws:s3',
    eventName: 'ObjectCreated:Put',
    s3: { bucket: { name: 'intake' } },
  });
  expect(record.s3.object.key).toBe('directory/members+1%2B%C3%BC.csv');
  expect(record.s3.object.size).toBe(1);
});

test('a presigned GET works until its expiry and not after', async () => {
  await client.send(new PutObjectCommand({ Bucket: 'mail', Key: 'x', Body: 'text' }));
  const fresh = await fetch(presigned('mail/x', now - 50_000, { 'response-content-disposition': 'attachment' }));
  expect(await fresh.text()).toBe('text');
  expect(fresh.headers.get('content-disposition')).toBe('attachment');
  const late = await fetch(presigned('mail/x', now - 70_000));
  expect(late.status).toBe(403);
  expect(await late.text()).toContain('<Message>Request has expired</Message>');
});

test('a presigned PUT after its expiry is refused, and so is one whose signed checksum does not fit', async () => {
  const put = (url: string) => fetch(url, { method: 'PUT', body: 'text' });
  expect((await put(presigned('mail/p', now))).status).toBe(200);
  expect((await put(presigned('mail/q', now - 61_000))).status).toBe(403);
  expect((await put(presigned('mail/q', now, { 'x-amz-checksum-crc32': 'AAAAAA==' }))).status).toBe(400);
});

test('what was acknowledged is there after a restart, and stray files are gone', async () => {
  const Body = randomBytes(100_000);
  await client.send(new PutObjectCommand({ Bucket: 'mail', Key: 'big', Body }));
  await s3.put('mail', 'small', Readable.from([Buffer.from('small')]), { durable: true });
  const [kept = ''] = await readdir(join(dir, 'bodies'));
  await writeFile(join(dir, 'bodies', 'stray'), 'half a body');
  await s3.close();
  s3 = open();
  expect(await readdir(join(dir, 'bodies'))).toEqual([kept]);
  const got = await client.send(new GetObjectCommand({ Bucket: 'mail', Key: 'big' }));
  expect(Buffer.from((await got.Body?.transformToByteArray()) ?? [])).toEqual(Body);
  expect((await client.send(new HeadObjectCommand({ Bucket: 'mail', Key: 'small' }))).ContentLength).toBe(5);
});

test('kill -9 in the middle of writing loses no acknowledged object and leaves no half one', async () => {
  await s3.close();
  const source = new URL('../../../infra/local/s3.ts', import.meta.url);
  const script = `
    import { openS3 } from ${JSON.stringify(source)};
    const s3 = openS3({ dir: ${JSON.stringify(dir)}, buckets: ${JSON.stringify(buckets)}, region: 'us-east-1', notify() {} });
    for (let index = 0; ; index++) {
      const body = Buffer.alloc(index % 2 ? 200_000 : 2_000, String(index));
      await s3.put('mail', 'object ' + index, [body]);
      process.stdout.write(index + '\\n');
    }`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let acknowledged = -1;
  for await (const line of createInterface(child.stdout)) {
    acknowledged = Number(line);
    if (acknowledged === 50) child.kill('SIGKILL');
  }
  s3 = open();
  expect(acknowledged).toBeGreaterThanOrEqual(50);
  for (let index = 0; index <= acknowledged; index++) {
    const got = await client.send(new GetObjectCommand({ Bucket: 'mail', Key: `object ${index}` }));
    const bytes = Buffer.from((await got.Body?.transformToByteArray()) ?? []);
    expect(bytes.equals(Buffer.alloc(index % 2 ? 200_000 : 2_000, String(index)))).toBe(true);
  }
});

test('what the local S3 does not know is refused by name, not passed over', async () => {
  const tagging = new PutObjectTaggingCommand({
    Bucket: 'mail',
    Key: 'x',
    Tagging: { TagSet: [{ Key: 'a', Value: 'b' }] },
  });
  await expect(client.send(tagging)).rejects.toMatchObject({ name: 'NotImplemented' });
  const acl = new PutObjectCommand({ Bucket: 'mail', Key: 'x', Body: 'x', ACL: 'public-read' });
  await expect(client.send(acl)).rejects.toThrow('x-amz-acl');
});

test('a caller without s3:ListBucket is not told that a key does not exist', async () => {
  await s3.close();
  s3 = open({ mayList: () => false });
  const get = client.send(new GetObjectCommand({ Bucket: 'mail', Key: 'none' }));
  await expect(get).rejects.toThrow(/AccessDenied|Access Denied: there is no object none.*s3:ListBucket/);
});

test('each request names the IAM actions it needs', () => {
  const needs = (method: string, path: string, headers = {}) =>
    s3.needs({ message: { method, url: path, headers } as never, url: new URL(path, 'http://x'), caller: 'f' });
  const arn = 'arn:aws:s3:::mail';
  expect(needs('GET', '/mail?list-type=2&prefix=a%2F')).toEqual([
    { action: 's3:ListBucket', resource: arn, context: { 's3:prefix': 'a/' } },
  ]);
  expect(needs('GET', '/mail/a%20b?versionId=1')).toEqual([{ action: 's3:GetObjectVersion', resource: `${arn}/a b` }]);
  expect(needs('PUT', '/mail/a', { 'x-amz-object-lock-mode': 'GOVERNANCE' })).toEqual([
    { action: 's3:PutObject', resource: `${arn}/a` },
    { action: 's3:PutObjectRetention', resource: `${arn}/a` },
  ]);
  expect(needs('PUT', '/mail/a', { 'x-amz-copy-source': 'intake/c%20d' })).toEqual([
    { action: 's3:PutObject', resource: `${arn}/a` },
    { action: 's3:GetObject', resource: 'arn:aws:s3:::intake/c d' },
  ]);
});

function open(options: { mayList?: () => boolean } = {}): S3 {
  const notify = async (queue: string, _bucket: string, message: string) => {
    notified.push({ queueArn: queue, message });
  };
  return openS3({ dir, buckets, region: 'us-east-1', notify, now: () => now, ...options });
}

/** Bytes of buffers that are still held: what is only waiting to be collected does not count. */
function liveBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().arrayBuffers;
}

/** A URL as a presigner makes it, 60 seconds long; the gateway reads the caller from it, nobody checks the signature. */
function presigned(path: string, signedAt: number, extra: Record<string, string> = {}): string {
  const date = new Date(signedAt).toISOString().replace(/[-:]|\.\d+/g, '');
  const query = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `LOCAL/${date.slice(0, 8)}/us-east-1/s3/aws4_request`,
    'X-Amz-Date': date,
    'X-Amz-Expires': '60',
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': 'f'.repeat(64),
    ...extra,
  });
  return `${server.endpoint}/${path}?${query}`;
}

function bucket(name: string, options: Partial<BucketPlan>): BucketPlan {
  const plain = { versioned: false, objectLock: false, notifications: [] };
  return { logicalId: name, name, arn: `arn:aws:s3:::${name}`, ...plain, ...options };
}
