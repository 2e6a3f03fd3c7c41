import { hkdfSync } from 'node:crypto';
import { compactDecrypt } from 'jose/jwe/compact/decrypt';
import { CompactEncrypt } from 'jose/jwe/compact/encrypt';

/** Keys by id, and which of them seals. Older ones stay for as long as something that they sealed is valid. */
export interface CookieKeys {
  current: string;
  keys: Record<string, string>;
}

/** What a cookie holds; each has a key of its own, so that one is worth nothing in the place of another. */
export type Purpose = 'session' | 'sign-in';

/** A value that only we can read and only we can have made: JWE (RFC 7516), direct, AES-256-GCM, with the id of its key. */
export function seal(purpose: Purpose, value: object, { current, keys }: CookieKeys): Promise<string> {
  return new CompactEncrypt(Buffer.from(JSON.stringify(value)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: current })
    .encrypt(derive(keys[current]!, purpose));
}

/** The value; undefined for one that is forged, damaged, of another purpose, or sealed with a key that is gone. */
export async function unseal<Value>(
  purpose: Purpose,
  text: string,
  { keys }: Pick<CookieKeys, 'keys'>,
): Promise<Value | undefined> {
  try {
    const keyOf = ({ kid = '' }) => derive(Object.hasOwn(keys, kid) ? keys[kid]! : '', purpose);
    const { plaintext } = await compactDecrypt(text, keyOf, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return JSON.parse(Buffer.from(plaintext).toString()) as Value;
  } catch {
    return undefined;
  }
}

/** RFC 5869. An empty key is one that we do not have. */
function derive(key: string, purpose: Purpose): Uint8Array {
  if (!key) throw new Error('There is no such key.');
  return new Uint8Array(hkdfSync('sha256', key, '', `desk cookie: ${purpose}`, 32));
}
