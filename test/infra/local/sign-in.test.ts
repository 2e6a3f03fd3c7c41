import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoPeople } from '../../../infra/local/sign-in-people.ts';
import { endSmallStacks, startSmallStack } from './small-stack.ts';

type SmallStack = Awaited<ReturnType<typeof startSmallStack>>;

const at = (Type: string, path: string, Properties: Record<string, unknown>) => ({
  Type,
  Properties,
  Metadata: { 'aws:cdk:path': `small/sign-in/${path}/Resource` },
});

const pool = { UserPoolId: { Ref: 'Pool' } };
const Resources = {
  Pool: at('AWS::Cognito::UserPool', 'pool', {}),
  Client: at('AWS::Cognito::UserPoolClient', 'client', {
    ...pool,
    AllowedOAuthFlows: ['code'],
    AllowedOAuthScopes: ['openid', 'email', 'profile'],
    CallbackURLs: ['http://127.0.0.1:9/back'],
    LogoutURLs: ['http://127.0.0.1:9/out'],
    IdTokenValidity: 5,
    AccessTokenValidity: 5,
  }),
  Chiefs: at('AWS::Cognito::UserPoolGroup', 'chiefs', { ...pool, GroupName: 'officer' }),
};
const Outputs = { Issuer: { Value: { 'Fn::GetAtt': ['Pool', 'ProviderURL'] } }, Client: { Value: { Ref: 'Client' } } };

describe('the sign-in of the local stack', () => {
  let stack: SmallStack;
  let issuer: string;
  beforeAll(async () => {
    stack = await startSmallStack({ Resources, Outputs });
    issuer = stack.outputs.Issuer!;
  });
  afterAll(endSmallStacks);

  it('is where the template says that the user pool is, and describes itself there', async () => {
    expect(issuer).toBe(`${stack.addresses.http}/_local/sign-in`);
    const description = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json();
    expect(description).toMatchObject({
      issuer,
      token_endpoint: `${issuer}/token`,
      end_session_endpoint: `${issuer}/logout`,
      code_challenge_methods_supported: ['S256'],
    });
  });

  it('offers one person for each group of the template, a second officer, and one without a group', async () => {
    const page = await (await chooser()).text();
    expect([...page.matchAll(/value="([a-z.]+)"><b>/g)].map(([, id]) => id)).toEqual([
      'otto.officer',
      'olga.officer',
      'nils.nobody',
    ]);
    expect(demoPeople(['reviewer', 'zebra']).map(({ name }) => name)).toEqual([
      'Rita Reviewer',
      'Kim Zebra',
      'Nils Nobody',
    ]);
  });

  it('asks for a proof key, and leads to no address that the template does not name', async () => {
    const { code_challenge, ...without } = good;
    expect((await authorize(without)).headers.get('location')).toContain('error=invalid_request');
    const elsewhere = await authorize({ ...good, redirect_uri: 'http://evil.example/back' });
    expect([elsewhere.status, elsewhere.headers.get('location')]).toEqual([400, null]);
    expect(await elsewhere.text()).toContain('This sign-in is refused');
    expect((await authorize({ ...good, client_id: 'x' })).status).toBe(400);
  });

  it('gives a client with the proof key, and no other, the name, address and groups of the person, once', async () => {
    const code = await codeOf('otto.officer');
    expect((await redeem(code, 'x'.repeat(43))).status).toBe(400);
    const tokens = (await (await redeem(await codeOf('otto.officer'))).json()) as { id_token: string };
    const claims = claimsOf(tokens.id_token);
    expect(claims).toMatchObject({
      ...{ sub: 'otto.officer', name: 'Otto Officer', email: 'otto.officer@staff.example' },
      ...{ 'cognito:groups': ['officer'], iss: issuer, aud: stack.outputs.Client, nonce: 'n' },
    });
    expect(claims.exp - claims.iat).toBe(300);
    const second = await codeOf('nils.nobody');
    expect(claimsOf(((await (await redeem(second)).json()) as { id_token: string }).id_token)).not.toHaveProperty(
      'cognito:groups',
    );
    expect((await redeem(second)).status).toBe(400);
  });

  it('signs out without a question, and leads back to where the template says alone', async () => {
    const out = (query: object) =>
      fetch(`${issuer}/logout?${new URLSearchParams(query as never)}`, { redirect: 'manual' });
    const client_id = stack.outputs.Client!;
    const done = await out({ client_id, logout_uri: 'http://127.0.0.1:9/out' });
    expect([done.status, done.headers.get('location')]).toEqual([302, 'http://127.0.0.1:9/out']);
    expect(done.headers.getSetCookie().join()).toContain('_session=;');
    expect((await out({ client_id, logout_uri: 'http://evil.example/' })).status).toBe(400);
    expect((await out({ client_id: 'x', logout_uri: 'http://127.0.0.1:9/out' })).status).toBe(400);
  });

  it('says that a sign-in is over when its page is opened too late or elsewhere', async () => {
    const answer = await fetch(`${issuer}/choose/unknown`);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('This sign-in is over');
  });

  it('takes no click that another site makes for the person', async () => {
    const { url, headers } = await interaction();
    const init = { method: 'POST', body: new URLSearchParams({ person: 'otto.officer' }), redirect: 'manual' } as const;
    const answer = await fetch(url, { ...init, headers: { ...headers, origin: 'http://evil.example' } });
    expect(answer.status).toBe(403);
  });

  it('keeps its keys from one start to the next, for this user alone', async () => {
    await fetch(`${issuer}/jwks`);
    const file = join(stack.dataDir, 'sign-in.json');
    const before = readFileSync(file, 'utf8');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await stack.stop();
    stack = await startSmallStack({ Resources, Outputs }, {}, { dataDir: stack.dataDir });
    issuer = stack.outputs.Issuer!;
    const { keys } = (await (await fetch(`${issuer}/jwks`)).json()) as { keys: { n: string; d?: string }[] };
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(before).toContain(keys[0]!.n);
    expect(keys[0]).not.toHaveProperty('d');
  });

  const good = {
    response_type: 'code',
    redirect_uri: 'http://127.0.0.1:9/back',
    scope: 'openid email profile',
    nonce: 'n',
    // Of the verifier in RFC 7636, appendix B.
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  };
  const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';

  const authorize = (query: object) => {
    const parameters = new URLSearchParams({ client_id: stack.outputs.Client!, ...query });
    return fetch(`${issuer}/auth?${parameters}`, { redirect: 'manual', headers: { accept: 'text/html' } });
  };

  async function interaction() {
    const answer = await authorize(good);
    return { url: new URL(answer.headers.get('location')!, issuer), headers: { cookie: cookiesOf(answer) } };
  }

  const chooser = async () => {
    const { url, headers } = await interaction();
    return fetch(url, { headers });
  };

  /** Signs a person in as a browser would, and returns the code that the client gets. */
  async function codeOf(person: string): Promise<string> {
    const { url, headers } = await interaction();
    const chosen = await fetch(url, {
      method: 'POST',
      headers,
      redirect: 'manual',
      body: new URLSearchParams({ person }),
    });
    const back = await fetch(chosen.headers.get('location')!, { headers, redirect: 'manual' });
    return new URL(back.headers.get('location')!).searchParams.get('code')!;
  }

  const redeem = (code: string, code_verifier = verifier) => {
    const { redirect_uri } = good;
    const client_id = stack.outputs.Client!;
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id,
      code,
      redirect_uri,
      code_verifier,
    });
    return fetch(`${issuer}/token`, { method: 'POST', body });
  };
});

it('a stack whose template has no user pool has no sign-in', async () => {
  const { addresses } = await startSmallStack({ Resources: {} });
  expect((await fetch(`${addresses.http}/_local/sign-in/jwks`)).status).toBe(404);
  await endSmallStacks();
});

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());

const cookiesOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
