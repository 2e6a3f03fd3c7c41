import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { simpleParser } from 'mailparser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from '../browser.ts';
import { type LocalStack, startLocalStack, until } from '../local-stack.ts';
import { type Confirming, confirmingOn } from './confirming.ts';
import { type Walk, walkOn } from './walk.ts';

let stack: LocalStack;
let walk: Walk;
let confirming: Confirming;

beforeAll(async () => {
  stack = await startLocalStack();
  walk = walkOn(stack);
  confirming = confirmingOn(stack);
  await walk.haveMembers(
    'm1,eve,Eve Example,eve@members.invalid,eve@work.invalid,gardeners,en,',
    'm2,nan,Nan Example,nan@members.invalid,,,en,',
    'm3,greta,Greta Groß,greta@members.invalid,,,de-AT,',
    'm4,log,Log Example,log@members.invalid,,,en,',
    'm5,kay,Kay Example,kay@members.invalid,,,en,',
    's1,sam,Sam Shared,sam@members.invalid,both@members.invalid,cyclists,en,',
    's2,sue,Sue Shared,sue@members.invalid,both@members.invalid,cyclists,en,',
  );
});
afterAll(() => stack?.stop());

describe.skipIf(process.platform !== 'linux')('in a browser', () => {
  let browser: Browser | undefined;
  const complaints: string[] = [];
  afterEach(async () => {
    await browser?.close();
    expect(complaints).toEqual([]);
  });

  test('Yes blocks what was held, closes the request, and the primary address hears of it', async () => {
    const { request, link } = await confirming.ask('eve@work.invalid', 'eve@members.invalid');
    const { requestId } = request;
    const page = await open(link);
    expect(await page.innerText('main')).toMatch(/Eve Example.*Pages of the community gardeners/s);
    await page.getByRole('button', { name: 'Yes, that was me' }).click();
    expect(await page.innerText('h1')).toBe('Thank you. Your images stay out of our marketing.');
    expect(await page.innerText('main')).toContain(requestId);
    expect(page.url()).toBe(link);

    const blocked = { blockedBy: [requestId], holds: [] };
    expect(await confirming.reasons('member/m1')).toEqual(blocked);
    expect(await confirming.reasons('community/gardeners', 'header-graphic')).toEqual(blocked);
    expect(await confirming.reasons('community/gardeners', 'pages')).toEqual(blocked);
    const after = await confirming.requestOf(requestId);
    expect(after).toMatchObject({ state: 'granted', confirmations: { m1: 'yes' } });
    expect(after.open).toBeUndefined();
    expect(after.history.at(-1)).toMatchObject({ state: 'granted', rule: 'confirmed-1' });
    expect(await evidenceOf(requestId)).toContainEqual(expect.stringMatching(/^history.\d{4}-confirmed-1\.json$/));
    const { text } = await confirming.mailTo('eve@members.invalid', 'Done: your images are out of our marketing');
    expect(text).toContain('the pages of the community gardeners');
  });

  test('No releases the hold of this request and of no other, and staff hear of it', async () => {
    const { request, link } = await confirming.ask('nan@members.invalid');
    const other = await walk.settled(await confirming.send('nan@members.invalid'));
    const page = await open(link);
    await page.getByRole('button', { name: 'No, that was not me' }).click();
    expect(await page.innerText('h1')).toBe('Thank you. We have dropped this request.');
    expect(await page.innerText('main')).toContain('Not used in marketing while a request is open');

    expect(await confirming.reasons('member/m2')).toEqual({ blockedBy: [], holds: [other.requestId] });
    const [declined, untouched] = [
      await confirming.requestOf(request.requestId),
      await confirming.requestOf(other.requestId),
    ];
    expect(declined).toMatchObject({ state: 'declined', confirmations: { m2: 'no' } });
    expect(untouched).toMatchObject({ state: 'held', confirmations: {} });
    const { subject } = await confirming.mailTo('privacy-team@site.example', request.requestId);
    expect(subject).toContain('that was not me');
  });

  test("the page is in the member's language, and nothing of it comes from elsewhere", async () => {
    const page = await open((await confirming.ask('greta@members.invalid')).link);
    expect(await page.getAttribute('html', 'lang')).toBe('de');
    await page.getByRole('button', { name: 'Ja, das war ich' }).click();
    expect(await page.innerText('h1')).toBe('Danke. Ihre Bilder bleiben aus unserer Werbung heraus.');
    expect(await page.evaluate('performance.getEntriesByType("resource").length')).toBe(0);
    expect(await page.context().cookies()).toEqual([]);
  });

  async function open(link: string): Promise<Page> {
    browser = await openBrowser();
    const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
    page.on('console', (line) => complaints.push(line.text()));
    await page.goto(link);
    return page;
  }
});

test('people who share an address are asked each, and each answer counts for their own images', async () => {
  const { requestOf, reasons, linkTo, answer } = confirming;
  const { requestId } = await walk.settled(await confirming.send('both@members.invalid'));
  const [sam, sue] = [await linkTo('sam@members.invalid'), await linkTo('sue@members.invalid')];

  await answer(sam, 'no');
  expect(await requestOf(requestId)).toMatchObject({ state: 'held', confirmations: { s1: 'no' } });
  expect(await reasons('member/s1')).toEqual({ blockedBy: [], holds: [] });
  expect(await reasons('member/s2')).toEqual({ blockedBy: [], holds: [requestId] });
  // What both manage is not one's to release while the other has yet to answer.
  expect(await reasons('community/cyclists', 'pages')).toEqual({ blockedBy: [], holds: [requestId] });

  await answer(sue, 'yes');
  expect(await requestOf(requestId)).toMatchObject({ state: 'granted', confirmations: { s1: 'no', s2: 'yes' } });
  expect(await reasons('member/s1')).toEqual({ blockedBy: [], holds: [] });
  expect(await reasons('member/s2')).toEqual({ blockedBy: [requestId], holds: [] });
  expect(await reasons('community/cyclists', 'pages')).toEqual({ blockedBy: [requestId], holds: [] });
  await confirming.mailTo('sue@members.invalid', 'Done: your images');
});

test('no page shows an address of a member, and no log line holds a token or a path', async () => {
  const { link } = await confirming.ask('log@members.invalid');
  const look = async () => (await fetch(link)).text();
  for (const page of [await look(), await confirming.answer(link, 'yes'), await look()]) {
    expect(page).not.toContain('@members.invalid');
  }
  const lines = await until(() => {
    const found = stack.trace.recent().filter((event) => event.kind === 'log' && event.from === 'public-site');
    const text = JSON.stringify(found);
    return text.includes('m4') && text;
  });
  expect(lines).not.toMatch(/\/confirm|@/);
  expect(lines).not.toContain(link.slice(link.lastIndexOf('/') + 1));
});

test('whoever reads the record finds the letter, but no link with which to answer in the place of the member', async () => {
  const { request, link } = await confirming.ask('kay@members.invalid');
  const name = await until(async () =>
    (await evidenceOf(request.requestId)).find((found) => /^answers\/.+\.eml$/.test(found)),
  );
  const Key = `requests/${request.requestId}/${name}`;
  const { Body } = await stack.s3.send(new GetObjectCommand({ Bucket: stack.outputs.EvidenceBucket, Key }));
  const bytes = Buffer.from(await Body!.transformToByteArray());
  const kept = await simpleParser(bytes);
  const sent = await confirming.mailTo('kay@members.invalid', '/confirm/');
  const token = link.slice(link.lastIndexOf('/') + 1);
  const without = (text: string) => text.replaceAll(token, '[token kept from the record]');
  expect(kept.text).toBe(without(sent.text!));
  expect(kept.html).toBe(without(sent.html as string));
  expect(bytes.toString().replace(/=\r?\n/g, '')).not.toContain(token);
});

async function evidenceOf(requestId: string): Promise<string[]> {
  const Prefix = `requests/${requestId}/`;
  const { Contents } = await stack.s3.send(new ListObjectsV2Command({ Bucket: stack.outputs.EvidenceBucket, Prefix }));
  return Contents!.map(({ Key }) => Key!.slice(Prefix.length));
}
