import { PutCommand } from '@aws-sdk/lib-dynamodb';
import axe, { type AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { trayOf, type WrittenRequest } from '../../shared/requests/request.ts';
import { openBrowser } from '../browser.ts';
import { signInOn } from '../desk.ts';
import { inDays, sampleRequest } from '../functions/desk/sample-desk.ts';
import { type LocalStack, startLocalStack, until } from '../local-stack.ts';
import { walkOn } from './walk.ts';

/** A day at the queue, by keys and by looking. The browser of the npm package runs on Linux alone. */
describe.skipIf(process.platform !== 'linux')('a reviewer at the queue', () => {
  let stack: LocalStack;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  let waiting: WrittenRequest[];

  beforeAll(async () => {
    stack = await startLocalStack();
    await walkOn(stack).haveMembers(
      `1001,anna.weber,Anna Weber,anna@members.example,,gardeners;${'long-name-'.repeat(8)},en,`,
    );
  });
  afterAll(() => stack?.stop());
  beforeEach(async () => {
    complaints = [];
    waiting = [
      await put({ requestId: 'W-AAAA-0000-0000-0001', dueAt: inDays(-3), who: 'member/1001', channel: 'letter' }),
      await put({ requestId: 'W-AAAA-0000-0000-0002', dueAt: inDays(2), summary: { subject: wordy, memberIds: [] } }),
      await put({ requestId: 'W-AAAA-0000-0000-0003', dueAt: inDays(9), channel: 'fax' }),
    ];
  });
  afterEach(async () => {
    await browser?.close();
    expect(complaints).toEqual([]);
  });

  test('walks through the list, opens, grants and declines by keys alone, and comes back to the same place', async () => {
    await open();
    await page.keyboard.press('j');
    expect(await focused()).toBe(waiting[0]!.requestId);
    await page.keyboard.press('k');
    expect(await said()).toContain('first request of the list');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    expect(await focused()).toBe(waiting[2]!.requestId);
    await page.keyboard.press('j');
    expect(await said()).toContain('last request of the list');
    await page.keyboard.press('k');
    await page.keyboard.press('o');
    await page.waitForURL(addressOf(1));
    await page.getByText('2 of 3 in To decide').waitFor();
    await page.keyboard.press('k');
    await page.waitForURL(addressOf(0));
    await page.keyboard.press('j');
    await page.waitForURL(addressOf(1));
    await page.keyboard.press('d');
    expect(await page.evaluate('document.activeElement.closest("#decline") !== null')).toBe(true);
    await page.locator('.crumbs').getByRole('link', { name: 'Queue' }).click();
    await page.waitForURL(/tray=review|desk$/);
    expect(await focused()).toBe(waiting[1]!.requestId);
    await page.keyboard.press('g');
    await page.waitForURL(`${addressOf(1)}#grant`);
    await until(() => page.evaluate('document.activeElement.closest("#grant") !== null'));
  });

  test('a request in a tab of its own knows its neighbours by the tray in its address', async () => {
    await open();
    await page.evaluate('sessionStorage.clear()');
    await page.goto(addressOf(0));
    await page.getByText('1 of 3 in To decide').waitFor();
    await page.keyboard.press('j');
    await page.waitForURL(addressOf(1));
  });

  test('keys rest while somebody types, while a dialog is open, and where they are switched off', async () => {
    await open();
    await page.keyboard.press('/');
    await page.keyboard.type('jo?');
    expect(await page.inputValue('#search')).toBe('jo?');
    await page.evaluate('document.activeElement.blur()');
    await page.keyboard.press('?');
    expect(await page.isVisible('dialog#keys')).toBe(true);
    await page.keyboard.press('j');
    expect(await focused()).toBeUndefined();
    await page.uncheck('#keys-on');
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    expect(await focused()).toBeUndefined();
    await page.reload();
    await page.getByRole('button', { name: 'Keys' }).click();
    await page.check('#keys-on');
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    expect(await focused()).toBe(waiting[0]!.requestId);
  });

  test('what changes elsewhere is seen, and no row moves under the hand', async () => {
    await open();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await put({ requestId: 'W-AAAA-0000-0000-0009', dueAt: inDays(-9) });
    await put({ ...waiting[0]!, state: 'granted' });
    await put({ ...waiting[1]!, summary: { subject: 'A better subject', memberIds: [] } });
    await refresh();
    await page.getByText('1 new, 1 no longer in this list.').waitFor();
    expect(await rows()).toEqual(waiting.map(({ requestId }) => requestId));
    expect(await page.innerText(`[data-row="${waiting[0]!.requestId}"]`)).toContain('No longer in this list');
    expect(await page.innerText(`[data-row="${waiting[1]!.requestId}"]`)).toContain('A better subject');
    expect(await focused()).toBe(waiting[1]!.requestId);

    await page.getByRole('button', { name: 'Show the list as it is now' }).click();
    expect(await rows()).toEqual(['W-AAAA-0000-0000-0009', waiting[1]!.requestId, waiting[2]!.requestId]);
    expect(await focused()).toBe('W-AAAA-0000-0000-0009');
    expect(await page.innerText('#trays [aria-current]')).toMatch(/To decide\s+3/);
    await put({ requestId: 'W-AAAA-0000-0000-0009', state: 'granted' });
  });

  test('an empty tray fills by itself, and whoever is signed out is told', async () => {
    await open('?tray=quarantined');
    await page.getByText('Nothing is quarantined').waitFor();
    const request = await put({ requestId: 'W-AAAA-0000-0000-0008', state: 'quarantined' });
    await refresh();
    await until(async () => (await rows()).includes(request.requestId));
    await put({ ...request, state: 'ignored' });
    await page.context().clearCookies();
    await refresh();
    await page.getByText('You are signed out').waitFor();
    expect(complaints.splice(0)).toEqual([expect.stringContaining('401')]);
  });

  test('times are those of the reader', async () => {
    const at = '2026-01-15T23:30:00.000Z';
    await put({ ...waiting[0]!, receivedAt: at });
    await open('', { timezoneId: 'Asia/Tokyo', locale: 'en-GB' });
    const time = page.locator(`[data-row="${waiting[0]!.requestId}"] time[datetime="${at}"]`);
    expect(await time.innerText()).toMatch(/^16 Jan/);
    expect(await time.getAttribute('title')).toContain(`(${at})`);
  });

  test('without scripts the whole of it works by links and forms', async () => {
    await open('', { javaScriptEnabled: false });
    expect(await page.isVisible('.needs-script')).toBe(false);
    await page.getByRole('link', { name: /Due soon/ }).click();
    expect(await rows()).toEqual(waiting.slice(0, 2).map(({ requestId }) => requestId));
    await page.fill('#search', 'anna.weber');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Anna Weber @anna.weber' }).first().click();
    await page.getByText('Record an opt-out that came by other means').click();
    await page.getByLabel('Told on the phone').check();
    await page.getByLabel('In their words').fill('No pictures.');
    await page.getByRole('button', { name: 'Record and block' }).click();
    expect(await page.innerText('.notice.done')).toMatch(/Recorded as W-/);
  });

  test('axe objects to nothing, nothing scrolls sideways, wide and narrow, light and dark', async () => {
    await open();
    for (const [colorScheme, width] of looks) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      for (const path of paths) {
        await page.goto(`${stack.addresses.http}/desk${path}`);
        expect([path, await page.evaluate('document.documentElement.scrollWidth - innerWidth')]).toEqual([path, 0]);
        await page.evaluate(axe.source);
        const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
        expect(violations.map(({ id, nodes }) => `${path}: ${id}: ${nodes[0]?.html}`)).toEqual([]);
      }
    }
  });

  async function open(path = '', options: BrowserContextOptions = {}): Promise<void> {
    browser = await openBrowser();
    page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })).newPage();
    page.on('console', (line) => complaints.push(line.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await signInOn(page, stack, 'Rita Reviewer', path);
  }

  async function put(given: Partial<WrittenRequest>): Promise<WrittenRequest> {
    const { dueAt, ...request } = sampleRequest(given);
    const open = trayOf(request);
    const Item = open ? { ...request, dueAt, open } : request;
    await stack.dynamodb.send(new PutCommand({ TableName: stack.outputs.RequestsTable, Item }));
    return { ...request, dueAt };
  }

  const addressOf = (index: number) => `${stack.addresses.http}/desk/requests/${waiting[index]!.requestId}?tray=review`;
  const refresh = () => page.evaluate("htmx.trigger('#live', 'refresh')");
  const focused = () => page.evaluate('document.activeElement.closest("[data-row]")?.dataset.row');
  const rows = () => page.$$eval('#list [data-row]', (all) => all.map((row) => row.getAttribute('data-row')));
  const said = () => until(() => page.innerText('#said'));
});

const wordy = `Please ${'do not use the picture of my garden '.repeat(6)}${'x'.repeat(120)}`;

const looks = [
  ['light', 360],
  ['dark', 1024],
] as const;

const paths = [
  '',
  '?tray=due',
  '?tray=asked',
  '/search?q=anna.weber',
  '/search?q=nobody',
  '/members',
  '/members?q=anna.weber',
  '/members/1001',
  '/members/communities/gardeners',
];
