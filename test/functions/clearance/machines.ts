import { SignJWT } from 'jose';
import type { LocalStack } from '../../local-stack.ts';

/** A token as a program gets it from the stack's issuer; for all scopes of the client unless one is named. */
export async function tokenOf({ machine }: LocalStack, scope?: string): Promise<string> {
  const { clientId, clientSecret, tokenUrl } = machine!;
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...(scope && { scope }) });
  const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
  const answer = await fetch(tokenUrl, { method: 'POST', headers: { authorization }, body });
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** A token with other claims, or of another key, than those that the issuer gives out. */
export const forged = (claims: object, key: Parameters<SignJWT['sign']>[0], header: object = {}): Promise<string> =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg: 'RS256', kid: 'local', ...header }).sign(key);

export type Api = ReturnType<typeof apiOf>;

/** Asks the HTTP API as a program with this token. */
export function apiOf({ addresses }: LocalStack, token?: string) {
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const get = (path: string, init: RequestInit = {}) =>
    fetch(`${addresses.http}/clearance${path}`, { ...init, headers: { ...headers, ...init.headers } });
  const post = (path: string, body: unknown) =>
    get(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return { get, post };
}

/** Asks the part of it that is for the tools that mail offers. */
export function offersOf({ addresses }: LocalStack, token?: string) {
  const post = (path: string, body: unknown) =>
    fetch(`${addresses.http}/offers${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return {
    post,
    links: (members: string[]) => post('/links', { members }),
    check: (recipients: object[]) => post('/check', { recipients }),
  };
}
