import { generateKeyPair, type JsonWebKey, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';

export interface SignInKeys {
  /** Sign the issuer's tokens: one RSA key, since Cognito signs with RS256. */
  jwks: { keys: (JsonWebKey & { kty: string })[] };
  /** Sign the issuer's cookies. */
  cookies: string[];
}

/** The keys of the file. Where it is not there or damaged they are made anew: people then sign in once more, that is all. */
export async function signInKeys(file: string): Promise<SignInKeys> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as SignInKeys;
  } catch {
    const keys = await makeKeys();
    writeFileSync(`${file}.new`, JSON.stringify(keys), { mode: 0o600 });
    renameSync(`${file}.new`, file);
    return keys;
  }
}

async function makeKeys(): Promise<SignInKeys> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: 'jwk' }), kty: 'RSA', use: 'sig', alg: 'RS256', kid: 'local' };
  return { jwks: { keys: [key] }, cookies: [randomBytes(32).toString('base64url')] };
}
