import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { site } from '../../../functions/public-site/site.tsx';
import { forgetClients } from '../../../shared/aws.ts';

/** No AWS answers here: these stand without it. What needs it is in test/walks/notice-banner.test.ts. */
beforeAll(() => {
  const settings = {
    NOTICES_TABLE: 'notices',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'nobody',
    AWS_SECRET_ACCESS_KEY: 'nothing',
    AWS_MAX_ATTEMPTS: '1',
  };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  forgetClients();
});
afterAll(() => {
  vi.unstubAllEnvs();
  forgetClients();
});

test('any site may load the script, which is small and asked for again only after a while', async () => {
  const response = await site.request('/notices.js');
  const { headers } = response;
  expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(headers.get('cache-control')).toBe('public, max-age=600, stale-while-revalidate=86400');
  expect(headers.get('access-control-allow-origin')).toBe('*');
  expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(Buffer.byteLength(await response.text())).toBeLessThan(5_000);

  const again = await site.request('/notices.js', { headers: { 'If-None-Match': headers.get('etag')! } });
  expect(again.status).toBe(304);
  expect(again.headers.get('access-control-allow-origin')).toBe('*');
  expect(again.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  expect(await again.text()).toBe('');
});

test('the script makes no HTML of text, and no code', () => {
  const script = readFileSync('functions/public-site/static/notices.js', 'utf8');
  expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function|cssText/);
});

test('HEAD has the status and the headers of GET, and no body', async () => {
  for (const path of ['/notices.js', '/notices/N-NONE']) {
    const [head, get] = await Promise.all([site.request(path, { method: 'HEAD' }), site.request(path)]);
    expect(head.status).toBe(get.status);
    expect(Object.fromEntries(head.headers)).toEqual(Object.fromEntries(get.headers));
    expect(await head.text()).toBe('');
  }
});

test.each([
  ['/notices.js', 'POST'],
  ['/notices/current.json', 'PUT'],
  ['/notices', 'DELETE'],
  ['/notices/N-0000-0001', 'PATCH'],
])('%s does not take %s', async (path, method) => {
  const response = await site.request(path, { method });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('GET, HEAD');
});

test.each(['/notices/N-NONE', '/notices/N-0000-000U', '/notices/../x', '/notices/N-0000-0001/more', '/notices/%00'])(
  '%s is answered in words, by a page that no cache keeps',
  async (path) => {
    const response = await site.request(path, { headers: { 'Accept-Language': 'fr' } });
    expect(response.status).toBe(404);
    if (path.includes('..')) return;
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.text()).toContain('<h1>Cet avis n’existe pas</h1>');
  },
);

test('while AWS does not answer, readers are asked to try again, and nothing of that is kept', async () => {
  for (const path of ['/notices', '/notices/N-0000-0001', '/notices/current.json']) {
    const response = await site.request(path);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('60');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.text()).toContain('Please try again in a few minutes');
  }
});

test('the pages keep the policy of the other pages: no script, no style but ours, no frame', async () => {
  const { headers } = await site.request('/notices/N-NONE');
  expect(headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/,
  );
  expect(headers.get('access-control-allow-origin')).toBeNull();
  expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
});
