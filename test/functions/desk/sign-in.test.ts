import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { desk } from '../../../functions/desk/desk.tsx';
import { askDesk, type Desk, people, sessionCookie, signIn, type Who } from '../../desk.ts';
import { type LocalStack, startLocalStack } from '../../local-stack.ts';

let stack: LocalStack;
const as = {} as Record<Who, Desk>;

beforeAll(async () => {
  stack = await startLocalStack();
  for (const who of Object.keys(people) as Who[]) as[who] = await signIn(stack, who);
});
afterAll(() => stack?.stop());

/** Every route that the desk has, with something in the place of its parameters; what every path passes is left out. */
const routes = desk.routes
  .filter(({ method }) => method !== 'ALL')
  .map(({ method, path }) => ({ method, path, name: `${method} ${path}` }))
  .filter((route, index, all) => all.findIndex(({ name }) => name === route.name) === index);

/** Whom a route is for, where that is not everybody who works on requests. A new route is not open to others by itself. */
const exceptions: Record<string, Who[] | 'anybody'> = {
  'GET /desk/assets/:name': 'anybody',
  'GET /desk/sign-in': 'anybody',
  'GET /desk/signed-in': 'anybody',
  'POST /desk/sign-out': 'anybody',
  'GET /desk': ['reviewer', 'officer', 'marketing'],
  'GET /desk/clearance': ['reviewer', 'officer', 'marketing'],
  'POST /desk/clearance': ['reviewer', 'officer', 'marketing'],
  'GET /desk/clearance/checks': ['reviewer', 'officer', 'marketing'],
  'GET /desk/clearance/checks/:id': ['reviewer', 'officer', 'marketing'],
  'POST /desk/clearance/files': ['marketing'],
  'POST /desk/clearance/files/permits': ['marketing'],
  'GET /desk/clearance/files/:id': ['marketing'],
  'GET /desk/clearance/files/:id/standing': ['marketing'],
  'GET /desk/clearance/files/:id/file': ['marketing'],
  // Each kind of file says for whom it is.
  ...Object.fromEntries(
    routes
      .filter(({ path }) => /^\/desk\/(exports|promises|recalls)/.test(path))
      .map(({ name }) => [name, ['reviewer', 'officer', 'marketing'] satisfies Who[]]),
  ),
  ...Object.fromEntries(
    routes
      .filter(({ path }) => path.startsWith('/desk/notices'))
      .map(({ name }) => [name, ['officer'] satisfies Who[]]),
  ),
};

describe('what each role may do', () => {
  const guarded = routes.filter(({ name }) => exceptions[name] !== 'anybody');

  test('the exceptions are routes that there are', () => {
    expect(Object.keys(exceptions).filter((name) => !routes.some((route) => route.name === name))).toEqual([]);
  });

  it.each(guarded)('$name asks for a sign-in', async ({ method, path }) => {
    const answer = await askDesk(stack, filled(path), { method });
    expect([answer.status, answer.headers.get('location') ?? '']).toEqual(
      method === 'GET' ? [302, expect.stringContaining('/desk/sign-in?back=%2Fdesk')] : [401, ''],
    );
  });

  it.each(guarded)('$name is refused to all roles but those that it is for', async ({ method, path, name }) => {
    const may = exceptions[name] ?? ['reviewer', 'officer'];
    for (const who of Object.keys(people) as Who[]) {
      const { status } = await as[who](filled(path), { method });
      expect([who, status === 403, status === 401]).toEqual([who, !may.includes(who), false]);
    }
  });

  test('who has no role for a page is told so in words, and can sign out', async () => {
    const answer = await as.nobody('');
    expect(answer.status).toBe(403);
    const page = await answer.text();
    expect(page).toContain('You are signed in as Nils Nobody, without a role.');
    expect(page).toContain('Sign out');
    expect(await (await as.marketing('/upload')).text()).toContain('as Mona Marketing, with the role marketing.');
  });

  const filled = (path: string) => path.replace(/^\/desk/, '').replace(/:\w+(\{[^}]+\})?\??/g, '1');
});

describe('a session', () => {
  const hour = 3_600_000;
  const open = async (cookie: string) => (await askDesk(stack, '', { headers: { cookie } })).status;
  const session = (since: number, seen: number) =>
    sessionCookie(stack, { staff: people.reviewer, since: Date.now() - since, seen: Date.now() - seen });

  it('is in a cookie that scripts and other sites cannot use, small enough for any browser', async () => {
    const answer = await as.reviewer('/assets/none', {});
    expect(answer.headers.getSetCookie()).toEqual([]);
    const kept = await askDesk(stack, '', { headers: { cookie: await session(hour, 2 * 60_000) } });
    const [cookie = ''] = kept.headers.getSetCookie();
    expect(cookie).toMatch(/^desk=[\w.-]+; Max-Age=28800; Path=\/desk; HttpOnly; SameSite=Lax$/);
    expect(cookie.length).toBeLessThan(4096);
  });

  it('is over after eight hours, or after one in which nothing was done', async () => {
    expect(await open(await session(7.9 * hour, 0))).toBe(200);
    expect(await open(await session(8 * hour, 0))).toBe(302);
    expect(await open(await session(hour, hour))).toBe(302);
  });

  it('is not kept going by what a page asks for by itself', async () => {
    const cookie = await session(hour, 2 * 60_000);
    const polled = await askDesk(stack, '', { headers: { cookie, 'hx-request': 'true' } });
    expect(polled.headers.getSetCookie()).toEqual([]);
  });

  it('cannot be forged, changed, or made of the cookie of a sign-in', async () => {
    const cookie = await session(0, 0);
    const begun = await askDesk(stack, '/sign-in');
    const attempt = begun.headers.getSetCookie()[0]!.split(';')[0]!.replace('desk-sign-in=', 'desk=');
    for (const forged of [`${cookie.slice(0, -4)}AAAA`, cookie.slice(0, -40), 'desk=', 'desk=a.b.c.d.e', attempt]) {
      expect(await open(forged)).toBe(302);
    }
  });

  it('that has ended is told to a script with 401 as a problem, and to htmx as a piece of a page', async () => {
    const script = await askDesk(stack, '/requests', { headers: { 'sec-fetch-dest': 'empty' } });
    expect([script.status, script.headers.get('content-type')]).toEqual([401, 'application/problem+json']);
    expect(await script.json()).toMatchObject({ status: 401, title: 'Your sign-in has ended' });
    const headers = { 'hx-request': 'true', 'hx-current-url': `${stack.addresses.http}/desk/upload` };
    const piece = await askDesk(stack, '/requests', { headers });
    expect(piece.status).toBe(401);
    expect(await piece.text()).toMatch(/^<div class="notice danger" role="alert">.*href="[^"]+back=%2Fdesk%2Fupload"/s);
  });

  it('that has ended while somebody was typing gives back what was typed, to be sent again', async () => {
    const body = new URLSearchParams([
      ['words', '"><script>alert(1)</script>'],
      ['scope', 'a'],
      ['scope', 'b'],
    ]);
    const answer = await askDesk(stack, '/requests/W-1/note?x=1', { method: 'POST', body });
    expect(answer.status).toBe(401);
    const page = await answer.text();
    expect(page).toContain('<form method="post" action="/desk/requests/W-1/note?x=1">');
    expect(page).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
    expect(page.match(/<input type="hidden" name="scope"/g)).toHaveLength(2);
  });
});

describe('a request that changes something', () => {
  const post = async (headers: Record<string, string>) =>
    (await as.reviewer('/sign-out', { method: 'POST', headers })).status;

  it.each([
    ['a form on another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['another name of the same domain', { origin: 'https://evil.example', 'sec-fetch-site': 'same-site' }],
    ['an old browser on another site', { origin: 'https://evil.example' }],
    ['a page in a sandbox', { origin: 'null' }],
    ['a program that says nothing of where it comes from', { origin: '' }],
    ['a browser that lies about the origin', { 'sec-fetch-site': 'cross-site' }],
  ])('is refused when it comes from %s', async (_, headers) => {
    expect(await post(headers as Record<string, string>)).toBe(403);
  });

  it('is taken from a page of the desk, also where the desk has another name', async () => {
    expect(await post({})).toBe(303);
    expect(await post({ origin: 'http://localhost:4000', 'sec-fetch-site': 'same-origin' })).toBe(303);
  });

  it.each(['PUT', 'DELETE', 'PATCH'])('is refused from elsewhere with %s too, and as JSON', async (method) => {
    const headers = { origin: 'https://evil.example', 'content-type': 'application/json' };
    expect((await as.reviewer('/requests/W-1', { method, headers, body: '{}' })).status).toBe(403);
  });

  it('is refused when it is longer than any form of ours', async () => {
    const body = new URLSearchParams({ words: 'x'.repeat(300_000) });
    const answer = await as.reviewer('/requests/W-1/note', { method: 'POST', body });
    expect(answer.status).toBe(413);
    expect(await answer.text()).toContain('A form may hold 256 KB. Nothing was done');
  });
});

describe('every page', () => {
  it('runs no code of others, is kept by nobody, framed by nobody, and tells other sites nothing', async () => {
    for (const path of ['', '/no-such-page', '/signed-in?state=x']) {
      const { headers } = await as.reviewer(path);
      const policy = headers.get('content-security-policy')!;
      expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'; /);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*/);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('same-origin');
    }
  });

  it('that is not there says so', async () => {
    const answer = await as.reviewer('/no-such-page');
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('There is no such page');
  });
});

describe('signing in', () => {
  it('leads to our own name first, where the cookie is, and goes on to the issuer from there', async () => {
    const { port } = new URL(stack.addresses.http);
    const answer = await fetch(`http://localhost:${port}/desk/sign-in?back=/desk/upload`, { redirect: 'manual' });
    expect(answer.headers.get('location')).toBe(`${stack.addresses.http}/desk/sign-in?back=%2Fdesk%2Fupload`);
  });

  it('asks the issuer with a state, a nonce and a proof key, each new', async () => {
    const ask = async () => new URL((await askDesk(stack, '/sign-in')).headers.get('location')!).searchParams;
    const [one, two] = [await ask(), await ask()];
    expect(Object.fromEntries(one)).toMatchObject({
      ...{ response_type: 'code', scope: 'openid email profile', code_challenge_method: 'S256' },
      redirect_uri: `${stack.addresses.http}/desk/signed-in`,
    });
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(one.get(name)).toMatch(/^[\w-]{43}$/);
      expect(one.get(name)).not.toBe(two.get(name));
    }
  });

  it('leads who is signed in to where they want to be', async () => {
    expect((await as.reviewer('/sign-in?back=/desk/upload')).headers.get('location')).toBe('/desk/upload');
    expect((await as.reviewer('/sign-in?back=//evil.example')).headers.get('location')).toBe('/desk');
  });
});
