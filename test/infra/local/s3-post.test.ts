import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BucketPlan } from '../../../infra/local/plan.ts';
import { openS3, type S3 } from '../../../infra/local/s3.ts';
import { openForm } from '../../../infra/local/s3-form.ts';
import { until } from '../../local-stack.ts';
import { serve } from './serve.ts';

const queueArn = 'arn:aws:sqs:us-east-1:000000000000:scans';
const buckets: BucketPlan[] = [
  bucket('scans', { notifications: [{ event: 's3:ObjectCreated:*', prefix: 'inbox/', queueArn }] }),
  bucket('evidence', { versioned: true, objectLock: true, defaultRetention: { mode: 'GOVERNANCE', days: 30 } }),
];

let dir: string;
let s3: S3;
let server: Awaited<ReturnType<typeof serve>>;
let client: S3Client;
let notified: string[];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 's3-post-'));
  notified = [];
  const notify = async (_queue: string, _bucket: string, message: string) => void notified.push(message);
  const secretOf = (id: string) => (id === 'LOCAL' ? 'local' : undefined);
  s3 = openS3({ dir, buckets, region: 'us-east-1', notify, secretOf });
  // As the gateway does it, without IAM.
  const opened = { handle: s3.handle, needs: s3.needs };
  opened.handle = async (asked, response) => {
    const isForm = asked.message.method === 'POST';
    return s3.handle({ ...asked, form: isForm ? await openForm(asked.message) : undefined }, response);
  };
  server = await serve(() => opened, { readBody: false });
  client = new S3Client(server.client);
});

afterEach(async () => {
  client.destroy();
  await server.close();
  await s3.close();
  await rm(dir, { recursive: true });
});

test('a posted file is stored with its type and metadata, and the queue hears of a Post', async () => {
  const permit = await permitFor('inbox/1', { Fields: { 'Content-Type': 'image/tiff', 'x-amz-meta-name': 'Fax ä' } });
  const answer = await post(permit, 'II*\0 and so on');
  expect([answer.status, await answer.text()]).toEqual([204, '']);
  expect(answer.headers.get('location')).toBe(`${server.endpoint}/scans/inbox%2F1`);
  const got = await client.send(new GetObjectCommand({ Bucket: 'scans', Key: 'inbox/1' }));
  expect(await got.Body?.transformToString()).toBe('II*\0 and so on');
  expect(got).toMatchObject({ ContentType: 'image/tiff', ETag: answer.headers.get('etag') });
  expect(got.Metadata).toHaveProperty('name');
  expect(notified.map((message) => JSON.parse(message).Records[0].eventName)).toEqual(['ObjectCreated:Post']);
});

test('201 brings an XML with the place, and the name of the file can be part of the key', async () => {
  const Key = 'a/$' + '{filename}';
  const permit = await permitFor(Key, { Fields: { success_action_status: '201' } });
  const answer = await post(permit, 'x', 'C:\\fax\\one & two.tif');
  expect(answer.status).toBe(201);
  expect(await answer.text()).toContain('<Bucket>scans</Bucket><Key>a/one &amp; two.tif</Key><ETag>');
  await client.send(new HeadObjectCommand({ Bucket: 'scans', Key: 'a/one & two.tif' }));
});

test('the default retention of the bucket holds for what is posted', async () => {
  await post(await permitFor('a', { Bucket: 'evidence' }), 'x');
  const head = await client.send(new HeadObjectCommand({ Bucket: 'evidence', Key: 'a' }));
  expect(head).toMatchObject({ ObjectLockMode: 'GOVERNANCE', VersionId: expect.any(String) });
});

test.each([
  ['larger', [1, 3], 'four', 400, 'EntityTooLarge'],
  ['smaller', [1, 3], '', 400, 'EntityTooSmall'],
] as const)(
  'a file that is %s than the policy allows is refused and not kept',
  async (_, [least, most], body, ...told) => {
    const permit = await permitFor('a', { Conditions: [['content-length-range', least, most]] });
    expect(await refusal(post(permit, body))).toMatchObject({ status: told[0], code: told[1] });
    await expectNothing();
  },
);

test('a file that is far too large is answered although the client is still sending, and leaves nothing', async () => {
  const permit = await permitFor('a', { Conditions: [['content-length-range', 1, 100_000]] });
  expect(await refusal(post(permit, randomBytes(8_000_000)))).toMatchObject({ code: 'EntityTooLarge' });
  await expectNothing();
});

test.each<[string, Record<string, string>, string]>([
  ['another key', { key: 'b' }, 'Policy Condition failed: ["eq", "$key", "a"]'],
  ['another type', { 'Content-Type': 'text/html' }, 'Policy Condition failed: ["eq", "$Content-Type", "image/png"]'],
  ['a beginning that is not allowed', { 'x-amz-meta-by': 'you' }, '["starts-with", "$x-amz-meta-by", "me"]'],
  ['a field more', { 'Cache-Control': 'no-store' }, 'Extra input fields: cache-control'],
])('%s than the policy says is refused', async (_, change, message) => {
  const permit = await permitFor('a', {
    Fields: { 'Content-Type': 'image/png', 'x-amz-meta-by': 'me too' },
    Conditions: [['starts-with', '$x-amz-meta-by', 'me']],
  });
  delete permit.fields['x-amz-meta-by'];
  const policy = JSON.parse(Buffer.from(permit.fields.Policy!, 'base64').toString());
  policy.conditions = policy.conditions.filter((one: object) => !('x-amz-meta-by' in one));
  Object.assign(permit.fields, sign({ ...permit.fields, Policy: encode(policy), 'x-amz-meta-by': 'me' }));
  const changed = { ...permit, fields: { ...permit.fields, ...change } };
  const refused = await refusal(post(changed, 'x'));
  expect(refused).toMatchObject({ status: 403, code: 'AccessDenied' });
  expect(refused.message).toContain('Invalid according to Policy');
  expect(refused.message).toContain(message);
  expect((await post(permit, 'x')).status).toBe(204);
});

test('the policy for another bucket, an expired one, and one that was changed are refused', async () => {
  const permit = await permitFor('a');
  const elsewhere = { ...permit, url: `${server.endpoint}/evidence` };
  expect((await refusal(post(elsewhere, 'x'))).message).toContain('["eq", "$bucket", "scans"]');
  expect((await refusal(post(await permitFor('a', { Expires: -1 }), 'x'))).message).toContain('Policy expired.');
  const policy = JSON.parse(Buffer.from(permit.fields.Policy!, 'base64').toString());
  const forged = { ...permit.fields, Policy: encode({ ...policy, expiration: '2999-01-01T00:00:00Z' }) };
  expect(await refusal(post({ ...permit, fields: forged }, 'x'))).toMatchObject({
    status: 403,
    code: 'SignatureDoesNotMatch',
  });
  await expectNothing();
});

test.each<[string, (fields: Record<string, string>) => void, string]>([
  ['no policy', (fields) => delete fields.Policy, 'SignatureDoesNotMatch'],
  [
    'no JSON as policy',
    (fields) => Object.assign(fields, sign({ ...fields, Policy: 'e30=x' })),
    'InvalidPolicyDocument',
  ],
  ['no key', (fields) => delete fields.key, 'InvalidArgument'],
  ['a field that is not honoured', (fields) => Object.assign(fields, { acl: 'public-read' }), 'NotImplemented'],
])('a form with %s is refused', async (_, change, code) => {
  const permit = await permitFor('a');
  change(permit.fields);
  expect(await refusal(post(permit, 'x'))).toMatchObject({ code });
});

test('what stands behind the file is ignored, and boundaries inside the bytes are not taken for the end', async () => {
  const { fields } = await permitFor('a');
  const bytes = '\r\n--bound\r\r\n--boun\r\n--boundar\r\n\r\n-';
  const body = `preamble\r\n${parts(fields)}${fileHead}${bytes}\r\n--boundary  \r\nContent-Disposition: form-data; name="key"\r\n\r\nother\r\n--boundary--\r\n`;
  for (const pace of [1, 7, 100_000]) {
    expect((await send(body, { pace })).status).toBe(204);
    const got = await client.send(new GetObjectCommand({ Bucket: 'scans', Key: 'a' }));
    expect(await got.Body?.transformToString()).toBe(bytes);
  }
});

test('a form that ends in the middle of its file, or whose client goes away, stores nothing', async () => {
  const { fields } = await permitFor('a');
  const open = `${parts(fields)}${fileHead}${'x'.repeat(100_000)}`;
  expect(await send(open)).toMatchObject({ status: 400, text: expect.stringContaining('MalformedPOSTRequest') });
  await expect(send(open, { promise: 1_000_000, hangUp: true })).rejects.toThrow();
  await expectNothing();
});

test('40 MB pass in flat memory', async () => {
  const { fields } = await permitFor('big');
  const piece = randomBytes(2 ** 16);
  const before = liveBytes();
  let peak = 0;
  const body = async function* () {
    yield Buffer.from(`${parts(fields)}${fileHead}`);
    for (let index = 0; index < 640; index++) {
      yield piece;
      if (index % 100 === 0) peak = Math.max(peak, liveBytes() - before);
    }
    yield Buffer.from('\r\n--boundary--\r\n');
  };
  // Not fetch: it takes everything from the generator before the socket does.
  const call = request(`${server.endpoint}/scans`, { method: 'POST', headers: formType });
  const answered = once(call, 'response');
  await pipeline(Readable.from(body()), call);
  expect((await answered)[0].statusCode).toBe(204);
  const stored = await client.send(new HeadObjectCommand({ Bucket: 'scans', Key: 'big' }));
  expect(stored.ContentLength).toBe(640 * 2 ** 16);
  expect(peak).toBeLessThan(12_000_000);
});

type Post = Awaited<ReturnType<typeof createPresignedPost>>;

function permitFor(Key: string, options: Partial<PresignedPostOptions> = {}): Promise<Post> {
  return createPresignedPost(client, { Bucket: 'scans', Key, ...options });
}

function post({ url, fields }: Post, bytes: string | Uint8Array<ArrayBuffer>, name = 'x'): Promise<Response> {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  form.set('file', new File([bytes], name));
  return fetch(url, { method: 'POST', body: form });
}

async function refusal(answer: Promise<Response>) {
  const { status, text } = await answer.then(async (response) => ({
    status: response.status,
    text: await response.text(),
  }));
  const unescaped = text.replaceAll('&quot;', '"');
  const tag = (name: string) => new RegExp(`<${name}>(.*)</${name}>`).exec(unescaped)?.[1] ?? '';
  return { status, code: tag('Code'), message: tag('Message') };
}

async function expectNothing() {
  await expect(client.send(new HeadObjectCommand({ Bucket: 'scans', Key: 'a' }))).rejects.toThrow();
  await until(async () => (await readdir(join(dir, 'bodies'))).length === 0);
}

const encode = (policy: object) => Buffer.from(JSON.stringify(policy)).toString('base64');

/** The fields with a signature that fits their policy. */
function sign(fields: Record<string, string>): Record<string, string> {
  const [, ...scope] = fields['X-Amz-Credential']!.split('/');
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const key = scope.reduce<string | Buffer>(hmac, 'AWS4local');
  return { ...fields, 'X-Amz-Signature': hmac(key, fields.Policy!).toString('hex') };
}

const formType = { 'content-type': 'multipart/form-data; boundary="boundary"' };
const fileHead = '--boundary\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n';
const parts = (fields: Record<string, string>) =>
  Object.entries(fields)
    .map(([name, value]) => `--boundary\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .join('');

/** Sends a body as it is, in pieces of `pace` bytes; `promise` announces more than comes. */
function send(body: string, { pace = 100_000, promise = body.length, hangUp = false } = {}) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const headers = { ...formType, 'content-length': promise };
    const call = request(`${server.endpoint}/scans`, { method: 'POST', headers }, async (response) => {
      const text = Buffer.concat(await Array.fromAsync(response)).toString();
      resolve({ status: response.statusCode ?? 0, text });
    });
    call.on('error', reject).setNoDelay();
    for (let at = 0; at < body.length; at += pace) call.write(body.slice(at, at + pace));
    if (hangUp) setImmediate(() => call.destroy(new Error('hung up')));
    else call.end();
  });
}

/** Bytes of buffers that are still held: what is only waiting to be collected does not count. */
function liveBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().arrayBuffers;
}

function bucket(name: string, options: Partial<BucketPlan>): BucketPlan {
  const plain = { versioned: false, objectLock: false, notifications: [] };
  return { logicalId: name, name, arn: `arn:aws:s3:::${name}`, ...plain, ...options };
}
