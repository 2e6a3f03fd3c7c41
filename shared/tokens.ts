import { createHmac, timingSafeEqual } from 'node:crypto';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { secrets } from './aws.ts';
import { env } from './env.ts';

/**
 * Tokens in links and in the addresses that people reply to: they say for what and for whom, until when, and cannot be
 * made without our key. A token of one purpose is worth nothing for another.
 *
 * Layout, in bytes: 1 key number, 4 expiry (minutes since 1970, 0 for none), 16 HMAC-SHA-256 cut to 128 bits (RFC 2104
 * section 5), then the subject. Written in lower-case Crockford base32, since local parts lose their case on the way.
 */
export interface Token {
  purpose: 'reply' | 'confirm' | 'preferences' | 'unsubscribe' | 'unsubscribe-by-mail';
  subject: Uint8Array;
  /** ISO 8601; a token without one is valid as long as its key. */
  expires?: string;
}

/** Keys by number, and which of them signs. Older ones stay until the last token that they signed has expired. */
export interface TokenKeys {
  current: number;
  keys: Record<number, string>;
}

export function signToken({ purpose, subject, expires }: Token, { current, keys }: TokenKeys): string {
  const head = Buffer.alloc(5);
  head.writeUInt8(current);
  head.writeUInt32BE(expires ? Math.floor(Date.parse(expires) / 60_000) : 0, 1);
  return toBase32(Buffer.concat([head, mac(keys[current]!, purpose, head, subject), subject]));
}

/** The subject of a valid token; undefined for one that is forged, expired, damaged or of another purpose. */
export function readToken(
  text: string,
  purpose: Token['purpose'],
  at: string,
  { keys }: TokenKeys,
): Uint8Array | undefined {
  const bytes = fromBase32(text);
  if (!bytes || bytes.length < 21) return undefined;
  const [head, signature, subject] = [bytes.subarray(0, 5), bytes.subarray(5, 21), bytes.subarray(21)];
  const key = keys[head.readUInt8()];
  if (!key || !timingSafeEqual(mac(key, purpose, head, subject), signature)) return undefined;
  const expires = head.readUInt32BE(1) * 60_000;
  return expires === 0 || expires > Date.parse(at) ? subject : undefined;
}

/** The keys from Secrets Manager, asked for once per process: a rotated key reaches a Lambda with its next start. */
export function tokenKeys(): Promise<TokenKeys> {
  loaded ??= load().catch((error) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

let loaded: Promise<TokenKeys> | undefined;

/** The secret is `{"current":"k1","k1":"…"}`: CloudFormation generates one such value, and a rotation adds k2. */
async function load(): Promise<TokenKeys> {
  const { SecretString } = await secrets().send(new GetSecretValueCommand({ SecretId: env('tokenKeysSecret') }));
  const { current, ...keys } = JSON.parse(SecretString ?? '{}') as Record<string, string>;
  const numbered = Object.entries(keys).map(([name, key]) => [Number(name.slice(1)), key] as const);
  return { current: Number(current?.slice(1)), keys: Object.fromEntries(numbered) };
}

const mac = (key: string, purpose: string, head: Uint8Array, subject: Uint8Array): Buffer =>
  createHmac('sha256', key).update(`${purpose}\n`).update(head).update(subject).digest().subarray(0, 16);

/** Crockford's alphabet: no letter that is taken for a digit. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** A member id of 128 characters of four bytes each needs 860. */
const longest = 1_000;

function toBase32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits
    .match(/.{1,5}/g)!
    .map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('');
}

function fromBase32(text: string): Buffer | undefined {
  if (text.length > longest) return undefined;
  const digits = Array.from(text.toLowerCase(), (letter) => alphabet.indexOf(letter));
  if (digits.includes(-1)) return undefined;
  const bits = digits.map((digit) => digit.toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []);
}
