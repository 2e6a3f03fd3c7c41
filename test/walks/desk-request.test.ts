import { PutObjectCommand } from '@aws-sdk/client-s3';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { PageText } from '../../shared/evidence/pages.ts';
import { evidenceKeys } from '../../shared/evidence/store.ts';
import type { WrittenRequest } from '../../shared/requests/request.ts';
import { openBrowser } from '../browser.ts';
import { people, sessionCookie, signIn } from '../desk.ts';
import { sampleRequest } from '../functions/desk/sample-desk.ts';
import { type LocalStack, startLocalStack, until } from '../local-stack.ts';
import { type Walk, walkOn } from './walk.ts';

/** The page of a request as staff use it. The browser of the npm package runs on Linux alone. */
describe.skipIf(process.platform !== 'linux')('the page of a request', () => {
  let stack: LocalStack;
  let walk: Walk;
  let browser: Browser | undefined;
  let complaints: string[] = [];

  beforeAll(async () => {
    stack = await startLocalStack();
    walk = walkOn(stack);
    await walk.haveMembers(
      'm1,anna,Anna Weber,anna@members.invalid,,gardeners,en,',
      'm2,jdoe,Jane Doe,jane@members.invalid,,,en,',
    );
  });
  afterAll(() => stack?.stop());
  afterEach(async () => {
    await browser?.close();
    expect(complaints).toEqual([]);
  });

  test('while a letter is read its pages appear, and what was typed and the zoom stay; then it is granted by keyboard', async () => {
    const page = await open();
    let request = await store(letter());
    const picture = await pictureOf(page, 'REMOVE FROM MARKETING MATERIALS');
    await goTo(page, request);
    expect(await page.innerText('#reading')).toContain('page 1 of 2');
    await page.fill('#grant-words', 'She called, too.');

    await storePage(request, 1, picture);
    request = await store(withPages(request, 1));
    await page.waitForSelector('.stage img');
    expect(await page.innerText('#reading')).toContain('page 2 of 2');
    await page.focus('.stage');
    await page.keyboard.press('+');
    await page.keyboard.press('r');
    expect(await page.innerText('.zoom-value')).toBe('125 %');

    await storePage(request, 2, picture);
    await storeTexts(request);
    await store(concluded(request));
    await page.waitForSelector('.member-choice');
    expect(await page.locator('.page-list li').count()).toBe(2);
    expect(await page.innerText('.page-list')).toContain('2');
    expect(await page.innerText('#page-text mark')).toBe('REMOVE FROM MARKETING MATERIALS');
    expect(await page.locator('.boxes rect').count()).toBe(1);
    expect(await page.innerText('#history')).toContain('Both pages were read.');
    expect([await page.innerText('.zoom-value'), await page.getAttribute('.stage', 'data-turn')]).toEqual([
      '125 %',
      '90',
    ]);
    expect(await page.inputValue('#grant-words')).toBe('She called, too.');
    expect(await page.textContent('#said')).toContain('All pages are read.');
    await page.focus('.stage');
    await page.keyboard.press('0');
    await page.keyboard.press('ArrowRight');
    await page.getByText('Page 2 of 2').waitFor();
    expect(await page.getAttribute('.stage', 'data-turn')).toBe('90');
    expect(await page.getAttribute('.stage img', 'alt')).toContain('Page 2 of letter.pdf');
    expect(await page.evaluate('document.querySelector(".stage img").naturalWidth')).toBe(620);
    expect(await violations(page)).toEqual([]);

    await page.keyboard.press('g');
    expect(await page.evaluate('document.activeElement.value')).toBe('m1');
    // A user name on the paper is no proof: nobody is chosen beforehand.
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    const at = () => page.evaluate<string>('document.activeElement.textContent');
    for (let press = 0; press < 20 && !(await at()).includes('Grant: block'); press += 1)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.notice.done');
    expect(await page.innerText('.notice.done')).toContain('images of the profile page of Anna Weber');
    expect(await walk.optOut('member/m1')).toMatchObject({
      scopes: { 'profile-images': { blockedBy: { [request.requestId]: expect.any(String) } } },
    });
    expect(await page.innerText('#history')).toContain('She called, too.');
    expect(await violations(page)).toEqual([]);

    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Letter from Anna Weber');
    await page.click('.said button:text("Reopen")');
    await page.waitForSelector('#grant');
    expect(await page.innerText('.notice.done')).toContain('Reopened');
    expect(await page.innerText('main')).toContain('Anna Weber already has our answer');
    expect((await stored(request)).state).toBe('review');
  });

  test('on a narrow dark screen a mail is declined; a colleague was first, what was typed stays and is sent again', async () => {
    const messageId = '<narrow@seed.invalid>';
    await stack.send({
      to: `privacy@${stack.outputs.MailDomain}`,
      from: 'jane@members.invalid',
      messageId,
      subject: 'Hello',
      text: 'x',
    });
    const request = (await walk.settled(messageId)) as WrittenRequest;
    const page = await open({ width: 360, height: 740 }, 'dark');
    await goTo(page, request);
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await page.keyboard.press('d');
    await page.getByLabel('It does not ask about images in marketing.').check();
    await page.fill('#decline-words', 'You said hello, and nothing else.');

    const otto = await signIn(stack, 'officer');
    await otto(`/requests/${request.requestId}/note`, {
      method: 'POST',
      body: new URLSearchParams({ seen: '1', words: 'Mine!' }),
    });
    await page.click('#decline button[type=submit]');
    await page.getByText('Otto Officer was first').waitFor();
    expect(await page.inputValue('#decline-words')).toBe('You said hello, and nothing else.');
    expect(await violations(page)).toEqual([]);
    complaints = complaints.filter((text) => !text.includes('409'));
    await page.click('#decline button[type=submit]');
    await page.waitForSelector('.notice.done');
    expect(await page.innerText('.notice.done')).toContain('Jane Doe (jane@members.invalid)');
    expect(
      await page
        .locator('a', { hasText: 'Next request' })
        .or(page.locator('a', { hasText: 'Back to the queue' }))
        .count(),
    ).toBe(1);
    const answer = await walk.answersTo(messageId);
    expect(
      (
        await until(async () =>
          [...answer, ...(await walk.answersTo(messageId))].find(({ text }) => text?.includes('nothing else')),
        )
      ).to,
    ).toBeTruthy();
  });

  test('without a script all of it works, with pages by their own addresses', async () => {
    const request = await store(concluded(withPages(letter(), 1)));
    const page = await open({ width: 768, height: 900 }, 'light', { javaScriptEnabled: false });
    await storePage(request, 1, Buffer.alloc(1));
    await storePage(request, 2, Buffer.alloc(1));
    await storeTexts(request);
    complaints = [];
    await goTo(page, request);
    await page.click('a[rel=next]');
    await page.getByText('Page 2 of 2').waitFor();
    await page.fill('#find', 'Jane Doe');
    await page.click('text="Find"');
    await page.getByText('@jdoe').waitFor();
    await page.click('#note summary');
    await page.fill('#note-words', 'Written without a script.');
    await page.click('#note button[type=submit]');
    await page.waitForSelector('.notice.done');
    expect(await page.innerText('#history')).toContain('Written without a script.');
    complaints = [];
  });

  async function open(viewport = { width: 1440, height: 900 }, colorScheme: 'light' | 'dark' = 'light', more = {}) {
    complaints = [];
    browser = await openBrowser();
    const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce', ...more });
    const at = Date.now();
    const cookie = await sessionCookie(stack, { staff: people.reviewer, since: at, seen: at });
    const [name = '', value = ''] = cookie.split(/=(.*)/);
    await context.addCookies([{ name, value, url: `${stack.addresses.http}/desk` }]);
    const page = await context.newPage();
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
    return page;
  }

  const goTo = (page: Page, { requestId }: WrittenRequest) =>
    page.goto(`${stack.addresses.http}/desk/requests/${requestId}`);

  /** Writes a request as scan-intake does. */
  async function store<T extends WrittenRequest>(request: T): Promise<T> {
    await stack.dynamodb.send(
      new PutCommand({ TableName: stack.outputs.RequestsTable, Item: JSON.parse(JSON.stringify(request)) }),
    );
    return request;
  }

  const stored = async ({ requestId }: WrittenRequest) =>
    (await walk.requests()).find((each) => each.requestId === requestId) as WrittenRequest;

  const put = (Key: string, Body: Buffer | string, ContentType: string) =>
    stack.s3.send(new PutObjectCommand({ Bucket: stack.outputs.EvidenceBucket, Key, Body, ContentType }));

  async function storePage({ requestId }: WrittenRequest, number: number, picture: Buffer) {
    await put(evidenceKeys.original(requestId, '1'), 'as it came', 'application/pdf');
    await put(evidenceKeys.page(requestId, '1', number), picture, 'image/png');
    await put(evidenceKeys.pageText(requestId, '1', number), JSON.stringify(textOf(number)), 'application/json');
  }

  const storeTexts = ({ requestId }: WrittenRequest) =>
    put(evidenceKeys.text(requestId, '1'), JSON.stringify([1, 2].map(textOf)), 'application/json');
});

let made = 0;

/** A letter of two pages that nobody has read yet. */
function letter(): WrittenRequest {
  made += 1;
  return sampleRequest({
    requestId: `W-1234-5678-9ABC-${String(made).padStart(4, '0')}`,
    channel: 'letter',
    decision: { state: 'review', rule: 'uploaded-letter', reason: 'A letter was uploaded.', effects: [], answers: [] },
    summary: { subject: 'letter.pdf', memberIds: [] },
    arrival: { bucket: 'scans', key: 'scans/uploads/x/1' },
    history: [
      {
        number: 1,
        at: new Date().toISOString(),
        state: 'review',
        rule: 'uploaded-letter',
        reason: 'A letter was uploaded.',
      },
    ],
    scans: [
      {
        scanId: '1',
        name: 'letter.pdf',
        bytes: 1000,
        state: 'waiting',
        type: 'PDF',
        pages: 2,
        pagesRead: 0,
        from: { file: 'scans/uploads/x/1' },
      },
    ],
  });
}

const withPages = (request: WrittenRequest, pagesRead: number): WrittenRequest => ({
  ...request,
  version: request.version + 1,
  scans: request.scans!.map((scan) => ({ ...scan, pagesRead })),
});

/** Read to its end: the text has led to a member. */
const concluded = (request: WrittenRequest): WrittenRequest => ({
  ...withPages(request, 2),
  scans: withPages(request, 2).scans!.map((scan) => ({ ...scan, state: 'read' })),
  findings: [{ what: 'candidate', sentence: 'The user name "anna" on page 1 of "letter.pdf".', memberId: 'm1' }],
  history: [
    ...request.history,
    { number: 2, at: new Date().toISOString(), state: 'review', rule: 'scan-read', reason: 'Both pages were read.' },
  ],
});

const textOf = (page: number): PageText => ({
  page,
  text: page === 1 ? 'Remove.\nREMOVE FROM MARKETING MATERIALS\nanna' : 'Regards',
  source: 'ocr',
  width: 620,
  height: 877,
  marks:
    page === 1
      ? [{ what: 'phrase', words: 'REMOVE FROM MARKETING MATERIALS', x: 0.1, y: 0.1, width: 0.5, height: 0.05 }]
      : [],
});

/** A page of paper with these words, as a scanner gives it. */
async function pictureOf(page: Page, words: string): Promise<Buffer> {
  await page.setContent(`<main>${words}</main>`);
  return page.screenshot({ clip: { x: 0, y: 0, width: 620, height: 877 } });
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>(
    'axe.run(document).then((all) => all.violations)',
  );
  return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
