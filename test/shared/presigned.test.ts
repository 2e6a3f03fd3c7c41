import { afterAll, beforeAll, expect, test } from 'vitest';
import { forgetClients } from '../../shared/aws.ts';
import { linkTo, originOf, permitUpload } from '../../shared/presigned.ts';

const place = { bucket: 'evidence', key: 'requests/W-1/scans/1/original' };
const before = { ...process.env };

beforeAll(() => {
  forgetClients();
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIATEST',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
  });
});
afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  forgetClients();
});

test('a link names its object, its lifetime, and how the browser treats what comes', async () => {
  const link = new URL(await linkTo(place, { seconds: 300, fileName: 'Fax 1.tif', contentType: 'image/tiff' }));
  expect(link.pathname).toBe('/evidence/requests/W-1/scans/1/original');
  expect(Object.fromEntries(link.searchParams)).toMatchObject({
    'X-Amz-Expires': '300',
    'response-content-type': 'image/tiff',
    'response-content-disposition': `attachment; filename="Fax 1.tif"; filename*=UTF-8''Fax%201.tif`,
  });
});

test.each([
  ['a"b\r\nSet-Cookie: x.pdf', `inline; filename="a_b__Set-Cookie_ x.pdf"; filename*=UTF-8''a_b__Set-Cookie_%20x.pdf`],
  ['../../étude (1)’.pdf', `filename=".._.._`],
  ['gpj.\u202Eexe', 'gpj._exe'],
  ['\uD800', '%EF%BF%BD'],
])('the name %j neither breaks the header nor hides what it is', async (fileName, expected) => {
  const link = new URL(await linkTo(place, { seconds: 60, fileName, inline: true }));
  const disposition = link.searchParams.get('response-content-disposition')!;
  expect(disposition).toContain(expected);
  expect(disposition).toMatch(/^inline; filename="[ !#-~]+"; filename\*=UTF-8''[\w.%!~-]+$/);
});

test('a permit is for one key, one type and a size, until a time', async () => {
  const permit = await permitUpload({
    bucket: 'scans',
    key: 'scans/uploads/n/1',
    contentType: 'image/png',
    maxBytes: 40,
    seconds: 60,
  });
  expect(permit.url).toBe('http://127.0.0.1:1/scans');
  expect(permit.fields).toMatchObject({ key: 'scans/uploads/n/1', 'Content-Type': 'image/png' });
  const policy = JSON.parse(Buffer.from(permit.fields.Policy!, 'base64').toString());
  expect(policy.conditions).toContainEqual(['content-length-range', 1, 40]);
  expect(policy.conditions).toContainEqual({ key: 'scans/uploads/n/1' });
  expect(policy.conditions).toContainEqual({ 'Content-Type': 'image/png' });
  const left = Date.parse(policy.expiration) - Date.now();
  expect(left).toBeGreaterThan(55_000);
  expect(left).toBeLessThanOrEqual(61_000);
});

test('the origin of a bucket is where its links lead', async () => {
  expect(await originOf('scans')).toBe('http://127.0.0.1:1');
});
