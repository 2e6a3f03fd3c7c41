import { createHash } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn } from '../../desk.ts';
import { type LocalStack, startLocalStack, until } from '../../local-stack.ts';
import { walkOn } from '../../walks/walk.ts';
import { offersOf, tokenOf } from './machines.ts';

let stack: LocalStack;
let offers: ReturnType<typeof offersOf>;
const since = '2026-11-01T10:00:00.000Z';

beforeAll(async () => {
  stack = await startLocalStack();
  await walkOn(stack).haveMembers(
    'm1,ann,Ann Example,Ann@Example.org,ann@work.example,gardeners,en,',
    'm2,bob,Bob Example,bob@example.org,both@example.org,,en,',
    'm3,cat,Cat Example,cat@example.org,both@example.org,,en,',
  );
  const blocked = (scope: string) => ({ [scope]: { blockedBy: { 'W-1': since }, holds: {} } });
  const put = (subject: string, scopes: object) =>
    stack.dynamodb.send(
      new PutCommand({ TableName: stack.outputs.OptOutsTable, Item: { subject, scopes, changes: [], version: 1 } }),
    );
  await put('member/m1', blocked('marketing-email'));
  await put('member/m2', blocked('profile-images'));
  await put('member/m3', blocked('marketing-email'));
  await put('member/gone', blocked('marketing-email'));
  offers = offersOf(stack, await tokenOf(stack, 'inwriting/offers.links'));
});
afterAll(() => stack?.stop());

test('each member that is known gets links, in the order asked for; who opted out is marked', async () => {
  const answer = await offers.links(['m2', 'nobody', 'm1', 'm2']);
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
  const { results } = await jsonOf(answer);
  expect(
    results.map(({ member, known, allowed, url }: Record<string, unknown>) => [member, known, allowed, !!url]),
  ).toEqual([
    ['m2', true, true, true],
    ['nobody', false, false, false],
    ['m1', true, false, true],
    ['m2', true, true, true],
  ]);
  expect(results[0]).toEqual(results[3]);
  expect(results[0].headers).toEqual({
    'List-Unsubscribe': `<${results[0].url}>, <${results[0].mailto}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  });
});

test('a thousand members at once get a thousand different links', async () => {
  const ids = Array.from({ length: 1000 }, (_, n) => `unknown-${n}`);
  const { results } = await jsonOf(await offers.links([...ids.slice(1), 'm1']));
  expect(results).toHaveLength(1000);
  expect(results.at(-1).url).toContain('/unsubscribe/');
});

test('offers may go to an address only where everybody who has it wants them', async () => {
  const { results } = await jsonOf(
    await offers.check([
      { member: 'm2' },
      { member: 'm1' },
      { member: 'gone' },
      { member: 'nobody' },
      { address: 'BOB@EXAMPLE.ORG' },
      { address: 'ann@work.example' },
      { address: 'both@example.org' },
      { address: 'who@example.org' },
    ]),
  );
  const refused = { allowed: false, reason: 'unsubscribed', since };
  expect(results).toEqual([
    { member: 'm2', allowed: true },
    { member: 'm1', ...refused },
    { member: 'gone', ...refused },
    { member: 'nobody', allowed: false, reason: 'unknown' },
    { address: 'BOB@EXAMPLE.ORG', allowed: true },
    { address: 'ann@work.example', ...refused },
    { address: 'both@example.org', ...refused },
    { address: 'who@example.org', allowed: false, reason: 'unknown' },
  ]);
});

describe('what cannot be asked is answered by a problem', () => {
  const many = (one: unknown) => Array.from({ length: 1001 }, () => one);
  test.each([
    ['1,001 members', '/links', { members: many('m1') }, 422, '#/members', 'At most 1,000'],
    ['no member', '/links', { members: [] }, 422, '#/members', 'at least one'],
    ['an id with a slash', '/links', { members: ['m1', 'a/b'] }, 422, '#/members/1', 'no slash'],
    ['1,001 recipients', '/check', { recipients: many({ member: 'm1' }) }, 422, '#/recipients', 'At most 1,000'],
    [
      'two in one',
      '/check',
      { recipients: [{ member: 'm1', address: 'a@b.example' }] },
      422,
      '#/recipients/0',
      '{"member": ID}',
    ],
    [
      'a line break',
      '/check',
      { recipients: [{ address: 'a@b.example\nBcc: c@d.example' }] },
      422,
      '#/recipients/0/address',
      'mail address',
    ],
    ['no JSON', '/links', '{', 400, undefined, 'JSON'],
  ])('%s', async (_, path, body, status, pointer, words) => {
    const answer = await offers.post(path, body);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
    const found = await jsonOf(answer);
    if (pointer) expect(found.errors[0].pointer).toBe(pointer);
    expect(JSON.stringify(found)).toContain(words.replaceAll('"', '\\"'));
  });

  test('no token, a token for something else, another method, another path', async () => {
    expect((await offersOf(stack).links(['m1'])).status).toBe(401);
    const other = offersOf(stack, await tokenOf(stack, 'inwriting/clearance.check'));
    expect((await other.links(['m1'])).status).toBe(403);
    expect((await other.check([{ member: 'm1' }])).status).toBe(403);
    const get = await fetch(`${stack.addresses.http}/offers/links`);
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await fetch(`${stack.addresses.http}/offers/nothing`)).status).toBe(404);
    expect((await fetch(`${stack.addresses.http}/offers`)).status).toBe(404);
  });
});

test('the document names both routes with their scope, and says that DKIM has to cover the headers', async () => {
  const document = await jsonOf(await fetch(`${stack.addresses.http}/clearance/openapi.json`));
  for (const path of ['/offers/links', '/offers/check']) {
    expect(document.paths[path].post.security).toEqual([{ machine: ['inwriting/offers.links'] }]);
  }
  expect(JSON.stringify(document)).toContain('DKIM signature has to cover both');
});

test('marketing makes the suppression list, plain for our tools and hashed for partners; a reviewer does not', async () => {
  const plain = ['ann@example.org', 'ann@work.example', 'both@example.org', 'cat@example.org'];
  expect(await listOf('plain')).toEqual(plain);
  expect(await listOf('hashed')).toEqual(
    plain.map((address) => createHash('sha256').update(address).digest('hex')).sort(),
  );
  const reviewer = await signIn(stack, 'reviewer');
  const body = new URLSearchParams({ kind: 'suppression', subject: 'plain' });
  expect((await reviewer('/exports', { method: 'POST', body })).status).toBe(403);
});

async function listOf(subject: string): Promise<string[]> {
  const marketing = await signIn(stack, 'marketing');
  const body = new URLSearchParams({ kind: 'suppression', subject });
  const started = await marketing('/exports', { method: 'POST', body });
  const path = started.headers.get('location')!.replace('/desk', '');
  const file = await until(async () => {
    const answer = await marketing(`${path}/file`);
    return answer.status === 302 && answer.headers.get('location')!.startsWith('http') ? answer : undefined;
  });
  const made = await (await fetch(file.headers.get('location')!)).text();
  return made.trim().split('\n').sort();
}

// biome-ignore lint/suspicious/noExplicitAny: what comes is what is looked at.
const jsonOf = async (answer: Response): Promise<any> => answer.json();
