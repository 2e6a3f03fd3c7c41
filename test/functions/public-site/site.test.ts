import chromium from '@sparticuz/chromium';
import axe, { type AxeResults } from 'axe-core';
import { type Browser, type Page, chromium as playwright, type Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { site } from '../../../functions/public-site/site.tsx';

beforeAll(() => {
  vi.stubEnv('SITE_NAME', 'Rock & Roll <Fans>');
  vi.stubEnv('SITE_URL', 'https://community.test');
  vi.stubEnv('MAIL_DOMAIN', 'inwriting.test');
});

afterAll(() => {
  vi.unstubAllEnvs();
});

test('the first page says where to write and with which subject', async () => {
  const response = await site.request('/');
  const page = await response.text();
  expect(response.status).toBe(200);
  expect(page).toContain('href="mailto:privacy@inwriting.test?subject=REMOVE%20FROM%20MARKETING%20MATERIALS"');
  expect(page).toContain('<a href="https://community.test">');
});

test('text from the settings is text in the page, whatever it holds', async () => {
  const page = await (await site.request('/')).text();
  expect(page).toContain('Rock &amp; Roll &lt;Fans&gt;');
});

test('the page runs no script, loads nothing, and cannot be framed', async () => {
  const { headers } = await site.request('/');
  expect(headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/,
  );
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
});

test('a path that is not there is answered by a page that says so', async () => {
  const response = await site.request('/wp-login.php');
  expect(response.status).toBe(404);
  expect(await response.text()).toContain('There is no such page');
});

test('a fault is answered by a page that gives nothing away', async () => {
  vi.stubEnv('SITE_NAME', '');
  const response = await site.request('/');
  vi.stubEnv('SITE_NAME', 'Rock & Roll <Fans>');
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain('SITE_NAME');
});

describe('in a browser', () => {
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: chromium.args });
    page = await browser.newPage();
    page.on('console', (message) => complaints.push(message.text()));
    await page.route('https://pages.test/**', fulfil);
    await page.goto('https://pages.test/');
    await page.evaluate(axe.source);
  });

  afterAll(() => browser.close());

  test('the stylesheet passes the Content-Security-Policy', async () => {
    const width = await page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth");
    expect(width).toBe('640px');
    expect(complaints).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('axe finds nothing to object to in the %s page', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
    expect(violations.map(({ id, help }) => `${id}: ${help}`)).toEqual([]);
  });
});

async function fulfil(route: Route): Promise<void> {
  const response = await site.request(new URL(route.request().url()).pathname);
  const { status, headers } = response;
  await route.fulfill({ status, headers: Object.fromEntries(headers), body: await response.text() });
}
