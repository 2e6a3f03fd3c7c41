import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { decodeProtectedHeader } from 'jose/decode/protected_header';
import { secrets } from '../../../shared/aws.ts';
import { env } from '../../../shared/env.ts';
import type { CookieKeys } from './sealed.ts';

/**
 * The keys from Secrets Manager, read again every five minutes, so that a key that is taken away ends the sign-ins that
 * hang on it. A cookie that names a key which we do not know was sealed by a process that knows more, or made up: for
 * it they are read again at once, but not more than once a minute.
 */
export async function cookieKeys(sealed = ''): Promise<CookieKeys> {
  const kid = keyIdOf(sealed);
  const known = await load(300_000);
  return !kid || Object.hasOwn(known.keys, kid) ? known : load(60_000);
}

let loaded: { at: number; keys: Promise<CookieKeys> } | undefined;

/** What was read is good for that many milliseconds. */
function load(age: number): Promise<CookieKeys> {
  if (loaded && Date.now() < loaded.at + age) return loaded.keys;
  const own = { at: Date.now(), keys: read() };
  loaded = own;
  own.keys.catch(() => {
    if (loaded === own) loaded = undefined;
  });
  return own.keys;
}

/** The secret is `{"current":"k1","k1":"…"}`: CloudFormation generates one such value, and a rotation adds k2. */
async function read(): Promise<CookieKeys> {
  const { SecretString } = await secrets().send(new GetSecretValueCommand({ SecretId: env('cookieKeysSecret') }));
  const { current = '', ...keys } = JSON.parse(SecretString ?? '{}') as Record<string, string>;
  return { current, keys };
}

function keyIdOf(sealed: string): string | undefined {
  try {
    const { kid } = decodeProtectedHeader(sealed);
    return typeof kid === 'string' ? kid : undefined;
  } catch {
    return undefined;
  }
}
