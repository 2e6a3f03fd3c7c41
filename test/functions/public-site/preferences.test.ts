import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { site } from '../../../functions/public-site/site.tsx';
import { forgetClients } from '../../../shared/aws.ts';

/** No AWS answers here: these pages stand without it. What needs it is in test/walks. */
beforeAll(() => {
  vi.stubEnv('MAIL_DOMAIN', 'inwriting.test');
  vi.stubEnv('SITE_NAME', 'Fans');
  vi.stubEnv('TOKEN_KEYS_SECRET', 'token-keys');
  vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:9');
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'nobody');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'nothing');
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  forgetClients();
});
afterAll(() => {
  vi.unstubAllEnvs();
  forgetClients();
});

const token = '0123456789abcdefghjkmnpqrstvwxyz0123456789';
const post = (path: string, body: string) =>
  site.request(path, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });

describe.each(['/preferences', '/unsubscribe'])('whatever %s answers', (path) => {
  test('no cache keeps it, it leaves no Referer, sets no cookie, and cannot be framed', async () => {
    const answers = await Promise.all([
      site.request(`${path}/${token}`),
      site.request(path),
      site.request(`${path}/${token}`, { method: 'PUT' }),
      post(`${path}/${token}`, 'x=1'),
    ]);
    for (const { headers } of answers) {
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-robots-tag')).toBe('noindex, nofollow');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('set-cookie')).toBeNull();
      expect(headers.get('location')).toBeNull();
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    }
  });

  test('while AWS does not answer, the reader is asked to try again', async () => {
    for (const answer of [await site.request(`${path}/${token}`), await post(`${path}/${token}`, 'x=1')]) {
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '60']);
    }
  });

  test('a large body is refused before it is read', async () => {
    expect((await post(`${path}/${token}`, `x=${'y'.repeat(70_000)}`)).status).toBe(413);
  });

  test.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    '%s is refused with the methods that are allowed',
    async (method) => {
      const answer = await site.request(`${path}/${token}`, { method });
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
    },
  );
});

test.each([
  '',
  'address=',
  'address=nobody',
  'address=a%40b.c%0D%0ABcc%3A+d%40e.f',
  'address=a%40b.example&address=c%40d.example',
])('what is no address (%j) is said to be none, and nothing is sent', async (body) => {
  const answer = await post('/preferences', body);
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain('This is no e-mail address.');
});

test('the page that asks for an address needs nothing of AWS', async () => {
  const answer = await site.request('/preferences', { headers: { 'Accept-Language': 'fr' } });
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('<h1>Vos préférences</h1>')]);
});
