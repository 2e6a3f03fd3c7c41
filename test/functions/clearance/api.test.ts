import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { generateKeyPair, importJWK } from 'jose';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { type LocalStack, startLocalStack } from '../../local-stack.ts';
import { walkOn } from '../../walks/walk.ts';
import { type Api, apiOf, forged, tokenOf } from './machines.ts';

let stack: LocalStack;
let api: Api;
beforeAll(async () => {
  stack = await startLocalStack();
  await walkOn(stack).haveMembers(
    'm1,ann,Ann Example,ann@example.org,,gardeners,en,',
    'm2,bob,Bob Example,bob@example.org,,,en,',
  );
  const since = '2026-11-01T10:00:00.000Z';
  const put = (subject: string, scopes: object) =>
    stack.dynamodb.send(
      new PutCommand({ TableName: stack.outputs.OptOutsTable, Item: { subject, scopes, changes: [], version: 1 } }),
    );
  await put('member/m1', { 'profile-images': { blockedBy: { 'W-1': since }, holds: { 'W-2': since } } });
  await put('community/gardeners', { pages: { blockedBy: {}, holds: { 'W-3': since } } });
  await put('member/gone', { 'profile-images': { blockedBy: { 'W-4': since }, holds: {} } });
  api = apiOf(stack, await tokenOf(stack));
});
afterAll(() => stack?.stop());

describe('an answer', () => {
  it('says no where somebody asked, since when, and by which request', async () => {
    const answer = await api.get('/member/m1');
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await jsonOf(answer)).toEqual({
      checkId: expect.stringMatching(/^C-\d{8}-[0-9A-HJKMNP-TV-Z]{10}$/),
      checkedAt: expect.stringMatching(/Z$/),
      ...{ subject: 'member/m1', known: true, allowed: false },
      scopes: {
        'profile-images': {
          ...{ allowed: false, state: 'blocked', since: '2026-11-01T10:00:00.000Z' },
          requestIds: ['W-1'],
        },
      },
    });
  });

  it('says yes where nobody asked, and only for the scope that is clear', async () => {
    expect(await jsonOf(api.get('/member/m2'))).toMatchObject({ known: true, allowed: true });
    expect(await jsonOf(api.get('/community/gardeners?scope=header-graphic'))).toMatchObject({ allowed: true });
    expect(await jsonOf(api.get('/community/gardeners'))).toMatchObject({
      allowed: false,
      scopes: { 'header-graphic': { allowed: true, state: 'clear' }, pages: { allowed: false, state: 'hold' } },
    });
  });

  it('says no for whom the directory does not know, with the reason, and with what is known of them', async () => {
    for (const path of ['/member/nobody', '/community/nobody']) {
      const { known, allowed, scopes } = await jsonOf(api.get(path));
      expect([known, allowed]).toEqual([false, false]);
      for (const scope of Object.values(scopes)) {
        expect(scope).toEqual({ allowed: false, state: 'clear', requestIds: [], reason: 'unknown' });
      }
    }
    expect(await jsonOf(api.get('/member/gone'))).toMatchObject({
      scopes: { 'profile-images': { state: 'blocked', requestIds: ['W-4'], reason: 'unknown' } },
    });
  });

  it('for 1,000 subjects comes in the order asked for, also where some are named twice, and is kept', async () => {
    const subjects = Array.from({ length: 1000 }, (_, n) => ({ subject: n % 3 ? `member/x${n}` : 'member/m2' }));
    subjects[7] = { subject: 'member/m1' };
    const campaign = { name: 'Spring newsletter', contact: 'campaigns@site.example' };
    const answer = await api.post('/check', { subjects, campaign });
    expect(answer.status).toBe(200);
    const { checkId, results } = await jsonOf(answer);
    expect(results.map(({ subject }: { subject: string }) => subject)).toEqual(subjects.map(({ subject }) => subject));
    expect(results.filter(({ allowed }: { allowed: boolean }) => allowed)).toHaveLength(334);
    const kept = await keptCheck(checkId);
    expect(kept).toMatchObject({
      checkId,
      campaign,
      by: { kind: 'machine', id: stack.outputs.MachineClient },
      results,
    });
  });

  it('sees an opt-out that came a moment ago', async () => {
    const walk = walkOn(stack);
    await stack.send({
      ...{ from: 'bob@example.org', to: 'privacy@inwriting.example', messageId: '<bob@example.org>' },
      ...{ subject: 'REMOVE FROM MARKETING MATERIALS', text: 'x' },
    });
    const { requestId } = await walk.settled('<bob@example.org>');
    expect(await jsonOf(api.get('/member/m2'))).toMatchObject({
      scopes: { 'profile-images': { state: 'blocked', requestIds: [requestId] } },
    });
  });

  const keptCheck = async (checkId: string) => {
    const Key = `checks/${checkId.slice(2, 6)}/${checkId.slice(6, 8)}/${checkId.slice(8, 10)}/${checkId}.json`;
    const found = await stack.s3.send(new GetObjectCommand({ Bucket: stack.outputs.EvidenceBucket, Key }));
    expect(found.ObjectLockRetainUntilDate!.getTime()).toBeGreaterThan(Date.now() + 700 * 86_400_000);
    return JSON.parse(await found.Body!.transformToString());
  };
});

describe('what cannot be asked is told as a problem', () => {
  const one = { subject: 'member/m1' };
  const scope = 'There is no such scope: use profile-images, header-graphic, pages.';
  it.each([
    [{ subjects: Array(1001).fill(one) }, '#/subjects', 'At most 1,000 subjects can be asked about at once.'],
    [{ subjects: [] }, '#/subjects', 'Name at least one subject.'],
    [{ subjects: [one, { subject: 'm1' }] }, '#/subjects/1/subject', 'Write member/ID or community/ID.'],
    [{ subjects: [{ subject: 'member/a\nb' }] }, '#/subjects/0/subject', 'Write member/ID or community/ID.'],
    [{ subjects: [{ subject: 'member/\ud800' }] }, '#/subjects/0/subject', 'Write member/ID or community/ID.'],
    [{ subjects: [{ ...one, scopes: ['marketing-email'] }] }, '#/subjects/0/scopes/0', scope],
    [{ subjects: [{ ...one, scopes: ['pages'] }] }, '#/subjects/0/scopes/0', expect.stringContaining('has no "pages"')],
    [{ subjects: [one], campaing: {} }, '#/campaing', 'There is no such property.'],
    [{ subjects: [one], 'a/b~': 1 }, '#/a~1b~0', 'There is no such property.'],
    [
      { subjects: [one], campaign: { name: 'x', contact: 'a@b.example\r\nBcc: c@d.example' } },
      '#/campaign/contact',
      'This is no mail address.',
    ],
    [
      { subjects: [one], campaign: { name: 'x\ny', contact: 'a@b.example' } },
      '#/campaign/name',
      expect.stringContaining('on one line'),
    ],
    [[], '#', expect.any(String)],
    [null, '#', expect.any(String)],
  ])('%# at its place in the body', async (body, pointer, detail) => {
    const answer = await api.post('/check', body);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([422, 'application/problem+json']);
    const problem = await jsonOf(answer);
    expect(problem).toMatchObject({ status: 422, type: `${stack.addresses.http}/clearance#problem-invalid` });
    expect(problem.errors[0]).toEqual({ pointer, detail });
  });

  it('names at most twenty faults, soon, however many there are', async () => {
    const began = Date.now();
    const { errors } = await jsonOf(api.post('/check', { subjects: Array(300_000).fill(0) }));
    expect(errors.length).toBeLessThanOrEqual(20);
    expect(Date.now() - began).toBeLessThan(5_000);
  });

  it('counts a list before it looks into it, so that 700,000 wrong items are one fault, soon', async () => {
    const wrong = Array(700_000).fill(0);
    const ask = async (body: object) => {
      const began = Date.now();
      const { errors } = await jsonOf(api.post('/check', body));
      expect(Date.now() - began).toBeLessThan(2_000);
      return errors;
    };
    expect(await ask({ subjects: wrong })).toEqual([
      { pointer: '#/subjects', detail: 'At most 1,000 subjects can be asked about at once.' },
    ]);
    expect(await ask({ subjects: [{ ...one, scopes: wrong }] })).toEqual([
      { pointer: '#/subjects/0/scopes', detail: 'No subject has more than two scopes.' },
    ]);
  });

  const statusOf = async (asked: Promise<Response>) => {
    const answer = await asked;
    const { status, detail } = await jsonOf(answer);
    expect([answer.headers.get('content-type'), status]).toEqual(['application/problem+json', answer.status]);
    expect(detail).toMatch(/\.$/);
    return answer;
  };

  it('where the body is no JSON, of another type, or too long', async () => {
    expect((await statusOf(api.post('/check', '{"subjects":'))).status).toBe(400);
    expect((await statusOf(api.get('/check', { method: 'POST', body: 'subject=member/m1' }))).status).toBe(415);
    expect((await statusOf(api.post('/check', ' '.repeat(2_200_000)))).status).toBe(413);
  });

  it('where there is nothing, and where it is asked in another way', async () => {
    for (const path of ['/member', '/nobody/1', '/member/1/2', '/member/a%20b', `/member/${'x'.repeat(129)}`]) {
      expect([path, (await statusOf(api.get(path))).status]).toEqual([path, 404]);
    }
    const checked = await statusOf(api.get('/check'));
    expect([checked.status, checked.headers.get('allow')]).toEqual([405, 'POST']);
    const deleted = await statusOf(api.get('/member/m1', { method: 'DELETE' }));
    expect([deleted.status, deleted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect((await statusOf(api.get('/openapi.json', { method: 'PUT' }))).status).toBe(405);
  });

  it('where the scope is not one of the subject', async () => {
    const answer = await statusOf(api.get('/member/m1?scope=pages'));
    expect(answer.status).toBe(422);
    expect((await statusOf(api.get('/member/m1?scope=x'))).status).toBe(422);
  });
});

describe('a token', () => {
  const ask = async (token?: string) => {
    const answer = await apiOf(stack, token).get('/member/m1');
    return [answer.status, answer.headers.get('www-authenticate') ?? ''] as const;
  };
  const keyOfStack = async () => {
    const { jwks } = JSON.parse(readFileSync(join(stack.dataDir, 'sign-in.json'), 'utf8'));
    return (await importJWK(jwks.keys[0], 'RS256')) as Parameters<typeof forged>[1];
  };
  const good = () => {
    const at = Math.floor(Date.now() / 1000);
    return {
      ...{ iss: stack.outputs.SignInIssuer, iat: at, exp: at + 3600, token_use: 'access' },
      ...{ client_id: stack.outputs.MachineClient, scope: 'inwriting/clearance.check' },
    };
  };

  it('is needed', async () => {
    const asked = 'Bearer realm="in-writing", scope="inwriting/clearance.check"';
    expect(await ask()).toEqual([401, asked]);
    expect(await ask('')).toEqual([401, asked]);
    expect(await ask('not a token')).toEqual([401, asked]);
  });

  it('is needed before anything is said about what was asked', async () => {
    expect((await apiOf(stack).post('/check', 'x')).status).toBe(401);
  });

  it('made as the issuer makes it is good; changed in anything it is not', async () => {
    const key = await keyOfStack();
    expect((await ask(await forged(good(), key)))[0]).toBe(200);
    const other = (await generateKeyPair('RS256')).privateKey;
    const at = good().iat;
    const bad: Promise<string>[] = [
      forged(good(), other),
      forged(good(), other, { kid: 'other' }),
      forged({ ...good(), iat: at - 7200, exp: at - 3600 }, key),
      forged({ ...good(), exp: undefined }, key),
      forged({ ...good(), nbf: at + 3600 }, key),
      forged({ ...good(), iss: 'https://elsewhere.example' }, key),
      forged({ ...good(), client_id: 'other' }, key),
      forged({ ...good(), client_id: undefined }, key),
      forged({ ...good(), token_use: 'id' }, key),
      forged(good(), new TextEncoder().encode('x'.repeat(32)), { alg: 'HS256' }),
    ];
    for (const [place, token] of bad.entries()) {
      const [status, challenge] = await ask(await token);
      expect([place, status, challenge]).toEqual([place, 401, expect.stringContaining('error="invalid_token"')]);
    }
    const none = `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify(good()))}.`.replaceAll('=', '');
    expect((await ask(none))[0]).toBe(401);
  });

  it('for another scope is refused with the scope that is needed', async () => {
    const [status, challenge] = await ask(await tokenOf(stack, 'inwriting/offers.links'));
    expect([status, challenge]).toEqual([
      403,
      'Bearer realm="in-writing", error="insufficient_scope", scope="inwriting/clearance.check"',
    ]);
  });

  it('is given to the client with the secret alone, for its own scopes alone', async () => {
    const { clientId, clientSecret, tokenUrl } = stack.machine!;
    const ask = async (user: string, fields: Record<string, string>) => {
      const headers = { authorization: `Basic ${btoa(user)}` };
      return (await fetch(tokenUrl, { method: 'POST', headers, body: new URLSearchParams(fields) })).status;
    };
    const grant_type = 'client_credentials';
    expect(await ask(`${clientId}:${clientSecret}`, { grant_type })).toBe(200);
    expect(await ask(`${clientId}:x`, { grant_type })).toBe(401);
    expect(await ask(`${clientId}:${clientSecret}`, { grant_type, scope: 'openid' })).toBe(400);
    expect(await ask(`${clientId}:${clientSecret}`, { grant_type: 'authorization_code' })).toBe(400);
  });
});

test('the description for programs is made of the schemas, and needs no token', async () => {
  const document = await jsonOf(apiOf(stack).get('/openapi.json'));
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(['/clearance/check', '/clearance/{kind}/{id}']));
  expect(document.components.schemas.CheckRequest).toMatchObject({
    properties: { subjects: { minItems: 1, maxItems: 1000 } },
    required: ['subjects'],
    additionalProperties: false,
  });
  expect(document.components.securitySchemes.machine.flows.clientCredentials.tokenUrl).toBe(stack.machine!.tokenUrl);
  for (const status of ['401', '403', '422', '413']) {
    expect(document.paths['/clearance/check'].post.responses[status].content).toHaveProperty([
      'application/problem+json',
    ]);
  }
});

// biome-ignore lint/suspicious/noExplicitAny: each test says what it expects of an answer.
const jsonOf = async (answer: Response | Promise<Response>): Promise<any> => (await answer).json();
