/**
 * Request ids of an arrival: `W-XXXX-XXXX-XXXX-XXXX`, 80 bits of its SHA-256 in Crockford's base32, which people can
 * read aloud. Three of them, from different parts of the hash: should two arrivals share the first, the second one
 * takes its next, and nothing is taken for a repetition that is none.
 */
export function requestIds(hash: string): string[] {
  const bytes = Buffer.from(hash, 'hex');
  return [0, 10, 20].map((from) => idOfBytes(bytes.subarray(from, from + 10)));
}

/** The 10 bytes of a request id, for a token; and the id that such bytes stand for. */
export const idBytes = (requestId: string): Uint8Array => {
  const digits = Array.from(requestId.slice(2).replaceAll('-', ''), (digit) => BigInt(alphabet.indexOf(digit)));
  return Buffer.from(
    digits
      .reduce((bits, digit) => (bits << 5n) | digit, 0n)
      .toString(16)
      .padStart(20, '0'),
    'hex',
  );
};
export const idOfBytes = (bytes: Uint8Array): string => `W-${crockford(bytes).match(/.{4}/g)!.join('-')}`;

/** The id that a person typed: any case, dashes or none, and O, I and L for the digits that they look like. */
export function readRequestId(text: string): string | undefined {
  const typed = text
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/^W/, '');
  const digits = typed.replaceAll('O', '0').replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{16}$/.test(digits) ? `W-${digits.match(/.{4}/g)!.join('-')}` : undefined;
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function crockford(bytes: Uint8Array): string {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  return Array.from(
    { length: (bytes.length * 8) / 5 },
    (_, place) => alphabet[Number((bits >> BigInt(75 - place * 5)) & 31n)],
  ).join('');
}
