import { createHash } from 'node:crypto';

/** What tells one form from another: the same form sent again has the same. */
export const hashOfNonce = (nonce: string): string => createHash('sha256').update(`notice ${nonce}`).digest('hex');

/**
 * Ids for a new notice, `N-XXXX-XXXX`: 40 bits of the hash of its nonce in Crockford's base32, which people can read
 * aloud. Several, should another notice have the first.
 */
export function noticeIds(hash: string): string[] {
  const bytes = Buffer.from(hash, 'hex');
  return [0, 5, 10, 15, 20, 25].map((from) => {
    const digits = crockford(bytes.subarray(from, from + 5));
    return `N-${digits.slice(0, 4)}-${digits.slice(4)}`;
  });
}

export const isNoticeId = (text: string): boolean => /^N-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/.test(text);

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function crockford(bytes: Uint8Array): string {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  return Array.from({ length: 8 }, (_, place) => alphabet[Number((bits >> BigInt(35 - place * 5)) & 31n)]).join('');
}
