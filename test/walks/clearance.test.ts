import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from '../browser.ts';
import { type Desk, people, signIn, signInOn } from '../desk.ts';
import { apiOf, tokenOf } from '../functions/clearance/machines.ts';
import { type LocalStack, startLocalStack } from '../local-stack.ts';
import { type Walk, walkOn } from './walk.ts';

let stack: LocalStack;
let walk: Walk;
let marketing: Desk;
let requestId: string;
const file = join(tmpdir(), `assets-${process.pid}.csv`);

beforeAll(async () => {
  stack = await startLocalStack();
  walk = walkOn(stack);
  marketing = await signIn(stack, 'marketing');
  await walk.haveMembers(
    'm3,cid,Cid,cid@example.org,,,en,',
    'm1,ann,Ann <b>Example,ann@example.org,,,en,',
    'm2,bob,Bob Example,bob@example.org,,,en,',
  );
  await stack.send({
    ...{ from: 'ann@example.org', to: 'privacy@inwriting.example', messageId: '<ann@example.org>' },
    ...{ subject: 'REMOVE FROM MARKETING MATERIALS', text: 'x' },
  });
  requestId = (await walk.settled('<ann@example.org>')).requestId;
});
afterAll(async () => {
  await stack?.stop();
  rmSync(file, { force: true });
});

/** The browser of the npm package runs on Linux alone. */
const noBrowser = process.platform !== 'linux';

describe('a check that a program made', () => {
  let checkId: string;
  beforeAll(async () => {
    const subjects = ['member/m1', 'member/m2', 'member/nobody'].map((subject) => ({ subject }));
    const campaign = { name: 'Spring', contact: 'campaigns@site.example' };
    const answer = await apiOf(stack, await tokenOf(stack)).post('/check', { subjects, campaign });
    ({ checkId } = (await answer.json()) as { checkId: string });
  });

  test('is looked up at the desk by its id, as it was answered then', async () => {
    const found = await marketing(`/clearance/checks?id=+${checkId.toLowerCase()}`);
    expect(found.headers.get('location')).toBe(`/desk/clearance/checks/${checkId}`);
    const page = await (await marketing(`/clearance/checks/${checkId}`)).text();
    for (const words of ['Ann &lt;b&gt;Example', 'Bob Example', 'Unknown then', requestId, 'campaigns@site.example'])
      expect(page).toContain(words);
    expect(page).toContain('1 could be used then, 2 could not');
    const refused = await (await marketing(`/clearance/checks/${checkId}?only=refused`)).text();
    expect(refused).not.toContain('Bob Example');
  });

  test('leads officers to the requests, and marketing nowhere that it may not go', async () => {
    const officer = await signIn(stack, 'officer');
    const link = `href="/desk/requests/${requestId}"`;
    expect(await (await officer(`/clearance/checks/${checkId}`)).text()).toContain(link);
    expect(await (await marketing(`/clearance/checks/${checkId}`)).text()).not.toContain(link);
    expect((await (await signIn(stack, 'nobody'))(`/clearance/checks/${checkId}`)).status).toBe(403);
  });

  test('that never was is told so', async () => {
    for (const id of ['C-20261122-0000000000', 'x', '..%2F..%2Frequests']) {
      expect((await marketing(`/clearance/checks/${id}`)).status).toBe(404);
    }
    expect((await marketing('/clearance/checks?id=x')).status).toBe(400);
  });
});

describe('marketing', () => {
  test('begins at clearance, and asks there', async () => {
    expect((await marketing('')).headers.get('location')).toBe('/desk/clearance');
    const campaign = { campaign: 'Spring', contact: 'campaigns@site.example' };
    const body = new URLSearchParams({ subjects: 'm1, member/m2;\r\nm2', ...campaign });
    const answer = await marketing('/clearance', { method: 'POST', body });
    const path = answer.headers.get('location')!.replace('/desk', '');
    const page = await (await marketing(path)).text();
    expect(page).toContain('Mona Marketing');
    expect(page).toContain('campaigns@site.example');
    expect(page).toContain('1 could be used then, 1 could not');
  });

  test('sees beside an earlier answer what was blocked since, and that there are recalls', async () => {
    const body = new URLSearchParams({ subjects: 'm3', campaign: 'Spring', contact: 'campaigns@site.example' });
    const path = (await marketing('/clearance', { method: 'POST', body })).headers
      .get('location')!
      .replace('/desk', '');
    expect(await (await marketing(path)).text()).not.toContain('Now blocked');
    await stack.send({
      ...{ from: 'cid@example.org', to: 'privacy@inwriting.example', messageId: '<cid@example.org>' },
      ...{ subject: 'REMOVE FROM MARKETING MATERIALS', text: 'x' },
    });
    await walk.settled('<cid@example.org>');
    expect(await (await marketing(path)).text()).toMatch(/Now blocked since <time.*see <a href="\/desk\/recalls">/);
    expect(await (await marketing('/clearance')).text()).toContain('1 recall is open');
  });

  test.skipIf(noBrowser)('corrects a form and sends it with one press: nothing moves away under it', () =>
    inBrowser(async (page) => {
      await signInOn(page, stack, people.marketing.name, '/clearance');
      await page.locator('#subjects').fill('member/');
      await page.getByRole('button', { name: 'Ask', exact: true }).click();
      await page.getByRole('alert').waitFor();
      const button = page.getByRole('button', { name: 'Ask', exact: true });
      const before = await button.boundingBox();
      await page.locator('#subjects').fill('m2');
      await page.locator('#subjects').blur();
      expect(await button.boundingBox()).toEqual(before);
      await expectNoComplaint(page);
      await button.click();
      await page.getByText('1 could be used then, 0 could not').waitFor();
    }),
  );

  test.each([
    [{ subjects: 'member/m1 "><script>' }, 'is no subject'],
    [{ subjects: 'm1 member/ x/2' }, '&quot;member/&quot; and &quot;x/2&quot; are no subjects'],
    [{ subjects: '' }, 'There is nobody to ask about yet'],
    [{ subjects: 'member/m1', campaign: 'Spring' }, 'Give the mail address'],
    [{ subjects: 'member/m1', contact: 'a@b.example' }, 'A campaign has a name'],
    [{ subjects: Array.from({ length: 1001 }, (_, n) => n).join(' ') }, '1,001'],
  ])('is told what is wrong with %#, and keeps what was typed', async (fields, sentence) => {
    const answer = await marketing('/clearance', { method: 'POST', body: new URLSearchParams(fields as never) });
    const page = await answer.text();
    expect([answer.status, page.includes(sentence), page.includes('<script>')]).toEqual([400, true, false]);
  });

  test('starts nothing with an upload that is not ours, and gets a sentence for one that never came', async () => {
    const start = (upload: string) =>
      marketing('/clearance/files', { method: 'POST', body: new URLSearchParams({ upload, name: 'x.csv' }) });
    for (const key of ['', 'files/x', 'uploads/../jobs/x']) expect((await start(key)).status).toBe(400);
    const path = (await start(`uploads/${crypto.randomUUID()}`)).headers.get('location')!.replace('/desk', '');
    await expect.poll(async () => (await marketing(path)).text(), { timeout: 15_000 }).toContain('has not arrived');
  });

  test.skipIf(noBrowser)('has a file checked in the browser, and downloads it with its answers', () =>
    inBrowser(async (page, said) => {
      await signInOn(page, stack, people.marketing.name, '/clearance');
      await expectNoComplaint(page);
      const rows = Array.from({ length: 2500 }, (_, n) => `${n}.jpg,member/m${(n % 2) + 1}`);
      writeFileSync(file, `asset,subject\n${rows.join('\n')}\nbroken\n`);
      await page.getByLabel('CSV file').setInputFiles(file);
      await page.locator('#file-campaign').fill('Spring');
      await page.locator('#file-contact').fill('campaigns@site.example');
      await page.getByRole('button', { name: 'Check the file' }).click();
      const link = page.getByRole('link', { name: /^Download/ });
      await link.waitFor();
      await page.getByText('1,250 may be used, 1,250 may not, 1 could not be read').waitFor();
      await expectNoComplaint(page);
      const place = new URL(page.url()).pathname.replace('/desk', '');
      const answer = await fetch((await marketing(`${place}/file`)).headers.get('location')!);
      const lines = (await answer.text()).trim().split('\n');
      expect(lines).toHaveLength(2502);
      expect(lines[1]).toMatch(/^0\.jpg,member\/m1,false,blocked,/);
      expect(lines[2]).toMatch(/^1\.jpg,member\/m2,true,clear,/);
      expect(lines.at(-1)).toMatch(/^broken,,false,,,,"?line 2502: /);
      await page.goto(`${stack.addresses.http}/desk/clearance/checks/${lines[1]!.split(',').at(-1)}`);
      await page.getByText('lines 2 to 1001').waitFor();
      await expectNoComplaint(page);
      expect(said).toEqual([]);
    }),
  );
});

test.skipIf(noBrowser)('the description of the API can be read by everybody, without a token', () =>
  inBrowser(async (page, said) => {
    await page.goto(`${stack.addresses.http}/clearance`);
    await page.getByRole('heading', { name: 'Clearance', exact: true }).waitFor();
    await page.getByText('POST /clearance/check', { exact: true }).first().waitFor();
    for (const name of ['subjects', 'campaign', 'requestIds', 'insufficient-scope'])
      expect(await page.getByText(name, { exact: true }).count()).toBeGreaterThan(0);
    await expectNoComplaint(page);
    expect(said).toEqual([]);
  }),
);

async function inBrowser(look: (page: Page, said: string[]) => Promise<void>): Promise<void> {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    await look(page, said);
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
