import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import axe, { type AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Notice } from '../../shared/notices/notice.ts';
import { openBrowser } from '../browser.ts';
import { type LocalStack, startLocalStack, until } from '../local-stack.ts';
import { noticeAbout } from './notice-items.ts';

let stack: LocalStack;
let other: Server;
/** A site of somebody else: another origin, with a policy that allows our script and our feed, and nothing more. */
let otherSite: string;

beforeAll(async () => {
  stack = await startLocalStack();
  const ours = stack.addresses.http;
  other = createServer((request, response) => {
    const policy = `default-src 'none'; script-src ${ours}; connect-src ${ours}; require-trusted-types-for 'script'`;
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy });
    response.end(request.url === '/favicon.ico' ? '' : otherPage(ours));
  });
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  otherSite = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  other?.closeAllConnections();
  other?.close();
  await stack?.stop();
});

const otherPage = (ours: string) => `<!doctype html><html lang="en"><head><title>Garden shop</title></head>
<body><main><h1>Garden shop</h1><p>Spades and seeds.</p><p><a href="#more">More</a></p></main>
<script src="${ours}/notices.js" defer></script><script src="${ours}/notices.js" defer></script></body></html>`;

const put = (notice: Notice) =>
  stack.dynamodb.send(
    new PutCommand({ TableName: stack.plan.tables.find(({ name }) => /notices/i.test(name))!.name, Item: notice }),
  );

const feed = async () =>
  (await (await fetch(`${stack.addresses.http}/notices/current.json`)).json()) as { notices: { id: string }[] };
const inFeed = (noticeId: string, is = true) =>
  until(async () => (await feed()).notices.some(({ id }) => id === noticeId) === is);

describe('over HTTP', () => {
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${stack.addresses.http}/notices/${path}`, { headers });

  test('the feed holds what is shown now, in a few words, for any site, and is sent again only when it changed', async () => {
    await put(noticeAbout('N-0000-0003'));
    await inFeed('N-0000-0003');
    const response = await get('current.json', { origin: 'https://community.example' });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=60, stale-while-revalidate=60',
      'content-type': 'application/json',
    });
    const { notices } = (await response.json()) as { notices: { texts: object }[] };
    expect(notices).toEqual([
      {
        ...{ id: 'N-0000-0003', from: '2026-11-01T09:00:30.000Z', until: '2031-02-01T00:00:00.000Z' },
        ...{ effectiveOn: '2031-01-01', fallback: 'en', texts: expect.any(Object) },
      },
    ]);
    expect(notices[0]!.texts).toMatchObject({
      de: {
        title: 'Wir fragen ab Januar vorher <b>',
        summary: expect.stringMatching(/^Bilder von Profilseiten zeigen wir .* wenn Sie zugestimmt haben\. Bisher/),
        url: `${stack.addresses.http}/notices/N-0000-0003?lang=de`,
      },
    });
    const etag = response.headers.get('etag')!;
    expect(etag).toMatch(/^"\w+"$/);
    const again = await get('current.json', { 'if-none-match': etag });
    expect([again.status, again.headers.get('access-control-allow-origin')]).toEqual([304, '*']);
    const head = await fetch(`${stack.addresses.http}/notices/current.json`, { method: 'HEAD' });
    expect([head.status, head.headers.get('etag')]).toEqual([200, etag]);
  });

  test('nobody sees a notice before its sending begins; one that was withdrawn says so, and is shown nowhere else', async () => {
    await put(noticeAbout('N-0000-0004', { state: 'scheduled', asOf: undefined, showing: undefined }));
    const history: Notice['history'] = [{ at: '2026-11-02T08:00:00.000Z', state: 'cancelled', what: 'Cancelled.' }];
    await put(noticeAbout('N-0000-0005', { state: 'cancelled', showing: undefined, history }));
    await put(noticeAbout('N-0000-0003', { bannerUntil: '2026-01-02T00:00:00.000Z' }));
    expect((await get('N-0000-0004')).status).toBe(404);
    const withdrawn = await (await get('n-0000-0005', { 'accept-language': 'de-CH, en;q=0.5' })).text();
    expect(withdrawn).toContain('Diese Mitteilung haben wir am 2. November 2026 zurückgezogen.');
    expect(withdrawn).not.toContain('Gilt ab');
    const list = await (await fetch(`${stack.addresses.http}/notices`)).text();
    expect(list.match(/N-0000-000\d/g)).toEqual(['N-0000-0003']);
    await until(async () => (await feed()).notices.length === 0);
  });

  test('a notice is in the language that the link names, else in the first that the browser asks for and it has', async () => {
    await put(noticeAbout('N-0000-0003', { bannerUntil: '2026-01-02T00:00:00.000Z' }));
    const titled = async (query: string, asked: string) =>
      /<html lang="(.*?)"/.exec(await (await get(`N-0000-0003${query}`, { 'accept-language': asked })).text())![1];
    expect(await titled('?lang=de', 'en')).toBe('de');
    expect(await titled('?lang=__proto__', 'it, de-CH;q=0.9, en;q=0.8')).toBe('de');
    expect(await titled('', 'it')).toBe('en');
  });
});

describe.skipIf(process.platform !== 'linux')('on a page of another origin', () => {
  let browser: Browser | undefined;
  const complaints: string[] = [];
  afterEach(async () => {
    await browser?.close();
    expect(complaints.splice(0)).toEqual([]);
  });

  async function open(options: BrowserContextOptions): Promise<Page> {
    browser = await openBrowser();
    const page = await (await browser.newContext(options)).newPage();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(otherSite);
    return page;
  }

  /** The script has asked, and had its answer. */
  const asked = (page: Page) => page.waitForResponse(/current\.json/);

  test('while there is nothing to tell, the site stays as it is', async () => {
    const page = await open({});
    await page.waitForLoadState('networkidle');
    expect(await page.locator('in-writing-notices').count()).toBe(0);
  });

  test('the banner speaks the visitor’s language, leads to the notice, and stays dismissed', async () => {
    await put(noticeAbout('N-0000-0001'));
    await inFeed('N-0000-0001');
    const page = await open({ locale: 'de-AT' });
    const banner = page.getByRole('region', { name: 'Mitteilung' });
    await banner.waitFor();
    expect(await page.locator('in-writing-notices').count()).toBe(1);
    expect(await banner.getByRole('heading').innerText()).toBe('Wir fragen ab Januar vorher <b>');
    expect(await banner.innerText()).toContain('Bilder von Profilseiten zeigen wir');
    expect(await banner.locator('article').getAttribute('lang')).toBe('de');
    expect(await page.evaluate('document.activeElement === document.body')).toBe(true);
    await page.keyboard.press('Tab');
    const focused = 'document.activeElement.shadowRoot.activeElement.textContent';
    expect(await page.evaluate(focused)).toBe('Mitteilung lesen');

    await banner.getByRole('button', { name: 'Ausblenden' }).click();
    expect(await page.locator('in-writing-notices').count()).toBe(0);
    const again = asked(page);
    await page.reload();
    await again;
    await page.waitForLoadState('networkidle');
    expect(await page.locator('in-writing-notices').count()).toBe(0);

    await page.evaluate('localStorage.clear()');
    await page.reload();
    await banner.getByRole('link', { name: 'Mitteilung lesen' }).click();
    await page.waitForURL(`${stack.addresses.http}/notices/N-0000-0001?lang=de`);
    expect(await page.innerText('h1')).toBe('Wir fragen ab Januar vorher <b>');
    expect(await page.innerText('main')).toMatch(/Gilt ab\s+1\. Januar 2031.*Was sich ändert/s);
    await page.getByRole('link', { name: 'English' }).click();
    expect(await page.innerText('h1')).toBe('From January we ask first <b>');
  });

  test.each([
    ['light', 320],
    ['dark', 1280],
  ] as const)('in %s colours at %d px axe finds nothing, and nothing is cut off', async (colorScheme, width) => {
    await put(noticeAbout('N-0000-0001'));
    await inFeed('N-0000-0001');
    const page = await open({
      colorScheme,
      viewport: { width, height: 700 },
      bypassCSP: true,
      reducedMotion: 'reduce',
    });
    for (const where of [otherSite, `${stack.addresses.http}/notices/N-0000-0001`, `${stack.addresses.http}/notices`]) {
      await page.goto(where);
      if (where === otherSite) await page.getByRole('region', { name: 'Notice' }).waitFor();
      await page.evaluate(axe.source);
      const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
      expect(violations.map(({ id, help }) => `${where} ${id}: ${help}`)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    }
  });

  test('where storage is blocked the banner can still be dismissed, and a second notice has the focus', async () => {
    await put(noticeAbout('N-0000-0001'));
    await put(noticeAbout('N-0000-0002', { asOf: '2026-01-01T00:00:00.000Z' }));
    await inFeed('N-0000-0002');
    browser = await openBrowser();
    const context = await browser.newContext({ locale: 'xx' });
    await context.addInitScript(
      "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })",
    );
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(otherSite);
    const dismiss = page.getByRole('button', { name: 'Dismiss' });
    await dismiss.first().waitFor();
    expect(await dismiss.count()).toBe(2);
    await dismiss.first().click();
    expect(await page.evaluate('document.activeElement.shadowRoot.activeElement.textContent')).toBe('Dismiss');
    await page.keyboard.press('Enter');
    expect(await page.locator('in-writing-notices').count()).toBe(0);
  });

  test.each([
    ['is not there', { status: 503, body: 'no' }],
    ['is no feed', { status: 200, body: '{"notices":{}}', headers: { 'access-control-allow-origin': '*' } }],
    ['does not answer', undefined],
  ])('while the feed %s, the site stays as it is, without an error', async (_, answer) => {
    browser = await openBrowser();
    const page = await browser.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.route('**/current.json', (route) => (answer ? route.fulfill(answer) : route.abort()));
    await page.goto(otherSite);
    await page.waitForLoadState('networkidle');
    expect(await page.locator('in-writing-notices').count()).toBe(0);
  });

  test('after its end it is gone', async () => {
    for (const noticeId of ['N-0000-0001', 'N-0000-0002'])
      await put(noticeAbout(noticeId, { bannerUntil: '2026-01-02T00:00:00.000Z' }));
    await until(async () => (await feed()).notices.length === 0);
    const page = await open({ locale: 'de-AT' });
    await page.waitForLoadState('networkidle');
    expect(await page.locator('in-writing-notices').count()).toBe(0);
    await page.goto(`${stack.addresses.http}/notices`);
    expect(await page.getByRole('link', { name: 'Wir fragen ab Januar vorher' }).count()).toBe(3);
  });
});
