import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from '../browser.ts';
import { type LocalStack, startLocalStack, until } from '../local-stack.ts';
import { walkOn } from './walk.ts';

/** The page as a newcomer uses it. The browser of the npm package runs on Linux alone. */
describe.skipIf(process.platform !== 'linux')('the page of the local stack', () => {
  let stack: LocalStack;
  let browser: Browser | undefined;
  let complaints: string[];

  beforeAll(async () => {
    stack = await startLocalStack();
    await walkOn(stack).haveMembers(...demoMembers());
  });
  afterAll(() => stack?.stop());
  afterEach(async () => {
    await browser?.close();
    expect(complaints).toEqual([]);
  });

  test('one press of Send shows the path, the decisions, the flag and the answer, by keyboard and aloud', async () => {
    const page = await open({ width: 1440, height: 900 });
    expect(await violations(page)).toEqual([]);
    await page.focus('#text');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');

    await reached(page, 'answer');
    const story = await page.innerText('#milestones');
    expect(story).toContain('inbound-mail decided: granted');
    expect(story).toContain('phrase-from-member');
    // What became of the answer is told a little later. This mail has no scan.
    const waiting = page.locator('.box:not([data-state=passed])', { hasNotText: /scan/ });
    await until(async () => (await waiting.count()) === 0);
    expect(await page.innerText('#call-list')).toMatch(
      /inbound-mail dynamodb:PutItem on opt-outs\s+allowed: ".+" allows it/,
    );
    expect(await page.innerText('#flag-rows')).toMatch(/member\/1001 new\s+profile-images\s+blockedBy W-/);
    expect(await page.innerText('#messages')).toContain('anna.weber@example.org');
    expect(await page.frameLocator('iframe').locator('body').innerText()).toContain('Hello Anna Weber');
    expect(await page.textContent('#announcements')).toContain('The answer is in the mailbox');
    expect(await violations(page)).toEqual([]);
  });

  test('the mail is also there as text, headers and raw, by the arrow keys', async () => {
    const page = await open({ width: 1440, height: 900 });
    await page.focus('[role=tab][aria-selected=true]');
    await page.keyboard.press('ArrowRight');
    expect(await page.innerText('[role=tabpanel]')).toContain('Hello Anna Weber');
    await page.keyboard.press('ArrowRight');
    expect(await page.innerText('[role=tabpanel]')).toContain('Auto-Submitted: auto-replied');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tabpanel').getByText('MIME-Version').waitFor();
  });

  test('on a narrow dark screen nothing is cut off, and what cannot be sent stays typed', async () => {
    const page = await open({ width: 360, height: 640 }, 'dark');
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await page.fill('#to', 'nobody@inwriting.example');
    await page.click('#compose button');
    await page.waitForSelector('#compose-error:not(:empty)');
    expect(await page.innerText('#compose-error')).toContain('The SMTP server refused the mail: 550');
    expect(await page.inputValue('#to')).toBe('nobody@inwriting.example');
    complaints = complaints.filter((text) => !text.includes('422'));
  });

  test('the typed mail replayed with a failed DMARC verdict becomes a hold', async () => {
    const page = await open({ width: 768, height: 1024 });
    await page.fill('#from', 'jane.doe@example.com');
    await page.click('#replay-details summary');
    await page.selectOption('#verdict-dmarc', 'FAIL');
    expect(await violations(page)).toEqual([]);
    await page.click('#replay button');
    await reached(page, 'answer');
    expect(await page.innerText('#milestones')).toContain('decided: held');
    expect(await page.innerText('#flag-rows')).toMatch(/member\/1002 new\s+profile-images\s+holds W-/);
  });

  test('what the clock runs is run by a button, and says so', async () => {
    const page = await open({ width: 360, height: 640 });
    await page.click('#schedules-details summary');
    await page.click('#schedules button');
    await page.waitForSelector('#schedules-done:not(:empty)');
    expect(await page.innerText('#schedules-done')).toContain('deadlines ran.');
    expect(await page.innerText('#call-list')).toContain('scheduler.amazonaws.com lambda:InvokeFunction');
    expect(await violations(page)).toEqual([]);
  });

  async function open(viewport: { width: number; height: number }, colorScheme: 'light' | 'dark' = 'light') {
    complaints = [];
    browser = await openBrowser();
    const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce' });
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
    await page.goto(`${stack.addresses.http}/_local/`);
    await page.waitForSelector('#connection[data-state=open]');
    return page;
  }
});

const reached = (page: Page, milestone: 'answer') =>
  page.waitForSelector(`#milestones [data-milestone=${milestone}][data-state]`, { timeout: 20_000 });

interface Violation {
  id: string;
  nodes: { html: string }[];
}

/** What axe-core finds on the page itself; the frame of a mail is somebody else's document. */
async function violations(page: Page): Promise<string[]> {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(axe);
  const found = await page.evaluate<Violation[]>('axe.run(document, { iframes: false }).then((all) => all.violations)');
  return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

function demoMembers(): string[] {
  const file = join(import.meta.dirname, '../../infra/commands/demo-directory.csv');
  return readFileSync(file, 'utf8').trim().split('\n').slice(1);
}
