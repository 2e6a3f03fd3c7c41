import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBrowser } from '../browser.ts';
import { signInOn } from '../desk.ts';
import { type LocalStack, startLocalStack, until } from '../local-stack.ts';
import { type Walk, walkOn } from './walk.ts';

let stack: LocalStack;
let walk: Walk;
let browser: Browser;
let page: Page;
let folder: string;

beforeAll(async () => {
  stack = await startLocalStack();
  walk = walkOn(stack);
  folder = mkdtempSync(join(tmpdir(), 'upload-'));
});
afterAll(async () => {
  await stack?.stop();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  browser = await openBrowser();
  page = await browser.newPage();
  await signInOn(page, stack, 'Rita Reviewer', '/upload');
});
afterEach(() => browser.close());

test('a reviewer drops three files, puts them in order, sees them arrive, and lands at the request', async () => {
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await drop({ 'page 2.png': png, 'page 1.png': png, 'envelope "front" 😀.pdf': Buffer.from('%PDF-1.4') });
  await page.getByText('3 of 3 files have arrived.').waitFor();
  await page.getByRole('button', { name: 'Move up: page 1.png' }).click();
  expect(await names()).toEqual(['page 1.png', 'page 2.png', 'envelope "front" 😀.pdf']);
  await page.getByText('page 1.png is now number 1 of 3.').waitFor();
  // Nothing but the row is left to hold the focus: its button to move further up is switched off.
  expect(await page.locator(':focus').textContent()).toContain('page 1.png');
  expect(await page.locator('canvas:visible').count()).toBe(2);

  await page.getByLabel('A fax on paper').check();
  await page.getByLabel('Date of the postmark').fill('2026-11-02');
  await page.getByLabel('Who it is from').fill('somebody');
  expect(complaints).toEqual([]);
  await page.getByRole('button', { name: 'Take it in' }).click();
  await page.waitForURL('**/desk/requests/W-*');
  const request = (await walk.requests()).find(({ requestId }) => page.url().endsWith(requestId));
  expect(request).toMatchObject({ channel: 'fax', receivedAt: '2026-11-02T12:00:00.000Z' });
  expect(request?.scans.map(({ name }: { name: string }) => name)).toEqual([
    'page 1.png',
    'page 2.png',
    'envelope "front" 😀.pdf',
  ]);
});

test('what cannot be sent is told in the list, and is removed before the rest is taken in', async () => {
  const big = join(folder, 'big.pdf');
  writeFileSync(big, '%PDF-1.4');
  truncateSync(big, 41 * 1024 ** 2);
  writeFileSync(join(folder, 'empty.png'), '');
  writeFileSync(join(folder, 'setup.pdf'), 'MZ');
  await page
    .getByLabel('Choose files')
    .setInputFiles(['big.pdf', 'empty.png', 'setup.pdf'].map((name) => join(folder, name)));
  await page.getByText('"big.pdf" has 41 MB, and at most 40 MB can be sent').waitFor();
  await page.getByText('"empty.png" is empty').waitFor();
  await row('setup.pdf').getByText('arrived').waitFor();

  await page.getByRole('button', { name: 'Take it in' }).click();
  await page.getByText('big.pdf has not arrived: try again, or remove it.').waitFor();
  expect(await page.locator('#upload-news').getAttribute('class')).toContain('fault');
  await page.getByRole('button', { name: 'Remove: big.pdf' }).click();
  await page.getByRole('button', { name: 'Remove: empty.png' }).click();
  // What is no letter came today, where nothing else is said.
  await page.getByLabel('Something else in writing').check();
  await page.getByRole('button', { name: 'Take it in' }).click();
  await page.waitForURL('**/desk/requests/W-*');
});

test('pressed too early, the button waits for the files; a lost connection loses nothing', async () => {
  let broken = true;
  await page.route('**/*scan-intake-scans', (route) => (broken ? route.abort() : route.continue()));
  await drop({ 'a.png': png });
  await row('a.png').getByText('The connection broke off').waitFor();
  broken = false;
  await page.getByRole('button', { name: 'Try again: a.png' }).click();
  await row('a.png').getByText('arrived').waitFor();

  let go = () => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  await page.route('**/desk/upload/permits', (route) => held.then(() => route.continue()));
  await drop({ 'b.png': png });
  await page.getByLabel('Date of the postmark').fill('2026-11-02');
  await page.getByRole('button', { name: 'Take it in' }).click();
  await page.getByText('Some files are still on their way').waitFor();
  go();
  await page.waitForURL('**/desk/requests/W-*');
});

test('when the sign-in ends meanwhile, the files stay and can be sent after signing in in another tab', async () => {
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  await drop({ 'a.png': png });
  await row('a.png').getByText('Your sign-in has ended.').waitFor();
  expect(await row('a.png').getByRole('link', { name: 'Sign in again' }).getAttribute('target')).toBe('_blank');
  await page.context().addCookies(cookies);
  await page.getByRole('button', { name: 'Try again: a.png' }).click();
  await row('a.png').getByText('arrived').waitFor();

  await page.context().clearCookies();
  await page.getByLabel('Note').fill('typed');
  await page.getByLabel('Date of the postmark').fill('2026-11-02');
  await page.getByRole('button', { name: 'Take it in' }).click();
  await page.getByText('Your sign-in has ended, and nothing was sent.').waitFor();
  await page.context().addCookies(cookies);
  await page.getByRole('button', { name: 'Take it in' }).click();
  await page.waitForURL('**/desk/requests/W-*');
});

test('of 60 files the first 20 are taken, and the page says what became of the others', async () => {
  await drop(Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`page ${n + 1}.png`, png])));
  await page.getByText('20 files can be sent at once, so 40 were not added').waitFor();
  await until(async () => (await page.getByText(', arrived').count()) === 20);
  await page.getByLabel('letters of their own').check();
  await page.getByLabel('Date of the postmark').fill('2001-01-01');
  await page.getByRole('button', { name: 'Take it in' }).click();
  await page.getByText('2001-01-01 is more than ten years ago').first().waitFor();
  expect((await names()).length).toBe(20);
  await page.getByRole('button', { name: 'Remove: page 3.png' }).click();
  await page.getByLabel('Date of the postmark').fill('2026-11-02');
  await page.getByRole('button', { name: 'Take it in' }).click();
  await page.getByRole('heading', { name: '19 letters were taken in' }).waitFor();
});

const row = (name: string) => page.locator('.chosen-file', { hasText: name });

const names = () => page.locator('.file-name').allTextContents();

/** As the browser does it when somebody lets go of files above the page. */
async function drop(files: Record<string, Buffer>): Promise<void> {
  const entries = Object.entries(files).map(([name, bytes]) => [name, bytes.toString('base64')]);
  const carried = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer();
    for (const [name, base64] of ${JSON.stringify(entries)}) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const type = name.endsWith('.pdf') ? 'application/pdf' : 'image/png';
      transfer.items.add(new File([bytes], name, { type }));
    }
    return transfer;
  })()`);
  await page.dispatchEvent('main', 'drop', { dataTransfer: carried });
}

/** 1 × 1. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
