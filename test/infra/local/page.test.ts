import { request } from 'node:http';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBody } from '../../../infra/local/page-requests.ts';
import { type LocalStack, startLocalStack } from '../../local-stack.ts';
import { walkOn } from '../../walks/walk.ts';

let stack: LocalStack;
let page: string;

beforeAll(async () => {
  stack = await startLocalStack();
  page = `${stack.addresses.http}/_local/`;
  await walkOn(stack).haveMembers(
    'm1,ann,Ann Example,ann@example.org,,gardeners,en,2020-01-01T00:00:00Z',
    'm2,bob,Bob Example,bob@example.org,,,en,2020-01-01T00:00:00Z',
    'm3,eve,Eve Example,eve@example.org,,,en,2020-01-01T00:00:00Z',
  );
});
afterAll(() => stack?.stop());

const phrase = 'REMOVE FROM MARKETING MATERIALS';
const typed = (from: string, change = {}) =>
  JSON.stringify({ from, to: 'privacy@inwriting.example', subject: phrase, text: 'Thank you.', ...change });
const post = (path: string, body: string, headers = {}) => fetch(page + path, { method: 'POST', body, headers });
const sentenceOf = async (response: Response) => ((await response.json()) as { error: string }).error;

test('the page and its parts are served with a policy that allows nothing inline and nothing from elsewhere', async () => {
  const response = await fetch(page);
  const policy = response.headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  const html = await response.text();
  expect(html).not.toMatch(/<script>|<style|\sstyle=|\son[a-z]+=/);
  const parts = [...html.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, name]) => name!);
  expect(parts.length).toBeGreaterThan(3);
  for (const part of parts) expect((await fetch(page + part)).status, part).toBe(200);
});

test('a request under a name that somebody pointed at this machine is refused', async () => {
  expect(await statusWith({ host: 'evil.example' })).toBe(403);
  expect(await statusWith({ host: 'localhost' })).toBe(200);
});

test.each([
  ['Origin of another site', { origin: 'http://evil.example' }],
  ['Origin of a sandboxed frame', { origin: 'null' }],
  ['Origin of another port', { origin: 'http://127.0.0.1:1' }],
  ['Sec-Fetch-Site', { 'sec-fetch-site': 'cross-site' }],
])('a form of another site cannot send mail (%s)', async (_, headers) => {
  const before = stack.trace.recent().length;
  const response = await post('send', typed('bob@example.org'), headers);
  expect(response.status).toBe(403);
  expect(
    stack.trace
      .recent()
      .slice(before)
      .filter(({ kind }) => kind === 'mail'),
  ).toEqual([]);
});

test.each(['..%2fpage.ts', 'page.ts', 'nothing.js', 'mailbox/unknown', 'mailbox/unknown/html', 'mailbox/%00/raw'])(
  '%s is not there',
  async (path) => {
    expect((await fetch(page + path)).status).toBe(404);
  },
);

test('what cannot be sent is answered with a sentence', async () => {
  const unknown = await post('send', typed('ann@example.org', { to: 'nobody@inwriting.example' }));
  expect([unknown.status, await sentenceOf(unknown)]).toEqual([422, expect.stringContaining('550')]);
  expect(await sentenceOf(await post('send', typed('Ann')))).toContain('From needs one address');
  expect(await sentenceOf(await post('send', '{'))).toContain('as JSON');
  expect(await sentenceOf(await post('replay?recipient=privacy@inwriting.example', ''))).toContain('empty');
  expect(await sentenceOf(await post('replay', 'From: a@example.org'))).toContain('which of our addresses');
  const elsewhere = await post('replay?recipient=nobody@inwriting.example', 'From: a@example.org');
  expect(await sentenceOf(elsewhere)).toContain('No receipt rule');
});

test('a body over the limit is refused', async () => {
  const chunks = Readable.from([Buffer.alloc(700_000), Buffer.alloc(700_000)]);
  await expect(readBody(chunks as never, 1024 * 1024)).rejects.toThrow('This is over 1 MB');
});

test('what passes while a mail is sent is told: calls with their decision, the log line, the changed row', async () => {
  const feed = await listen();
  expect((await post('send', typed('Ann <ann@example.org>'))).status).toBe(200);
  const events = await feed.until(({ kind, what }) => kind === 'mail' && what === 'sent');
  expect(events.filter(({ kind }) => kind === 'mail').map(({ what }) => what)).toEqual([
    'accepted',
    'stored',
    'notified',
    'sent',
  ]);
  expect(events).toContainEqual(
    expect.objectContaining({ from: 'inbound-mail', action: 'dynamodb:PutItem', allowed: true, status: 200 }),
  );
  expect(events).toContainEqual(
    expect.objectContaining({
      kind: 'log',
      line: expect.objectContaining({ outcome: 'granted', rule: expect.any(String) }),
    }),
  );
  const flags = events.filter(({ kind, table }) => kind === 'change' && table === stack.outputs.OptOutsTable);
  expect(flags.map(({ key }) => key)).toEqual([
    { subject: { S: 'member/m1' } },
    { subject: { S: 'community/gardeners' } },
  ]);
  expect(flags[0]).toMatchObject({ by: 'inbound-mail', after: { subject: { S: 'member/m1' } } });
  expect(events.filter(({ from }) => from === 'operator')).toEqual([]);

  const { keys, items } = await json('flags');
  expect(keys).toEqual(['subject']);
  expect(items).toContainEqual(flags[0].after);
});

test('the answer is in the mailbox as text, as headers, raw, and as HTML that can run nothing', async () => {
  const [{ id, subject }] = (await json('mailbox')).messages;
  const mail = await json(`mailbox/${id}`);
  expect(mail).toMatchObject({ subject, hasHtml: true, text: expect.stringContaining('Hello Ann Example') });
  expect(mail.headers).toContainEqual(expect.stringMatching(/^Auto-Submitted: auto-replied/));

  const html = await fetch(`${page}mailbox/${id}/html`);
  expect(html.headers.get('content-security-policy')).toMatch(/^default-src 'none';.*sandbox allow-popups/);
  expect(await html.text()).toContain('<base target="_blank">');
  const raw = await fetch(`${page}mailbox/${id}/raw`);
  expect(raw.headers.get('content-type')).toContain('text/plain');
  expect(await raw.text()).toContain('MIME-Version: 1.0');
});

test('a saved mail is replayed with the verdict that was chosen', async () => {
  const feed = await listen();
  await post('replay?recipient=privacy@inwriting.example&dmarc=FAIL', savedMail('bob@example.org'));
  const events = await feed.until(({ line }) => line?.rule);
  expect(events.at(-1).line).toMatchObject({ outcome: 'held' });
});

test('a mail that is delivered twice is taken in twice, and is one request with one answer', async () => {
  const feed = await listen();
  await post('replay?recipient=privacy@inwriting.example&times=2', savedMail('eve@example.org'));
  const finished = (events: Event[]) => events.filter(({ line }) => line?.rule).length === 2;
  const events = await feed.until((_, all) => finished(all) && all.some(({ what }) => what === 'sent'));
  expect(events.filter(({ what }) => what === 'accepted')).toHaveLength(2);
  expect(new Set(events.filter(({ line }) => line?.rule).map(({ line }) => line.requestId)).size).toBe(1);
  expect((await json('mailbox')).messages.filter(({ to }: { to: string }) => to.includes('eve@'))).toHaveLength(1);
});

test('what the clock runs is run at once, and a schedule that is not there is named', async () => {
  const { schedules } = await json('setup');
  const hourly = { name: 'inwriting-deadlines-schedule-hourly', functionName: 'deadlines', every: 3_600 };
  expect(schedules).toContainEqual(hourly);
  const feed = await listen();
  const ran = await post(`schedules/${hourly.name}`, '');
  expect(await ran.json()).toEqual({ ran: hourly.name });
  const events = await feed.until(({ action }) => action === 'lambda:InvokeFunction');
  expect(events.at(-1)).toMatchObject({ from: 'scheduler.amazonaws.com', allowed: true, status: 200 });
  expect(events).toContainEqual(expect.objectContaining({ from: 'deadlines', action: 'dynamodb:Query' }));
  expect(await sentenceOf(await post('schedules/nightly', ''))).toContain('no schedule "nightly"');
});

const savedMail = (from: string) =>
  [`From: ${from}`, 'To: privacy@inwriting.example', `Subject: ${phrase}`, `Message-ID: <${from}>`, '', 'Hello'].join(
    '\r\n',
  );

// biome-ignore lint/suspicious/noExplicitAny: events of several kinds, compared field by field.
type Event = any;

async function json(path: string): Promise<Event> {
  return (await fetch(page + path)).json();
}

function statusWith(headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(page, { headers }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });
}

/** Hears the page's events until a condition holds, and gives all of them. */
async function listen() {
  const stop = new AbortController();
  const { body } = await fetch(`${page}events`, { signal: stop.signal });
  const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
  const events: Event[] = [];
  return {
    async until(reached: (event: Event, all: Event[]) => unknown): Promise<Event[]> {
      for (let text = ''; ; ) {
        const { value, done } = await reader.read();
        if (done) throw new Error('The stream of events ended.');
        text += value;
        const messages = text.split('\n\n');
        text = messages.pop()!;
        const found = messages.filter((m) => m.startsWith('data: ')).flatMap((m) => JSON.parse(m.slice(6)));
        for (const event of found) {
          events.push(event);
          if (!reached(event, events)) continue;
          stop.abort();
          return events;
        }
      }
    },
  };
}
