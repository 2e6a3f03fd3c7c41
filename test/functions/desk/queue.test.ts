import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { trayOf, type WrittenRequest } from '../../../shared/requests/request.ts';
import { type Desk, signIn } from '../../desk.ts';
import { type LocalStack, startLocalStack } from '../../local-stack.ts';
import { walkOn } from '../../walks/walk.ts';
import { inDays, sampleRequest } from './sample-desk.ts';

let stack: LocalStack;
let desk: Desk;
const look = async (path: string, init?: RequestInit) => (await desk(path, init)).text();

beforeAll(async () => {
  stack = await startLocalStack();
  desk = await signIn(stack, 'reviewer');
  await walkOn(stack).haveMembers('1001,anna.weber,Anna <i>Weber</i>,anna@members.example,,gardeners,en,');
});
afterAll(() => stack?.stop());

test('an empty tray says why, and what to do', async () => {
  expect(await look('')).toMatch(/Nothing waits for a decision.*<a class="button" href="\/desk\/upload">/s);
  expect(await look('?tray=held')).toContain('No member is being asked');
  expect(await look('?tray=no-such-tray')).toContain('Nothing waits for a decision');
});

test('each tray holds what waits in it, the first due first, and the tabs count', async () => {
  await put({ summary: { subject: 'Due later', memberIds: [] }, dueAt: inDays(9) });
  await put({ summary: { subject: 'Due first <b>', memberIds: [] }, dueAt: inDays(-2), who: 'member/1001' });
  await put({ summary: { subject: 'Spam', memberIds: [] }, decision: { ...sampleRequest().decision, last: true } });
  await put({ summary: { subject: 'Asked back', memberIds: [] }, pausedAt: inDays(-1) });
  await put({ summary: { subject: 'Held', memberIds: [] }, state: 'held' });
  await put({ summary: { subject: 'Bad virus', memberIds: [] }, state: 'quarantined' });
  await put({ summary: { subject: 'Long done', memberIds: [] }, state: 'granted' });
  const page = await look('');
  expect(subjects(page)).toEqual(['Due first &lt;b&gt;', 'Due later']);
  expect(page).toMatch(/Anna &lt;i&gt;Weber&lt;\/i&gt;.*overdue by 1 day/s);
  expect(page.match(/<span class="count[^"]*">(\d+)/g)!.map((count) => count.at(-1))).toEqual([...'211111']);
  expect(subjects(await look('?tray=due'))).toEqual(['Due first &lt;b&gt;']);
  expect(subjects(await look('?tray=spam'))).toEqual(['Spam']);
  expect(await look('?tray=asked')).toMatch(/Asked back.*asked on/s);
  expect(subjects(await look('?tray=held'))).toEqual(['Held']);
  expect(subjects(await look('?tray=quarantined'))).toEqual(['Bad virus']);
});

test('a request is opened with the tray that it was opened from', async () => {
  expect(await look('?tray=held')).toMatch(/href="\/desk\/requests\/W-[\d-]+\?tray=held"/);
});

test('a filter keeps to one way of coming, and its empty list leads to the whole tray', async () => {
  await put({ summary: { subject: 'By fax', memberIds: [] }, channel: 'fax', dueAt: inDays(1) });
  expect(subjects(await look('?tray=review&channel=fax'))).toEqual(['Fax']);
  expect(await look('?tray=review&channel=other')).toMatch(/nothing that came this way.*href="\/desk\?tray=review"/s);
  expect(subjects(await look('?tray=review&channel=toString'))).toHaveLength(3);
});

test('a long tray is read page by page at addresses that stay, and a cursor of ours alone is followed', async () => {
  await Promise.all(
    Array.from({ length: 60 }, (_, index) =>
      put({ state: 'held', summary: { subject: `Held ${index}`, memberIds: [] }, dueAt: inDays(20 + index) }),
    ),
  );
  const first = await look('?tray=held');
  expect(subjects(first)).toHaveLength(50);
  const [, next] = /href="\/desk([^"]*after=[^"]*)"/.exec(first)!;
  const second = await look(next!.replaceAll('&amp;', '&'));
  expect(subjects(second).at(-1)).toBe('Held 59');
  expect(new Set([...subjects(first), ...subjects(second)]).size).toBe(61);
  expect(second).toContain('To the beginning');
  expect((await desk('?tray=held&after=%27%3B--')).status).toBe(200);
});

test('what people closed within a week is found again, the newest first, by all or by oneself', async () => {
  const closed = (subject: string, days: number, by: string) => {
    const decidedAt = inDays(-days);
    const step = { number: 2, at: decidedAt, state: 'declined', rule: 'declined', reason: 'No.' } as const;
    const history = [{ ...step, by: { id: by, name: by } }];
    const decided = { decidedAt, decidedOn: decidedAt.slice(0, 10) };
    return put({ state: 'declined', summary: { subject, memberIds: [] }, history, ...decided });
  };
  expect(await look('/decided')).toContain('Nothing was decided lately');
  await closed('Yesterday', 1, 'rita.reviewer');
  await closed('Three days ago', 3, 'otto.officer');
  await closed('A month ago', 30, 'otto.officer');
  expect(subjects(await look('/decided'))).toEqual(['Yesterday', 'Three days ago']);
  expect(subjects(await look('/decided?by=me'))).toEqual(['Yesterday']);
  await Promise.all(Array.from({ length: 55 }, (_, index) => closed(`Many ${index}`, 2, 'otto.officer')));
  const first = await look('/decided');
  expect(subjects(first)).toHaveLength(50);
  const [, next] = /href="\/desk(\/decided[^"]*after=[^"]*)"/.exec(first)!;
  const second = subjects(await look(next!.replaceAll('&amp;', '&')));
  expect(new Set([...subjects(first), ...second]).size).toBe(57);
  expect(second.at(-1)).toBe('Three days ago');
  expect(await look('/decided?after=nonsense')).toContain('Yesterday');
});

test('the fresh parts hold the tabs and the list alone', async () => {
  const parts = await look('?tray=review', { headers: { 'hx-request': 'true' } });
  expect(parts).not.toContain('<html');
  expect(parts).toMatch(/^<nav[^>]*id="trays" hx-swap-oob="outerMorph".*<div id="fresh" hx-swap-oob="innerHTML">/s);
});

test('a search finds a request by its id however it is written, and goes straight to it', async () => {
  const { requestId } = await put({ requestId: 'W-1A2B-3C4D-5E6F-7G8H', state: 'granted' });
  for (const written of [requestId, '1a2b3c4d5e6f7g8h', ' w-iA2B 3c4d 5e6f 7g8h ']) {
    const answer = await desk(`/search?q=${encodeURIComponent(written)}`);
    expect([answer.status, answer.headers.get('location')]).toEqual([302, `/desk/requests/${requestId}`]);
  }
});

test('a search finds people by name, handle and address, and what they wrote', async () => {
  for (const text of ['@ANNA.weber', 'anna@members.example', '1001']) {
    const page = await look(`/search?q=${encodeURIComponent(text)}`);
    expect(page).toMatch(/href="\/desk\/members\/1001".*Due first/s);
  }
  expect(await look('/search?q=%3Cscript%3E')).toMatch(/Search: &lt;script&gt;.*Nothing was found/s);
  expect(await look('/search')).toContain('What are you looking for?');
});

test('a page goes out compressed, and all that a first visit loads has less than 60 KB', async () => {
  const page = await desk('', { headers: { 'accept-encoding': 'gzip', 'sec-fetch-dest': 'document' } });
  expect(page.headers.get('content-encoding')).toBe('gzip');
  const html = await page.text();
  const files = [...html.matchAll(/(?:src|href)="(\/desk\/assets\/[^"]+)"/g)].map(([, path]) => path!);
  expect(files.length).toBeGreaterThanOrEqual(5);
  const sizes = await Promise.all(
    ['/desk', ...files].map(async (path) => {
      const answer = await desk(path.slice('/desk'.length), { method: 'GET', headers: { 'accept-encoding': 'gzip' } });
      expect(answer.headers.get('content-encoding')).toBe('gzip');
      return Number(answer.headers.get('content-length'));
    }),
  );
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(60_000);
});

async function put(given: Partial<WrittenRequest>): Promise<WrittenRequest> {
  const request = sampleRequest(given);
  const open = trayOf(request);
  const { dueAt, ...rest } = request;
  const Item = open ? { ...rest, dueAt, open } : rest;
  await stack.dynamodb.send(new PutCommand({ TableName: stack.outputs.RequestsTable, Item }));
  return request;
}

const subjects = (page: string) => [...page.matchAll(/<span class="subject">(.*?)<\/span>/g)].map(([, text]) => text);
