import { createRequire } from 'node:module';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Stack } from '../../../infra/local/stack.ts';
import { clientSettings, endSmallStacks, startSmallStack } from './small-stack.ts';
import { apiResources, functionResources } from './small-template.ts';

const { resolve } = createRequire(import.meta.url);

/** A function that gives out permits for the key it is asked for. */
const permitter = `
  const { S3Client } = require(${JSON.stringify(resolve('@aws-sdk/client-s3'))});
  const { createPresignedPost } = require(${JSON.stringify(resolve('@aws-sdk/s3-presigned-post'))});
  exports.handler = ({ queryStringParameters: { key } }) =>
    createPresignedPost(new S3Client({}), { Bucket: 'small-scans-files', Key: key });`;

const desk = 'https://desk.example';
const rule = (more: object) => ({ AllowedMethods: ['POST', 'GET'], AllowedHeaders: ['*'], MaxAge: 300, ...more });

let stack: Stack;
let files: string;
beforeAll(async () => {
  const allow = [
    { Action: 's3:PutObject', Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Files', 'Arn'] }, '/uploads/*']] } },
  ];
  const bucket = (name: string, CorsRules?: object[]) => ({
    Type: 'AWS::S3::Bucket',
    Properties: CorsRules ? { CorsConfiguration: { CorsRules } } : {},
    Metadata: { 'aws:cdk:path': `small/scans/${name}/Resource` },
  });
  const Resources = {
    ...functionResources('permitter', { allow, timeout: 20, memory: 512 }),
    ...apiResources('permitter'),
    Files: bucket('files', [
      rule({ AllowedOrigins: [desk], ExposedHeaders: ['ETag'] }),
      rule({ AllowedOrigins: ['https://*.example'], AllowedMethods: ['PUT'], AllowedHeaders: ['x-amz-*'] }),
    ]),
    Open: bucket('open', [rule({ AllowedOrigins: ['*'], AllowedMethods: ['GET'] })]),
    Closed: bucket('closed'),
  };
  stack = await startSmallStack({ Resources }, { permitter });
  files = `${stack.addresses.aws}/small-scans-files`;
});
afterAll(endSmallStacks);

test('a preflight of an origin that may post is granted what it asks for, without a credential', async () => {
  const answer = await preflight(files, { method: 'POST', headers: 'Content-Type, X-Requested-With' });
  expect(answer).toMatchObject({
    status: 200,
    'access-control-allow-origin': desk,
    'access-control-allow-methods': 'POST, GET',
    'access-control-allow-headers': 'content-type, x-requested-with',
    'access-control-expose-headers': 'ETag',
    'access-control-max-age': '300',
    'access-control-allow-credentials': 'true',
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  });
});

test.each([
  ['another origin', 'files', { origin: 'https://desk.example.evil' }, 403, 'not allowed'],
  ['another method', 'files', { method: 'DELETE' }, 403, 'not allowed'],
  ['a header that no rule names', 'files', { method: 'PUT', headers: 'content-type' }, 403, 'not allowed'],
  ['a bucket without rules', 'closed', {}, 403, 'CORS is not enabled for this bucket'],
  ['a bucket that is not there', 'none', {}, 403, 'CORS is not enabled for this bucket'],
  ['no origin', 'files', { origin: '' }, 400, 'Origin request header needed'],
  ['no method', 'files', { method: '' }, 400, 'Invalid Access-Control-Request-Method'],
])(
  'a preflight for %s is refused, and with no header that a browser would take for a yes',
  async (_, name, asked, status, why) => {
    const answer = await preflight(files.replace('files', name), asked);
    expect(answer).toMatchObject({ status, text: expect.stringContaining(why) });
    expect(Object.keys(answer).filter((header) => header.startsWith('access-control'))).toEqual([]);
  },
);

test('a later rule counts where the first does not fit, and a star in an origin or header stands for anything', async () => {
  const answer = await preflight(files, { origin: 'https://a.b.example', method: 'PUT', headers: 'x-amz-date' });
  expect(answer).toMatchObject({ status: 200, 'access-control-allow-origin': 'https://a.b.example' });
  expect(await preflight(`${stack.addresses.aws}/small-scans-open/a`, { method: 'GET' })).toMatchObject({
    status: 200,
    'access-control-allow-origin': '*',
  });
});

test('a permit of a function passes IAM as that function, and every answer to the page can be read by it', async () => {
  const taken = await post(await permitOf('uploads/n/1'));
  expect([taken.status, taken.headers.get('access-control-allow-origin')]).toEqual([204, desk]);
  expect(taken.headers.get('access-control-expose-headers')).toBe('ETag');

  const refused = await post(await permitOf('inbox/1'));
  expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, desk]);
  expect(await refused.text()).toContain('permitter is not authorized to perform s3:PutObject');
});

test.each([
  ['nobody was given', (id: string) => id.replace(/^[^/]+/, 'AKIASTRANGER'), 'InvalidClientTokenId'],
  ['of somebody else', (id: string) => id.replace(/^[^/]+/, stack.credentials.accessKeyId), 'SignatureDoesNotMatch'],
])('a permit with a key that is %s is refused, and the page can read why', async (_, change, code) => {
  const permit = await permitOf('uploads/n/1');
  permit.fields['X-Amz-Credential'] = change(permit.fields['X-Amz-Credential']!);
  const refused = await post(permit);
  expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, desk]);
  expect(await refused.text()).toContain(code);
});

test('a page can read what a presigned link leads to, under the name and type that the link says', async () => {
  const s3 = new S3Client(clientSettings(stack));
  await s3.send(new PutObjectCommand({ Bucket: 'small-scans-files', Key: 'a', Body: 'bytes' }));
  const options = { ResponseContentDisposition: 'attachment; filename="a.tif"', ResponseContentType: 'image/tiff' };
  const link = await getSignedUrl(s3, new GetObjectCommand({ Bucket: 'small-scans-files', Key: 'a', ...options }));
  s3.destroy();
  const answer = await fetch(link, { headers: { origin: desk } });
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'access-control-allow-origin': desk,
    'content-disposition': options.ResponseContentDisposition,
    'content-type': 'image/tiff',
  });
  expect(await answer.text()).toBe('bytes');
});

test('what is no form at all is refused in words', async () => {
  const headers = { origin: desk, 'content-type': 'multipart/form-data; boundary=x' };
  const refused = await fetch(files, { method: 'POST', headers, body: 'hello' });
  expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([400, desk]);
  expect(await refused.text()).toContain('<Code>MalformedPOSTRequest</Code>');
});

test('answers to other origins, and to nobody of the web, carry no such header', async () => {
  const s3 = new S3Client(clientSettings(stack));
  const permit = await createPresignedPost(s3, { Bucket: 'small-scans-files', Key: 'a' });
  s3.destroy();
  for (const origin of ['https://evil.test', '']) {
    const answer = await post(permit, origin);
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([204, null]);
  }
});

type Permit = Awaited<ReturnType<typeof createPresignedPost>>;

async function permitOf(key: string): Promise<Permit> {
  const answer = await fetch(`${stack.addresses.http}/?key=${encodeURIComponent(key)}`);
  return (await answer.json()) as Permit;
}

function post({ url, fields }: Permit, origin = desk): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new File(['bytes'], 'a.tif'));
  return fetch(url, { method: 'POST', body: form, headers: origin ? { origin } : {} });
}

async function preflight(url: string, { origin = desk, method = 'POST', headers = '' } = {}) {
  const asked = {
    ...(origin && { origin }),
    ...(method && { 'access-control-request-method': method }),
    ...(headers && { 'access-control-request-headers': headers }),
  };
  const answer = await fetch(url, { method: 'OPTIONS', headers: asked });
  return { ...Object.fromEntries(answer.headers), status: answer.status, text: await answer.text() };
}
