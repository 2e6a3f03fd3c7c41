import { createMiddleware } from 'hono/factory';
import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { env } from '../../shared/env.ts';
import { errorName, Unavailable } from '../../shared/errors.ts';
import { problem } from './problem.ts';

/** What a route finds in its context: the client whose token came along. */
export interface MachineEnv {
  Variables: { client: string };
}

/** Lets on whoever brings a token for this scope (RFC 6750). */
export const withToken = (scope: string) =>
  createMiddleware<MachineEnv>(async (context, next) => {
    const [, token] = /^Bearer ([\w.~+/-]+=*)$/i.exec(context.req.header('authorization') ?? '') ?? [];
    if (!token) {
      context.header('WWW-Authenticate', `Bearer realm="in-writing", scope="${scope}"`);
      return problem(context, 'unauthorized', `Send a token for ${scope} as "Authorization: Bearer TOKEN".`);
    }
    const found = await readToken(token);
    if ('refused' in found) {
      context.header('WWW-Authenticate', 'Bearer realm="in-writing", error="invalid_token"');
      return problem(context, 'unauthorized', found.refused);
    }
    if (!found.scopes.includes(scope)) {
      context.header('WWW-Authenticate', `Bearer realm="in-writing", error="insufficient_scope", scope="${scope}"`);
      return problem(context, 'insufficient-scope', `This token is not for ${scope}: get one for that scope.`);
    }
    context.set('client', found.client);
    return next();
  });

/** Where programs get their tokens. */
export const tokenEndpoint = async (): Promise<string> => (await issuer()).tokenEndpoint;

/**
 * The claims of a valid access token. Cognito puts no `aud` into one, so what tells it from the ID token of a person is
 * `token_use`; other issuers write the type `at+jwt` for that (RFC 9068).
 */
async function readToken(token: string): Promise<{ client: string; scopes: string[] } | { refused: string }> {
  const { keys } = await issuer();
  try {
    const options = { issuer: env('signInIssuer'), algorithms: ['RS256'], clockTolerance: 60, requiredClaims: ['exp'] };
    const { payload, protectedHeader } = await jwtVerify(token, keys, options);
    const { client_id: client, scope, token_use: use } = payload;
    if (use !== 'access' && protectedHeader.typ !== 'at+jwt') return { refused: 'This is no access token: send that.' };
    if (typeof client !== 'string' || !['any', client].includes(env('machineClient')))
      return { refused: 'This token was given to another client: use the one that you were told.' };
    return { client, scopes: typeof scope === 'string' ? scope.split(' ') : [] };
  } catch (error) {
    return { refused: wordsOf(error) };
  }
}

/** Throws Unavailable where the issuer's keys cannot be had: the token may be good, so 401 would be wrong. */
function wordsOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'This token has expired: get a new one.';
  if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout)) {
    return 'This token was not given out by our issuer, or was changed on the way: get a new one.';
  }
  throw new Unavailable(`The keys of the issuer cannot be had (${errorName(error)}).`);
}

interface Issuer {
  /** Kept for ten minutes, and asked for again where a token names another key, twice a minute at most. */
  keys: JWTVerifyGetKey;
  tokenEndpoint: string;
}

let discovered: Promise<Issuer> | undefined;

/** What the issuer says of itself (OpenID Connect Discovery), asked for once per process. */
function issuer(): Promise<Issuer> {
  discovered ??= discover(env('signInIssuer')).catch((error) => {
    discovered = undefined;
    throw new Unavailable(`The issuer does not say where its keys are (${error.message}).`);
  });
  return discovered;
}

async function discover(address: string): Promise<Issuer> {
  const found = await fetch(`${address}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(5_000) });
  const { issuer, jwks_uri, token_endpoint } = (await found.json()) as Record<string, string>;
  if (issuer !== address) throw new Error(`it calls itself ${issuer}`);
  return { keys: createRemoteJWKSet(new URL(jwks_uri!)), tokenEndpoint: token_endpoint! };
}
