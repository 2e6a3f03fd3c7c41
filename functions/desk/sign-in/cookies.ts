import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { env } from '../../../shared/env.ts';
import { cookieKeys } from './cookie-keys.ts';
import { type Purpose, seal, unseal } from './sealed.ts';

/** What the cookie of that purpose holds; undefined where there is none that we made. */
export async function readCookie<Value>(context: Context, purpose: Purpose): Promise<Value | undefined> {
  const { name, prefix } = settings(purpose);
  const text = getCookie(context, name, prefix);
  return text ? unseal<Value>(purpose, text, await cookieKeys(text)) : undefined;
}

/** Scripts cannot read it, other sites cannot send it along except by a link, and its reader cannot look into it. */
export async function writeCookie(context: Context, purpose: Purpose, value: object, seconds: number): Promise<void> {
  const { name, ...attributes } = settings(purpose);
  const text = await seal(purpose, value, await cookieKeys());
  setCookie(context, name, text, { ...attributes, maxAge: seconds });
}

export function dropCookie(context: Context, purpose: Purpose): void {
  const { name, ...attributes } = settings(purpose);
  deleteCookie(context, name, attributes);
}

/** The prefix keeps other hosts of the domain from setting it (RFC 6265bis section 4.1.3.2); it needs https and `/`. */
function settings(purpose: Purpose) {
  const https = env('publicUrl').startsWith('https:');
  const name = purpose === 'session' ? 'desk' : 'desk-sign-in';
  // Lax, not Strict: people come from links in mails, and from the issuer.
  const common = { name, httpOnly: true, sameSite: 'Lax' } as const;
  return https
    ? { ...common, secure: true, path: '/', prefix: 'host' as const }
    : { ...common, secure: false, path: '/desk', prefix: undefined };
}
