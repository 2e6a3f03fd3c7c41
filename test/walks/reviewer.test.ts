import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from '../browser.ts';
import { signInOn } from '../desk.ts';
import { type LocalStack, startLocalStack } from '../local-stack.ts';
import { faxTiff } from '../scans.ts';
import { confirmingOn } from './confirming.ts';
import { type Walk, walkOn } from './walk.ts';

/** The whole work of a reviewer on one fax, on the real reader, in a real browser. It runs on Linux alone. */
describe.skipIf(process.platform !== 'linux')('a reviewer deals with a fax', () => {
  let stack: LocalStack;
  let walk: Walk;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    stack = await startLocalStack();
    walk = walkOn(stack);
    await walk.haveMembers('m1,anna,Anna Weber,anna@members.invalid,,gardeners,en,');
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  test('from the upload to the dossier', { timeout: 90_000 }, async () => {
    await signInOn(page, stack, 'Rita Reviewer', '/upload');
    await page
      .getByLabel('Choose files')
      .setInputFiles({ name: 'fax.tif', mimeType: 'image/tiff', buffer: await fax() });
    await page.getByText('The file has arrived.').waitFor();
    await page.getByLabel('A fax on paper').check();
    await page.getByRole('button', { name: 'Take it in' }).click();
    await page.waitForURL('**/desk/requests/W-*');
    const requestId = page.url().split('/').at(-1)!.slice(0, 21);

    // Read, matched and held, without a person and without a reload.
    await page.locator('.page-list li').nth(2).waitFor({ timeout: 40_000 });
    await page.locator('.member-choice').first().waitFor({ timeout: 40_000 });
    expect(await page.locator('.member-choice').first().innerText()).toContain('The user name "anna" on page 2');
    await page.locator('.stage').focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText('Page 2 of 3').waitFor();
    expect(await page.locator('#page-text mark').first().innerText()).toMatch(/REMOVE FROM MARKETING MATERIALS/i);
    expect(await clearance()).toEqual({ holds: [requestId], blockedBy: [] });

    await page.keyboard.press('g');
    await page.getByRole('button', { name: 'Grant: block these images' }).click();
    await page.getByText('Granted: blocked from now on are the images of the profile page of Anna Weber').waitFor();
    expect(await clearance()).toEqual({ holds: [], blockedBy: [requestId] });
    const { text } = await confirmingOn(stack).mailTo('anna@members.invalid', requestId);
    expect(text).toContain('images of your profile page');
    expect(await page.innerText('#history')).toMatch(/Rita Reviewer/);

    await page.getByRole('button', { name: 'Dossier' }).click();
    await page.waitForURL('**/desk/exports/*');
    const link = page.getByRole('link', { name: /download/i });
    await link.waitFor({ timeout: 30_000 });
    const download = page.waitForEvent('download');
    await link.click();
    expect((await download).suggestedFilename()).toContain(requestId);
    expect(complaints).toEqual([]);
  });

  const clearance = async () => {
    const { holds, blockedBy } = (await walk.optOut('member/m1'))!.scopes['profile-images'];
    return { holds: Object.keys(holds), blockedBy: Object.keys(blockedBy) };
  };
});

const fax = (): Promise<Buffer> =>
  faxTiff({
    resolution: 'fine',
    pages: [
      ['FAX', 'To: Example Community, Privacy', 'From: Anna Weber', 'Pages: 3'],
      ['Dear team,', 'REMOVE FROM MARKETING MATERIALS', 'My profile: http://site.example/profile/anna', 'Thank you'],
      ['Anna Weber', 'Berlin'],
    ],
  });
