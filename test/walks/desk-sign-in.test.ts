import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from '../browser.ts';
import { people, signInOn } from '../desk.ts';
import { type LocalStack, startLocalStack } from '../local-stack.ts';

/** How staff come to the desk and leave it. The browser of the npm package runs on Linux alone. */
describe.skipIf(process.platform !== 'linux')('staff at the door of the desk', () => {
  let stack: LocalStack;
  let browser: Browser | undefined;
  let complaints: string[];

  beforeAll(async () => {
    stack = await startLocalStack();
  });
  afterAll(() => stack?.stop());
  afterEach(async () => {
    await browser?.close();
    expect(complaints).toEqual([]);
  });

  test('a reviewer signs in by the keyboard, comes to the page asked for, and signs out for good', async () => {
    const page = await open({ width: 1280, height: 800 });
    await page.goto(`${stack.addresses.http}/desk/upload`);
    expect(await page.title()).toBe('Who signs in? – In Writing on this machine');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Rita Reviewer' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(`${stack.addresses.http}/desk/upload`);
    expect(await page.getByText('Rita Reviewer').first().isVisible()).toBe(true);
    const cookies = await page.context().cookies();
    expect(cookies.find(({ name }) => name === 'desk')).toMatchObject({
      httpOnly: true,
      sameSite: 'Lax',
      path: '/desk',
    });
    expect(await page.evaluate('document.cookie')).toBe('');

    await signOut(page);
    await page.getByRole('heading', { name: 'Who signs in?' }).waitFor();
    expect((await page.context().cookies()).filter(({ name }) => name === 'desk' || name === '_session')).toEqual([]);
    await page.goBack();
    await page.goto(`${stack.addresses.http}/desk`);
    await page.getByRole('heading', { name: 'Who signs in?' }).waitFor();
  });

  test('who has no role is told so on a page that has a way out, on a narrow dark screen too', async () => {
    const page = await open({ width: 360, height: 640 }, 'dark');
    await page.goto(`${stack.addresses.http}/desk`);
    expect(await violations(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.getByRole('button', { name: 'Nils Nobody' }).click();
    await page.getByText('You are signed in as Nils Nobody, without a role.').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expectAndForget('403');
    await signOut(page);
    await page.getByRole('button', { name: 'Otto Officer' }).click();
    await page.waitForURL(`${stack.addresses.http}/desk`);
    expect(await page.getByText('Otto Officer').first().isVisible()).toBe(true);
  });

  test('who cancels is told that nothing has changed, and can begin again', async () => {
    const page = await open({ width: 768, height: 1024 });
    await page.goto(`${stack.addresses.http}/desk/members`);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('The sign-in was cancelled, so nothing has changed.').waitFor();
    expect(await violations(page)).toEqual([]);
    expectAndForget('400');
    await page.getByRole('link', { name: 'Sign in again' }).click();
    await page.getByRole('button', { name: 'Rita Reviewer' }).click();
    await page.waitForURL(`${stack.addresses.http}/desk/members`);
  });

  test('a form on another site that posts to the desk is refused, and does not sign anybody out', async () => {
    const page = await open({ width: 768, height: 1024 });
    await signInOn(page, stack, people.reviewer.name);
    const { address, close } = await openEvilSite(`${stack.addresses.http}/desk/sign-out`);
    await page.goto(address);
    await page.getByRole('button').click();
    await page.getByText('It came from another site').waitFor();
    expectAndForget('403');
    await close();
    await page.goto(`${stack.addresses.http}/desk`);
    expect(await page.getByText('Rita Reviewer').first().isVisible()).toBe(true);
  });

  test('what was typed when the sign-in had ended is kept, and sent again after another sign-in', async () => {
    const page = await open({ width: 768, height: 1024 });
    await signInOn(page, stack, people.reviewer.name);
    await page.context().clearCookies();
    await page.evaluate(`
      const form = document.createElement('form');
      Object.assign(form, { method: 'post', action: '/desk/no-such-page', id: 'typed' });
      form.innerHTML = '<input name="words" value="my reasons"><button>Save</button>';
      document.querySelector('main').append(form);
    `);
    await page.locator('#typed button').click();
    await page.getByText('What you typed is kept on this page.').waitFor();
    expect(await page.locator('input[name=words]').inputValue()).toBe('my reasons');
    expect(await violations(page)).toEqual([]);
    expectAndForget('401');
    const [second] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('link', { name: 'sign in again in a new tab' }).click(),
    ]);
    await second.getByRole('button', { name: 'Rita Reviewer' }).click();
    await second.waitForURL(`${stack.addresses.http}/desk`);
    await page.getByRole('button', { name: 'Send again' }).click();
    // It was sent as Rita: nobody else is told that there is no such page.
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
    expectAndForget('404');
  });

  async function open(viewport: { width: number; height: number }, colorScheme: 'light' | 'dark' = 'light') {
    complaints = [];
    browser = await openBrowser();
    const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce' });
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
    return page;
  }

  /** A browser complains of each answer above 399; this one was meant. */
  function expectAndForget(status: string): void {
    expect(complaints.join()).toContain(status);
    complaints = complaints.filter((text) => !text.includes(status));
  }
});

/** The button may be in a menu on a narrow screen. */
async function signOut(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Sign out' });
  if (!(await button.isVisible())) await page.locator('summary').first().click();
  await button.click();
}

const overflow = (page: Page) => page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');

/** A page elsewhere: `localhost` is another site than 127.0.0.1. */
async function openEvilSite(action: string): Promise<{ address: string; close(): Promise<void> }> {
  const server: Server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(`<form method="post" action="${action}"><button>Win a prize</button></form>`);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((done) => server.close(() => done()));
  };
  return { address: `http://localhost:${(server.address() as AddressInfo).port}`, close };
}

interface Violation {
  id: string;
  nodes: { html: string }[];
}

async function violations(page: Page): Promise<string[]> {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(axe);
  const found = await page.evaluate<Violation[]>('axe.run().then((all) => all.violations)');
  return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
