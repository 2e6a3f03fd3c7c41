import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { importJWK, SignJWT } from 'jose';
import { json, readBody } from './page-requests.ts';
import type { SignInPlan } from './plan.ts';
import type { SignInKeys } from './sign-in-keys.ts';

/** With what a program gets a token: its name, its secret, and where to ask. */
export interface Machine {
  clientId: string;
  clientSecret: string;
  tokenUrl: string;
}

/** The client for programs, where the template has one. Its secret stays the same from one start to the next. */
export function openMachine({ machine, issuer }: SignInPlan, file: string): Machine | undefined {
  return machine && { clientId: machine.id, clientSecret: secretIn(file), tokenUrl: `${issuer}/token` };
}

/**
 * Cognito's answer to client credentials (RFC 6749 section 4.4, with the secret in a Basic header): a token with the
 * claims that Cognito puts there, so without `aud`, and for all scopes of the client where none is asked for.
 */
export async function giveToken(
  parts: { plan: SignInPlan; machine: Machine; keys: SignInKeys },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { id, scopes, tokenMinutes } = parts.plan.machine!;
  const refuse = (error: string, status = 400) => json(response, { error }, status);
  try {
    const form = new URLSearchParams((await readBody(request, 4096)).toString());
    if (!isMachine(request, parts.machine)) return refuse('invalid_client', 401);
    if (form.get('grant_type') !== 'client_credentials') return refuse('unauthorized_client');
    const asked = form.get('scope')?.split(' ') ?? scopes;
    if (!asked.every((scope) => scopes.includes(scope))) return refuse('invalid_scope');
    const expires_in = tokenMinutes * 60;
    const access_token = await sign({ id, scope: asked.join(' '), seconds: expires_in }, parts);
    json(response, { access_token, expires_in, token_type: 'Bearer' });
  } catch {
    refuse('invalid_request');
  }
}

async function sign(
  { id, scope, seconds }: { id: string; scope: string; seconds: number },
  { plan, keys }: { plan: SignInPlan; keys: SignInKeys },
): Promise<string> {
  const [key] = keys.jwks.keys;
  const at = Math.floor(Date.now() / 1000);
  const claims = { sub: id, token_use: 'access', scope, auth_time: at, version: 2, client_id: id };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid: String(key!.kid) })
    .setIssuer(plan.issuer)
    .setIssuedAt(at)
    .setExpirationTime(at + seconds)
    .setJti(randomUUID())
    .sign(await importJWK(key!, 'RS256'));
}

function isMachine({ headers }: IncomingMessage, { clientId, clientSecret }: Machine): boolean {
  const [, encoded = ''] = /^Basic (\S+)$/i.exec(headers.authorization ?? '') ?? [];
  const given = Buffer.from(encoded, 'base64');
  const known = Buffer.from(`${clientId}:${clientSecret}`);
  return given.length === known.length && timingSafeEqual(given, known);
}

function secretIn(file: string): string {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { secret: string }).secret;
  } catch {
    // As many characters as Cognito's.
    const secret = randomBytes(39).toString('hex').slice(0, 51);
    writeFileSync(`${file}.new`, JSON.stringify({ secret }), { mode: 0o600 });
    renameSync(`${file}.new`, file);
    return secret;
  }
}
