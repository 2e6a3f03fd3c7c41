import { createHash } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from '../browser.ts';
import { type Desk, people, signIn, signInOn } from '../desk.ts';
import { readZip } from '../functions/exports/read-zip.ts';
import { type LocalStack, startLocalStack, until } from '../local-stack.ts';
import { type Walk, walkOn } from './walk.ts';

let stack: LocalStack;
let walk: Walk;
let reviewer: Desk;
let requestId: string;

beforeAll(async () => {
  stack = await startLocalStack();
  walk = walkOn(stack);
  reviewer = await signIn(stack, 'reviewer');
  await walk.haveMembers('m1,ann,Ann Example,ann@example.org,,,en,2020-01-01T00:00:00Z');
  await stack.send({
    ...{ from: 'Ann <ann@example.org>', to: 'privacy@inwriting.example', messageId: '<ann@example.org>' },
    ...{ subject: 'REMOVE FROM MARKETING MATERIALS', text: 'Thank you.' },
  });
  requestId = (await walk.settled('<ann@example.org>')).requestId;
  await walk.answerTo('<ann@example.org>');
});
afterAll(() => stack?.stop());

/** The browser of the npm package runs on Linux alone. */
const noBrowser = process.platform !== 'linux';

const ask = (desk: Desk, fields: Record<string, string>) =>
  desk('/exports', { method: 'POST', body: new URLSearchParams(fields) });

async function started(desk: Desk, subject: string): Promise<string> {
  const response = await ask(desk, { kind: 'dossier', subject });
  expect(response.status).toBe(303);
  return response.headers.get('location')!.replace('/desk', '');
}

const pageOf = async (path: string): Promise<string> => (await reviewer(path)).text();

test('a reviewer asks for the dossier of a granted mail, and fetches it by a link of the bucket', async () => {
  // As somebody types it from a letter.
  const path = await started(reviewer, ` ${requestId.toLowerCase().replaceAll('-', '')} `);
  await until(async () => (await pageOf(path)).includes('Download ('));
  const page = await pageOf(path);
  expect(page).toContain(`Dossier of ${requestId}`);
  expect(page).not.toContain('hx-trigger');

  const link = (await reviewer(`${path}/file`)).headers.get('location')!;
  const response = await fetch(link);
  expect(response.headers.get('content-disposition')).toMatch(
    new RegExp(`^attachment; filename="dossier-${requestId}-`),
  );
  const zip = Buffer.from(await response.arrayBuffer());
  expect(page).toContain(sha256(zip));

  const files = readZip(zip);
  const sums = files.get('SHA256SUMS')!.toString().trimEnd().split('\n');
  for (const line of sums) {
    const [sum, name] = line.split('  ') as [string, string];
    expect(sha256(files.get(name)!), name).toBe(sum);
  }
  expect(sums.length).toBe(files.size - 1);
  const cover = files.get('cover.txt')!.toString();
  expect(cover).toContain('Made by Rita Reviewer on ');
  expect(cover).toMatch(/^Decided: .+ after it came, by rule phrase-from-member\./m);
  expect(cover).toMatch(/^Whose: member\/m1\nWhat: profile-images\nState: blocked/m);
});

test('an officer sees what a colleague asked for; marketing, and whoever is not signed in, get nothing', async () => {
  const path = await started(reviewer, requestId);
  const officer = await signIn(stack, 'officer');
  expect((await officer(path)).status).toBe(200);
  expect(await (await officer('/exports')).text()).toContain(`Dossier of ${requestId}`);
  const marketing = await signIn(stack, 'marketing');
  for (const asked of [marketing(path), marketing(`${path}/file`)]) expect((await asked).status).toBe(403);
  expect(await (await marketing('/exports')).text()).not.toMatch(/Dossier|Request number/);
  expect((await ask(marketing, { kind: 'dossier', subject: requestId })).status).toBe(403);
  const stranger = await fetch(`${stack.addresses.http}/desk${path}/file`, { redirect: 'manual' });
  expect(stranger.headers.get('location')).toContain('/desk/sign-in');
});

test('a request that does not exist ends as a sentence, without a download', async () => {
  const path = await started(reviewer, 'W-ZZZZ-ZZZZ-ZZZZ-ZZZZ');
  await until(async () => (await pageOf(path)).includes('There is no request W-ZZZZ-ZZZZ-ZZZZ-ZZZZ'));
  expect(await pageOf(path)).not.toContain('Download (');
  expect((await reviewer(`${path}/file`)).headers.get('location')).toBe(`/desk${path}`);
});

test('what is no request number stays in the field, with what it should look like', async () => {
  const response = await ask(reviewer, { kind: 'dossier', subject: '"><script>alert(1)</script>' });
  expect(response.status).toBe(400);
  const page = await response.text();
  expect(page).toContain('A request number looks like W-0123-4567-89AB-CDEF');
  expect(page).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
});

test('an id that nobody was given, and a kind that nobody makes, are answered with what to do', async () => {
  for (const path of ['/exports/nothing', `/exports/${'0'.repeat(26)}`, `/exports/${'0'.repeat(26)}/file`]) {
    const response = await reviewer(path);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('kept for seven days');
  }
  expect((await ask(reviewer, { kind: '__proto__', subject: requestId })).status).toBe(400);
});

test.skipIf(noBrowser)('in a browser the page finds by itself that the dossier is ready', () =>
  inBrowser('/exports', async (page) => {
    await expectNoComplaint(page);
    await page.getByLabel('Request number').fill(requestId);
    await page.getByRole('button', { name: 'Make the dossier' }).click();
    await page.getByRole('link', { name: /^Download/ }).waitFor();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(`Dossier of ${requestId}`);
    await expectNoComplaint(page);
  }),
);

describe('the answer on paper', () => {
  const byLetter = 'W-0000-0000-0000-0002';
  const put = (item: object) =>
    stack.dynamodb.send(new PutCommand({ TableName: stack.outputs.RequestsTable, Item: { ...letterItem, ...item } }));
  const letterItem = {
    ...{ requestId: byLetter, version: 1, hash: 'e'.repeat(64), channel: 'letter', state: 'review', confirmations: {} },
    ...{ receivedAt: '2026-03-02T09:00:00Z', dueAt: '2026-03-20T09:00:00Z', who: 'member/m1' },
    decision: { state: 'review', rule: 'upload', reason: 'A person decides.', effects: [], answers: [] },
    ...{ summary: { memberIds: [] }, arrival: { bucket: '', key: '' }, thread: { references: [] }, history: [] },
  };
  const lastAnswer = { letter: 'declined', to: '', locale: 'de', name: 'Ann <Example>', communities: [] };

  test('while it waits, says that it is here and by when it is decided', async () => {
    await put({});
    const page = await pageOf(`/requests/${byLetter}/letter`);
    expect(page).toContain('Hello Ann Example,');
    expect(page).toContain('You will have an answer by March 20, 2026 at the latest.');
  });

  test("says what a person answered last, in the member's language or another, and names no mail to answer", async () => {
    await put({ state: 'declined', lastAnswer: { ...lastAnswer, words: 'Das ist kein Foto von Ihnen.' } });
    const german = await pageOf(`/requests/${byLetter}/letter`);
    expect(german).toContain('Guten Tag Ann &lt;Example&gt;,');
    expect(german).toContain('Das ist kein Foto von Ihnen.');
    expect(german).toContain('Mit freundlichen Grüßen');
    expect(german).not.toContain('diese Mail');
    expect(await pageOf(`/requests/${byLetter}/letter?locale=fr`)).toContain('Cordialement');
    expect(await pageOf(`/requests/${byLetter}/letter?locale=%22%3E`)).toContain('Yours sincerely');
  });

  test('where nobody is to be written to, says what to do instead', async () => {
    await put({ state: 'ignored' });
    expect(await pageOf(`/requests/${byLetter}/letter`)).toContain('There is no answer to print yet');
  });

  test.skipIf(noBrowser)('in print only the letter is left, with the address that was typed', async () => {
    await put({ state: 'declined', lastAnswer });
    await inBrowser(`/requests/${byLetter}/letter`, async (page) => {
      await expectNoComplaint(page);
      await page.getByLabel('Address', { exact: true }).fill('Ann Example\nMain Street 1');
      await page.emulateMedia({ media: 'print' });
      expect(await page.getByRole('navigation').count()).toBe(0);
      expect(await page.getByRole('button').count()).toBe(0);
      expect(await page.getByLabel('Address', { exact: true }).isVisible()).toBe(true);
      const sheet = await page.locator('.sheet').innerText();
      expect(sheet.split(byLetter)).toHaveLength(2);
      expect(sheet).toContain('privacy@');
    });
  });
});

/** As a reviewer; the console has to stay silent, so nothing may break the Content-Security-Policy. */
async function inBrowser(path: string, look: (page: Page) => Promise<void>): Promise<void> {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    await signInOn(page, stack, people.reviewer.name, path);
    await look(page);
    expect(said).toEqual([]);
  } finally {
    await browser.close();
  }
}

async function expectNoComplaint(page: Page): Promise<void> {
  for (const [colorScheme, width] of [['light', 1280] as const, ['dark', 360] as const]) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    await page.evaluate(axe.source);
    const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  }
}

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
