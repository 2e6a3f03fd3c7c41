import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { askDesk, type Desk, signIn } from '../../desk.ts';
import { type LocalStack, startLocalStack } from '../../local-stack.ts';
import { walkOn } from '../../walks/walk.ts';

const members = [
  '1001,anna.weber,Anna Weber,anna.weber@example.org,,,en,2021-03-04T00:00:00Z',
  '1002,bo,Anna Weber,bo@example.org,shared@example.org,,en,2021-03-04T00:00:00Z',
  '1003,cy,Cy,cy@example.org,shared@example.org,,en,2021-03-04T00:00:00Z',
];
const nonce = () => crypto.randomUUID();
const today = new Date().toISOString().slice(0, 10);

let stack: LocalStack;
let desk: Desk;
let walk: ReturnType<typeof walkOn>;
beforeAll(async () => {
  stack = await startLocalStack();
  desk = await signIn(stack, 'reviewer');
  walk = walkOn(stack);
  await walk.haveMembers(...members);
});
afterAll(() => stack?.stop());

describe('a permit', () => {
  const ask = (offer: object, as = desk) =>
    as('/upload/permits', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sec-fetch-dest': 'empty', 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify(offer),
    });

  it('lets the browser post one file of that type, and each file has a key of its own', async () => {
    const id = nonce();
    const offer = { nonce: id, name: 'fax.tif', size: 3, type: 'image/tiff' };
    const permits = await Promise.all([ask(offer), ask(offer)].map(async (answer) => permitIn(await answer)));
    expect(permits[0]!.key).toMatch(new RegExp(`^scans/uploads/${id}/[\\w-]{36}$`));
    expect(permits[1]!.key).not.toBe(permits[0]!.key);
    expect((await post(permits[0]!, 'II*')).status).toBe(204);
    expect(await (await post(permits[1]!, '')).text()).toContain('EntityTooSmall');
  });

  it.each([
    ['a Word file', { name: 'a.docx', size: 3, type: 'application/msword' }, 'is no PDF, TIFF'],
    ['41 MB', { name: 'a.pdf', size: 41 * 1024 ** 2, type: 'application/pdf' }, 'has 41 MB'],
    ['0 bytes', { name: 'a.pdf', size: 0, type: 'application/pdf' }, 'is empty'],
    ['no name', { size: 3, type: '' }, 'not understood'],
    ['a nonce that is none', { nonce: '../../x', name: 'a.pdf', size: 3, type: '' }, 'not understood'],
  ])('is refused for %s, in a sentence', async (_, offer, sentence) => {
    const answer = await ask({ nonce: nonce(), ...offer });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'application/problem+json']);
    expect(await answer.json()).toMatchObject({ detail: expect.stringContaining(sentence) });
  });

  it('is given to nobody whose sign-in has ended', async () => {
    const answer = await ask({ nonce: nonce(), name: 'a.pdf', size: 3, type: '' }, (path, init) =>
      askDesk(stack, path, init),
    );
    expect(answer.status).toBe(401);
  });
});

test('the page says how to switch on what it needs, and brings a new nonce each time', async () => {
  const pages = await Promise.all([desk('/upload'), desk('/upload')].map(async (answer) => (await answer).text()));
  expect(pages[0]).toContain('<noscript><p class="notice warn">Uploading needs JavaScript');
  const nonces = pages.map((page) => /name="nonce" value="([\w-]+)"/.exec(page)?.[1]);
  expect(new Set(nonces).size).toBe(2);
  expect(pages[0]).not.toMatch(/ style=| onclick=|<style|<script>/);
});

describe('a form', () => {
  it('becomes one request with its files in their order, the postmark as its date, and who said so', async () => {
    const id = nonce();
    const files = [await put(id, 'page 2.tif'), await put(id, 'page 1.tif')];
    const answer = await send(id, files, {
      channel: 'fax',
      writtenOn: '2026-11-02',
      who: 'A. Weber',
      words: 'Two pages.',
    });
    expect(answer.status).toBe(303);
    const request = await requestAt(answer);
    expect(request).toMatchObject({
      channel: 'fax',
      receivedAt: '2026-11-02T12:00:00.000Z',
      scans: [{ name: 'page 2.tif' }, { name: 'page 1.tif' }],
      decision: { by: { name: 'Rita Reviewer' }, words: 'From A. Weber\nTwo pages.' },
    });
  });

  it('sent twice, in whatever order and on whatever day, is one request; from a second tab it is another', async () => {
    const id = nonce();
    const files = [await put(id, 'a.tif'), await put(id, 'b.tif')];
    const first = await send(id, files);
    const again = await send(id, files.toReversed(), { writtenOn: '2026-11-02' });
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    const other = await send(id, [await put(id, 'c.tif')]);
    expect(other.headers.get('location')).not.toBe(first.headers.get('location'));
  });

  it('whose files are letters of their own becomes a request for each, on a page that leads to them', async () => {
    const id = nonce();
    const files = [await put(id, 'one.tif'), await put(id, '"two" & three.tif')];
    const answer = await send(id, files, { arrangement: 'apart' });
    const location = answer.headers.get('location')!;
    expect(location).toMatch(/^\/desk\/upload\/taken\?id=W-.+&id=W-.+$/);
    const page = await (await desk(location.replace('/desk', ''))).text();
    expect(page).toContain('2 letters were taken in');
    expect(page).toContain('&quot;two&quot; &amp; three.tif</a>');
    expect((await send(id, files, { arrangement: 'apart' })).headers.get('location')).toBe(location);
  });

  it.each([
    ['the handle', '@Anna.Weber', 'hold'],
    ['the address', 'ANNA.weber@example.org', 'hold'],
    ['a name that two members have', 'Anna Weber', undefined],
    ['an address that two members share', 'shared@example.org', undefined],
  ])('with %s of a member: %s, hold at once: %s', async (_, who, state) => {
    const id = nonce();
    const request = await requestAt(await send(id, [await put(id, 'a.tif')], { who }));
    expect(request?.decision.effects[0]?.effect).toBe(state);
    expect(request?.summary.memberIds).toEqual(state ? ['1001'] : []);
  });

  it('with faults comes back as it was filled in, with its files and a sentence at each field', async () => {
    const id = nonce();
    const file = await put(id, '<b>"a".tif');
    const typed = { channel: 'pigeon', writtenOn: '2999-01-01', who: '"Åsa" <x>', words: 'Keep\n</textarea> this' };
    const answer = await send(id, [file], { ...typed, arrangement: 'apart' });
    const page = await answer.text();
    expect(answer.status).toBe(400);
    expect(page).toContain('href="#channel">Say how it came');
    expect(page).toContain('id="writtenOn-fault">2999-01-01 has not come yet');
    expect(page).toContain('name="who" value="&quot;Åsa&quot; &lt;x&gt;"');
    expect(page).toContain('Keep\n&lt;/textarea&gt; this</textarea>');
    expect(page).toContain(`name="nonce" value="${id}"`);
    expect(page).toMatch(/value="apart" checked/);
    const kept = /name="file" value="([^"]+)"/.exec(page)![1]!;
    expect(JSON.parse(unescaped(kept))).toEqual(file);
  });

  it('with a file that did not arrive says which one, and keeps the others', async () => {
    const id = nonce();
    const here = await put(id, 'here.tif');
    const answer = await send(id, [here, { ...here, key: `${here.key}x`, name: 'gone.tif' }]);
    const page = await answer.text();
    expect(answer.status).toBe(400);
    expect(page).toContain('&quot;gone.tif&quot; did not arrive: upload it again.');
    expect(page).toContain('here.tif');
  });

  it('after the sign-in has ended can be sent again from the page that says so', async () => {
    const id = nonce();
    const body = formOf(id, [await put(id, 'a.tif')], { words: 'typed' });
    const answer = await askDesk(stack, '/upload', { method: 'POST', body });
    const page = await answer.text();
    expect(answer.status).toBe(401);
    expect(page).toContain('name="words" value="typed"');
    const fields = page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g);
    const again = new URLSearchParams();
    for (const [, name, value] of fields) again.append(name!, unescaped(value!));
    expect((await desk('/upload', { method: 'POST', body: again })).status).toBe(303);
  });
});

interface Uploaded {
  key: string;
  name: string;
  bytes: number;
}

async function put(id: string, name: string): Promise<Uploaded> {
  const key = `scans/uploads/${id}/${crypto.randomUUID()}`;
  await stack.s3.send(new PutObjectCommand({ Bucket: scans(), Key: key, Body: 'II*\0', ContentType: 'image/tiff' }));
  return { key, name, bytes: 4 };
}

const scans = () => stack.plan.buckets.find(({ name }) => name.endsWith('scan-intake-scans'))!.name;

function formOf(id: string, files: Uploaded[], fields: Record<string, string> = {}): URLSearchParams {
  const form = new URLSearchParams({ nonce: id, channel: 'letter', writtenOn: today, ...fields });
  for (const file of files) form.append('file', JSON.stringify(file));
  return form;
}

const send = (id: string, files: Uploaded[], fields?: Record<string, string>) =>
  desk('/upload', { method: 'POST', body: formOf(id, files, fields) });

async function requestAt(answer: Response) {
  const id = answer.headers.get('location')?.split('/').at(-1);
  return (await walk.requests()).find(({ requestId }) => requestId === id);
}

interface Permit {
  key: string;
  url: string;
  fields: Record<string, string>;
}

const permitIn = async (answer: Response) => (await answer.json()) as Permit;

function post({ url, fields }: Permit, bytes: string): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new File([bytes], 'file'));
  return fetch(url, { method: 'POST', body: form });
}

const unescaped = (text: string) =>
  text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
