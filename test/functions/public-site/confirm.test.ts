import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { site } from '../../../functions/public-site/site.tsx';
import { forgetClients } from '../../../shared/aws.ts';

/** No AWS answers here: these pages stand without it. What needs it is in test/walks/confirm.test.ts. */
beforeAll(() => {
  vi.stubEnv('MAIL_DOMAIN', 'inwriting.test');
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

const link = '/confirm/0123456789abcdefghjkmnpqrstvwxyz0123456789';
const post = (body: string, path = link) =>
  site.request(path, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });

describe('whatever a confirmation link answers', () => {
  const all = () =>
    Promise.all([
      site.request(link),
      site.request('/confirm'),
      site.request(link, { method: 'PUT' }),
      post('said=maybe'),
    ]);

  test('no cache keeps it, no search engine lists it, and it leaves no Referer', async () => {
    for (const { headers } of await all()) {
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-robots-tag')).toBe('noindex, nofollow');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
  });

  test('it sets no cookie, runs no script, sends its form home only, and cannot be framed', async () => {
    for (const { headers } of await all()) {
      expect(headers.get('set-cookie')).toBeNull();
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/,
      );
    }
  });
});

test('while AWS does not answer, the reader is asked to try again, for a look and for an answer alike', async () => {
  for (const response of [await site.request(link), await post('said=yes')]) {
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('60');
    expect(await response.text()).toContain('Please try again in a few minutes');
  }
});

test.each(['', 'said=maybe', 'said=YES', 'said=yes&said=no', '{"said":"yes"}'])(
  'a form that is not one of the two buttons (%j) is no answer',
  async (body) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('Nothing has been changed');
  },
);

test('a large body is refused before it is read', async () => {
  const response = await post(`said=yes&more=${'x'.repeat(1_000)}`);
  expect(response.status).toBe(413);
  expect(await response.text()).toContain('Nothing has been changed');
});

test.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s is refused with the methods that are allowed', async (method) => {
  const response = await site.request(link, { method });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('GET, HEAD, POST');
});

test.each(['/confirm', '/confirm/', `${link}/`, `${link}/more`])('%s is no link of ours', async (path) => {
  const response = await site.request(path);
  expect(response.status).toBe(404);
  expect(await response.text()).toContain('href="mailto:privacy@inwriting.test"');
});

test('HEAD has the status and the headers of GET, and no body', async () => {
  const [head, get] = await Promise.all([site.request('/confirm/', { method: 'HEAD' }), site.request('/confirm/')]);
  expect(head.status).toBe(get.status);
  expect(Object.fromEntries(head.headers)).toEqual(Object.fromEntries(get.headers));
  expect(await head.text()).toBe('');
});

test.each([
  ['de-AT, en;q=0.5', 'de', 'Dieser Link funktioniert nicht'],
  ['it, es;q=0.4, fr;q=0.8', 'fr', 'Ce lien ne fonctionne pas'],
  ['ES_mx', 'es', 'Este enlace no funciona'],
  ['de;q=0, en', 'en', 'This link does not work'],
  ['it, *', 'en', 'This link does not work'],
  ['constructor', 'en', 'This link does not work'],
  [';;q=,"', 'en', 'This link does not work'],
])('a reader whose browser asks for %j reads %s', async (accepted, language, title) => {
  const page = await (await site.request('/confirm', { headers: { 'Accept-Language': accepted } })).text();
  expect(page).toContain(`<html lang="${language}">`);
  expect(page).toContain(`<h1>${title}</h1>`);
});
