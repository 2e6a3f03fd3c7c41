import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from '../browser.ts';
import { offersOf, tokenOf } from '../functions/clearance/machines.ts';
import { type LocalStack, startLocalStack, until } from '../local-stack.ts';
import { type Walk, walkOn } from './walk.ts';

let stack: LocalStack;
let walk: Walk;
let offers: ReturnType<typeof offersOf>;

/** As long as an id can be: 128 characters. */
const longId = `member-${'0123456789'.repeat(13)}`.slice(0, 128);

beforeAll(async () => {
  stack = await startLocalStack();
  walk = walkOn(stack);
  await walk.haveMembers(
    'm1,eve,Eve Example,eve@members.invalid,,,en,',
    'm2,gil,Gil Example,gil@members.invalid,,,en,',
    'm3,greta,Greta Groß,greta@members.invalid,,,de-AT,',
    'm4,tom,Tom Example,tom@members.invalid,,,en,',
    `${longId},lou,Lou Long,lou@members.invalid,,,en,`,
    'm6,may,May Example,may@members.invalid,,,en,',
  );
  offers = offersOf(stack, await tokenOf(stack));
});
afterAll(() => stack?.stop());

interface Links {
  allowed: boolean;
  url: string;
  mailto: string;
  headers: Record<string, string>;
}

const linksOf = async (member: string) => {
  const { results } = (await (await offers.links([member])).json()) as { results: Links[] };
  return results[0]!;
};

const isOff = async (memberId: string): Promise<boolean> =>
  Object.keys((await walk.optOut(`member/${memberId}`))?.scopes['marketing-email']?.blockedBy ?? {}).length > 0;

const requestsOf = async (memberId: string) =>
  (await walk.requests()).filter(({ who, channel }) => who === `member/${memberId}` && channel === 'other');

/** The example of RFC 8058 section 8.1, byte by byte, over a socket: no library adds a header, nor follows a redirect. */
async function oneClick(url: string, type: string, body: string): Promise<string> {
  const { hostname, port, pathname } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(
    [
      `POST ${pathname} HTTP/1.1`,
      `Host: ${hostname}:${port}`,
      `Content-Type: ${type}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
  return text(socket);
}

const multipart = [
  '--FormBoundaryjWmhtjORrn',
  'Content-Disposition: form-data; name="List-Unsubscribe"',
  '',
  'One-Click',
  '--FormBoundaryjWmhtjORrn--',
  '',
].join('\r\n');

test.each([
  ['m1', 'application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
  ['m2', 'multipart/form-data; boundary=FormBoundaryjWmhtjORrn', multipart],
])(
  'one raw POST as RFC 8058 writes it (%s, %s) stops marketing mail, and answers without redirect or cookie',
  async (memberId, type, body) => {
    const { url, allowed } = await linksOf(memberId);
    expect(allowed).toBe(true);
    const answer = await oneClick(url, type, body);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).not.toMatch(/^(location|set-cookie):/im);
    expect(answer).toContain('You get no more marketing mail');
    expect(await isOff(memberId)).toBe(true);
    expect((await linksOf(memberId)).allowed).toBe(false);

    const [request] = await requestsOf(memberId);
    expect(request).toMatchObject({ state: 'granted', decision: { rule: 'unsubscribe-one-click' } });
    expect(await evidence(request!.requestId)).toMatchObject({
      page: 'unsubscribe',
      sent: { body: 'List-Unsubscribe=One-Click', contentType: type.split(';')[0] },
    });
    // Nobody who asked for less mail gets one more.
    expect((await walk.deliveries()).filter(({ batch }) => batch === request!.requestId)).toEqual([]);

    const optOut = await walk.optOut(`member/${memberId}`);
    await Promise.all([oneClick(url, type, body), oneClick(url, type, body)]);
    expect(await walk.optOut(`member/${memberId}`)).toEqual(optOut);
    expect(await requestsOf(memberId)).toHaveLength(1);
  },
);

test('two clicks at once are one request, and no image is touched by it', async () => {
  const { url } = await linksOf('m4');
  const click = () => oneClick(url, 'application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click');
  for (const answer of await Promise.all([click(), click(), click()])) expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  expect(await requestsOf('m4')).toHaveLength(1);
  expect(Object.keys((await walk.optOut('member/m4'))!.scopes)).toEqual(['marketing-email']);
});

test('whoever opens the link changes nothing, and no other form does', async () => {
  const { url } = await linksOf('m6');
  const page = await fetch(url);
  expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect(await page.text()).not.toMatch(/May|@members/);
  expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
  for (const body of ['', 'List-Unsubscribe=', 'list-unsubscribe=one-click', 'x=1']) {
    expect((await fetch(url, { method: 'POST', body: new URLSearchParams(body) })).status).toBe(400);
  }
  expect((await fetch(url, { method: 'PUT' })).status).toBe(405);
  const forged = `${url.slice(0, -1)}${url.endsWith('0') ? '1' : '0'}`;
  expect(
    (await fetch(forged, { method: 'POST', body: new URLSearchParams('List-Unsubscribe=One-Click') })).status,
  ).toBe(404);
  // A token of another purpose.
  expect((await fetch(url.replace('/unsubscribe/', '/preferences/'))).status).toBe(404);
  expect((await fetch(url.replace('/unsubscribe/', '/confirm/'))).status).toBe(404);
  expect(await walk.optOut('member/m6')).toBeUndefined();
});

test.each([
  ['m6', 'may@members.invalid'],
  [longId, 'anybody@elsewhere.invalid'],
])('a mail to the unsubscribe address of %s stops marketing mail, whoever sends it', async (memberId, from) => {
  const { mailto, headers } = await linksOf(memberId);
  const to = decodeURIComponent(new URL(mailto).pathname);
  expect(Buffer.byteLength(to.split('@')[0]!)).toBeLessThanOrEqual(64);
  expect(headers['List-Unsubscribe']).toMatch(
    /^<http[^>]+>, <mailto:unsubscribe\+\w+@inwriting\.example\?subject=unsubscribe>$/,
  );
  expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
  const messageId = `<unsubscribe-${memberId.length}@members.invalid>`;
  await stack.send({ from, to: to.toUpperCase(), subject: 'unsubscribe', text: '', messageId });
  const request = await walk.settled(messageId);
  expect(request).toMatchObject({ state: 'granted', decision: { rule: 'unsubscribe-link' } });
  await until(() => isOff(memberId));
});

test('the link of the longest id works by itself', async () => {
  const { url } = await linksOf(longId);
  expect((await fetch(url)).status).toBe(200);
});

describe.skipIf(process.platform !== 'linux')('in a browser', () => {
  let browser: Browser | undefined;
  const complaints: string[] = [];
  afterEach(async () => {
    await browser?.close();
    expect(complaints).toEqual([]);
  });

  test("one button in the member's language stops the mail, and the page says what stopped", async () => {
    const { url } = await linksOf('m3');
    const page = await open(url);
    expect(await page.innerText('h1')).toBe('Keine Werbe-Mails mehr?');
    expect(await isOff('m3')).toBe(false);
    await page.getByRole('button', { name: 'Werbe-Mails abbestellen' }).click();
    expect(await page.innerText('h1')).toBe('Sie bekommen keine Werbe-Mails mehr');
    expect(page.url()).toBe(url);
    expect(await isOff('m3')).toBe(true);
    expect(await page.context().cookies()).toEqual([]);
    await page.getByRole('link', { name: 'Ihre Einstellungen' }).click();
    expect(page.url()).toBe(`${stack.addresses.http}/preferences`);
  });

  async function open(link: string): Promise<Page> {
    browser = await openBrowser();
    const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
    page.on('console', (line) => complaints.push(line.text()));
    await page.goto(link);
    return page;
  }
});

async function evidence(requestId: string) {
  const { Body } = await stack.s3.send(
    new GetObjectCommand({ Bucket: stack.outputs.EvidenceBucket, Key: `requests/${requestId}/choice.json` }),
  );
  return JSON.parse(await Body!.transformToString());
}
