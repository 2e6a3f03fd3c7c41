import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, signIn } from '../../desk.ts';
import { type LocalStack, startLocalStack } from '../../local-stack.ts';
import { type Walk, walkOn } from '../../walks/walk.ts';

let stack: LocalStack;
let desk: Desk;
let walk: Walk;
const look = async (path: string) => (await desk(path)).text();

beforeAll(async () => {
  stack = await startLocalStack();
  desk = await signIn(stack, 'officer');
  walk = walkOn(stack);
  await walk.haveMembers(
    '1001,anna.weber,Anna <i>Weber</i>,anna@members.example,anna@work.example,gardeners,de-AT,2021-03-04T00:00:00Z',
    '1002,bo,Bo,bo@members.example,,gardeners;cyclists,en,',
  );
});
afterAll(() => stack?.stop());

test('members are searched for, and nobody is listed before', async () => {
  expect(await look('/members')).toContain('Find a member');
  expect(await look('/members?q=bo')).toMatch(
    /href="\/desk\/members\/1002".*bo@members\.example.*gardeners and cyclists/s,
  );
  expect(await look('/members?q=nobody')).toContain('No member fits “nobody”');
});

test("a member's page tells who they are, and the state of all that they can ask for", async () => {
  const page = await look('/members/1001');
  expect(page).toMatch(/<h1>Anna &lt;i&gt;Weber&lt;\/i&gt; <span class="handle">@anna\.weber/);
  expect(page).toMatch(/anna@members\.example.*anna@work\.example.*Austrian German.*4 Mar 2021/s);
  expect(page).toContain('<a class="name" href="/desk/members/communities/gardeners">gardeners</a>');
  expect(page.match(/badge good/g)).toHaveLength(4);
  expect(page).toMatch(/No request yet.*Nothing was ever asked for/s);
});

test.each(['/members/9999', '/members/communities/nowhere', '/members/%00', '/members/..%2f..%2f'])(
  '%s is a page that is not there, with what to do',
  async (path) => {
    const answer = await desk(path);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toMatch(/There is no such/);
  },
);

describe('an opt-out that came by other means', () => {
  const words = 'Stop using my garden <gate>.';
  const form = (given: Record<string, string> = {}) => {
    const fields = { nonce: crypto.randomUUID(), how: 'in-person', receivedOn: '2026-01-05', words, ...given };
    const body = new URLSearchParams(fields);
    for (const covers of ['member/1001 profile-images', 'community/gardeners pages']) body.append('covers', covers);
    return body;
  };
  const send = (body: URLSearchParams, memberId = '1001') =>
    desk(`/members/${memberId}/statements`, { method: 'POST', body });

  test('with a fault changes nothing, and the page keeps what was typed', async () => {
    const answer = await send(form({ how: '', receivedOn: '2026-13-01' }));
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toMatch(/<details[^>]*open.*Nothing was saved yet.*<a href="#how">Choose how it came/s);
    expect(page).toContain('Stop using my garden &lt;gate&gt;.</textarea>');
    expect(page.match(/checked/g)!.length).toBeGreaterThanOrEqual(2);
    expect(await walk.optOut('member/1001')).toBeUndefined();
  });

  test('blocks at once what it covers, is told on the page, and sent twice it is one request', async () => {
    const body = form();
    const [first, second] = [await send(body), await send(body)];
    expect([first.status, second.status]).toEqual([303, 303]);
    const at = first.headers.get('location')!;
    expect(second.headers.get('location')).toBe(at);
    const [, requestId] = /^\/desk\/members\/1001\?said=(W-[\w-]{19})$/.exec(at)!;
    const page = await look(at.slice('/desk'.length));
    expect(page).toMatch(new RegExp(`Recorded as <a class="id" href="/desk/requests/${requestId}">`));
    expect(page).toMatch(/Images of the profile page.*Blocked.*Header graphic.*Clear.*Pages.*Blocked/s);
    expect(page).toContain('A note handed over in person. Stop using my garden &lt;gate&gt;.');
    expect(page).toMatch(/Last changes.*<strong>Blocked<\/strong>: /s);
    expect((await walk.requests()).filter(({ requestId: id }) => id === requestId)).toMatchObject([
      { state: 'granted', channel: 'other', receivedAt: '2026-01-05T00:00:00.000Z', who: 'member/1001' },
    ]);
    expect(Object.keys((await walk.optOut('community/gardeners'))!.scopes)).toEqual(['pages']);
  });

  test('is on the page of the community, which names all of its managers', async () => {
    const page = await look('/members/communities/gardeners');
    expect(page).toMatch(/Header graphic.*Clear.*Pages.*Blocked.*since/s);
    expect(page).toMatch(/Requests that changed it lately.*A note handed over in person/s);
    expect(page).toMatch(/Its managers.*Anna.*Bo/s);
  });

  test('about nobody whom we know, or about images of others, is not taken', async () => {
    expect((await send(form(), '9999')).status).toBe(404);
    const answer = await send(form(), '1002');
    expect(answer.status).toBe(303);
    expect(Object.keys((await walk.optOut('community/gardeners'))!.scopes)).toEqual(['pages']);
    expect(await walk.optOut('member/1002')).toBeUndefined();
  });

  test('as a file upload in disguise, or as nothing at all, is told what is missing', async () => {
    const files = new FormData();
    files.append('words', new File(['x'], 'x.txt'));
    expect((await desk('/members/1001/statements', { method: 'POST', body: files })).status).toBe(422);
    expect((await send(new URLSearchParams())).status).toBe(422);
    const broken = { method: 'POST', body: '--x', headers: { 'content-type': 'multipart/form-data; boundary=y' } };
    expect((await desk('/members/1001/statements', broken)).status).toBe(422);
  });
});

test('an address that says that something was recorded says nothing else', async () => {
  expect(await look('/members/1001?said=W-ring+555')).not.toContain('Recorded as');
});

test('marketing sees no member', async () => {
  const marketing = await signIn(stack, 'marketing');
  expect((await marketing('/members/1001')).status).toBe(403);
  expect((await marketing('/members/1001/statements', { method: 'POST', body: new URLSearchParams() })).status).toBe(
    403,
  );
});
