import { get, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Template } from '../../../infra/local/template.ts';
import { askDesk } from '../../desk.ts';
import { type LocalStack, startLocalStack } from '../../local-stack.ts';
import { type NextAnswer, startForeignIssuer } from './foreign-issuer.ts';

/** The desk with an issuer of somebody else's, as the setting signIn.issuer of a stage asks for. */
let issuer: Awaited<ReturnType<typeof startForeignIssuer>>;
let stack: LocalStack;

beforeAll(async () => {
  issuer = await startForeignIssuer('desk-of-ours');
  stack = await startLocalStack({ change: (template) => signInAt(template, issuer.url) });
});
afterAll(async () => {
  await stack?.stop();
  await issuer?.stop();
});

describe('a sign-in at another issuer than Cognito', () => {
  it('ends where it began, as the person whom the ID token names', async () => {
    const { state, nonce, cookie } = await begin('/members');
    const answer = await finish({ state, nonce, cookie });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/desk/members']);
    expect(issuer.asked.at(-1)!.get('code_verifier')).toMatch(/^[\w-]{43}$/);
    const session = cookieOf(answer, 'desk');
    expect(await (await ask('/no-such-page', session)).text()).toContain('Fay Foreign');
  });

  it('keeps nothing that the issuer gave, and forgets the attempt', async () => {
    const answer = await finish(await begin());
    expect(answer.headers.getSetCookie().find((cookie) => cookie.startsWith('desk-sign-in='))).toMatch(
      /^desk-sign-in=;/,
    );
    expect(cookieOf(answer, 'desk').length).toBeLessThan(1000);
  });

  it('can be under way in three tabs at once', async () => {
    let cookie = '';
    const attempts = [];
    for (const path of ['/a', '/b', '/c', '/d']) {
      const attempt = await begin(path, cookie);
      cookie = attempt.cookie;
      attempts.push(attempt);
    }
    for (const [index, path] of ['', '/desk/b', '/desk/c', '/desk/d'].entries()) {
      const answer = await finish({ ...attempts[index]!, cookie });
      expect(answer.headers.get('location') ?? '').toBe(path);
    }
  });

  it('is signed out at the desk alone, and says so, where the issuer has no page for that', async () => {
    const session = cookieOf(await finish(await begin()), 'desk');
    const answer = await askDesk(stack, '/sign-out', { method: 'POST', headers: { cookie: session } });
    expect(answer.headers.getSetCookie()[0]).toMatch(/^desk=; Max-Age=0;/);
    expect(await answer.text()).toContain('The sign-in service may still know this browser');
  });
});

describe('a sign-in is refused, with words and a way on, when', () => {
  const refused = async (answer: NextAnswer, status: number, title: string) => {
    const response = await finish(await begin('/members'), answer);
    const page = await response.text();
    expect([response.status, /<h1[^>]*>(?:<[^>]+>)*([^<]+)/.exec(page)?.[1]]).toEqual([status, title]);
    expect(page).toContain('href="/desk/sign-in?back=%2Fdesk%2Fmembers"');
    expect(response.headers.getSetCookie().some((cookie) => cookie.startsWith('desk='))).toBe(false);
  };
  const now = () => Math.floor(Date.now() / 1000);

  it.each<[string, NextAnswer]>([
    ['the token is for another client', { claims: { aud: 'somebody-else' } }],
    ['the token is for another attempt', { claims: { nonce: 'of-another-attempt' } }],
    ['the token has no nonce', { claims: { nonce: undefined } }],
    ['the token is of another issuer', { claims: { iss: 'https://evil.example' } }],
    ['the token is signed by somebody else', { foreignKey: true }],
    ['the token names nobody', { claims: { sub: undefined } }],
  ])('%s', (_, answer) => refused(answer, 400, 'The sign-in was refused'));

  it('the code was used already', () => refused({ error: 'invalid_grant' }, 400, 'This sign-in is over'));

  it('the clocks are more than a minute apart', async () => {
    await refused({ claims: { iat: now() - 600, exp: now() - 120 } }, 502, 'The clocks do not agree');
    const answer = await finish(await begin(), { claims: { exp: now() - 30 } });
    expect(answer.status).toBe(302);
  });

  it('the issuer fails', () =>
    refused({ error: 'server_error', status: 500 }, 503, 'The sign-in service does not answer'));
});

describe('a way back to the desk is refused', () => {
  it('when the person cancelled', async () => {
    const { state, cookie } = await begin();
    const answer = await ask(`/signed-in?error=access_denied&state=${state}`, cookie);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('The sign-in was cancelled, so nothing has changed.');
  });

  it('when the browser did not set out with it, and when it comes a second time', async () => {
    const attempt = await begin();
    expect((await finish({ ...attempt, cookie: '' })).status).toBe(400);
    const first = await finish(attempt);
    expect(first.status).toBe(302);
    // The browser has forgotten the attempt by then.
    const again = await finish({ ...attempt, cookie: '' });
    expect(await again.text()).toContain('This sign-in is over');
    // Signed in by then, it is on the way, and nothing changes.
    const signedIn = await finish({ ...attempt, cookie: cookieOf(first, 'desk') });
    expect([signedIn.status, signedIn.headers.get('location')]).toEqual([302, '/desk']);
    expect(signedIn.headers.getSetCookie()).toEqual([]);
  });

  it('when its state is that of nobody', async () => {
    const { cookie } = await begin();
    for (const query of ['', '?code=x', '?code=x&state=', '?code=x&state=made-up']) {
      expect((await ask(`/signed-in${query}`, cookie)).status).toBe(400);
    }
  });

  it('when it says that it comes from another issuer', async () => {
    const { state, nonce, cookie } = await begin();
    issuer.willAnswer({}, nonce);
    expect((await ask(`/signed-in?code=x&state=${state}&iss=https%3A%2F%2Fevil.example`, cookie)).status).toBe(400);
  });
});

describe('on https', () => {
  it('the cookies are of the kind that no other host of the domain and no plain connection can set', async () => {
    const change = (template: Template) => signInAt(template, issuer.url, { PUBLIC_URL: 'https://desk.example' });
    const secure = await startLocalStack({ change });
    // `fetch` does not let a program say under which name it asks.
    const open = (path: string, cookie = '') =>
      new Promise<IncomingMessage>((done) => {
        const headers = { host: 'desk.example', cookie };
        get(`${secure.addresses.http}/desk${path}`, { headers }, (answer) => done(answer.resume()));
      });
    try {
      const begun = await open('/sign-in');
      const [attempt = ''] = begun.headers['set-cookie'] ?? [];
      expect(attempt).toMatch(/^__Host-desk-sign-in=[\w.-]+; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
      const query = new URL(begun.headers.location!).searchParams;
      issuer.willAnswer({}, query.get('nonce')!);
      const ended = await open(`/signed-in?code=c&state=${query.get('state')}`, attempt.split(';')[0]);
      const session = ended.headers['set-cookie']!.find((cookie) => cookie.startsWith('__Host-desk='))!.split(';')[0]!;
      expect((await open('/no-such-page', session)).statusCode).toBe(404);
      expect((await open('/no-such-page', session.replace('__Host-', ''))).statusCode).toBe(302);
    } finally {
      await secure.stop();
    }
  });
});

describe('while the issuer is away', () => {
  it('the desk says so, still signs out, and signs in when it is back', async () => {
    const away = await startForeignIssuer('desk-of-ours');
    await away.stop();
    let back: typeof away | undefined;
    const alone = await startLocalStack({ change: (template) => signInAt(template, away.url) });
    try {
      const answer = await askDesk(alone, '/sign-in');
      expect(answer.status).toBe(503);
      expect(await answer.text()).toContain('We could not reach it');
      expect((await askDesk(alone, '/sign-out', { method: 'POST' })).status).toBe(200);
      back = await startForeignIssuer('desk-of-ours', Number(new URL(away.url).port));
      expect((await askDesk(alone, '/sign-in')).headers.get('location')).toContain(`${away.url}/authorize?`);
    } finally {
      await alone.stop();
      await back?.stop();
    }
  });
});

/** Sets out: what the desk asks the issuer, and the cookie that it leaves in the browser. */
async function begin(path = '', cookie = '') {
  const answer = await ask(`/sign-in?back=/desk${path}`, cookie);
  const query = new URL(answer.headers.get('location')!).searchParams;
  return { state: query.get('state')!, nonce: query.get('nonce')!, cookie: cookieOf(answer, 'desk-sign-in') };
}

/** Comes back with a code, for which the issuer then gives that answer. */
function finish(
  { state, nonce, cookie }: Awaited<ReturnType<typeof begin>>,
  answer: NextAnswer = {},
): Promise<Response> {
  issuer.willAnswer(answer, nonce);
  return ask(`/signed-in?code=c&state=${state}`, cookie);
}

const ask = (path: string, cookie: string) => askDesk(stack, path, { headers: { cookie } });

function cookieOf(answer: Response, name: string): string {
  return answer.headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith(`${name}=`))!
    .split(';')[0]!;
}

function signInAt(template: Template, address: string, more: Record<string, string> = {}): void {
  for (const { Properties } of Object.values(template.Resources)) {
    const variables = (Properties as { Environment?: { Variables: Record<string, unknown> } })?.Environment?.Variables;
    if (variables?.SIGN_IN_ISSUER)
      Object.assign(variables, { SIGN_IN_ISSUER: address, SIGN_IN_CLIENT: 'desk-of-ours', ...more });
  }
}
