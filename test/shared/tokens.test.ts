import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readToken, signToken, type TokenKeys } from '../../shared/tokens.ts';

const keys: TokenKeys = { current: 2, keys: { 1: 'an old secret', 2: 'a new secret' } };
const at = '2026-11-22T10:00:00.000Z';
const text = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString();

test('a token says whom it is for, whatever the case that mail systems leave of it', () => {
  const token = signToken({ purpose: 'confirm', subject: Buffer.from('W-1/m-17') }, keys);
  expect(token).toMatch(/^[0-9a-hjkmnp-tv-z]+$/);
  expect(text(readToken(token.toUpperCase(), 'confirm', at, keys))).toBe('W-1/m-17');
});

test('a token of another purpose, an expired one and one of a dropped key are worth nothing', () => {
  const expiring = signToken(
    { purpose: 'confirm', subject: Buffer.from('x'), expires: '2026-11-22T10:05:00.000Z' },
    keys,
  );
  expect(text(readToken(expiring, 'confirm', at, keys))).toBe('x');
  expect(readToken(expiring, 'preferences', at, keys)).toBeUndefined();
  expect(readToken(expiring, 'confirm', '2026-11-22T10:05:00.000Z', keys)).toBeUndefined();
  expect(readToken(expiring, 'confirm', at, { current: 1, keys: { 1: 'an old secret' } })).toBeUndefined();
});

test('tokens that an older key signed are valid as long as that key stays', () => {
  const old = signToken({ purpose: 'reply', subject: Buffer.from('x') }, { ...keys, current: 1 });
  expect(text(readToken(old, 'reply', at, keys))).toBe('x');
});

test('no change of a letter, and no text that we did not write, is a token', () => {
  const token = signToken({ purpose: 'reply', subject: Buffer.from('0123456789') }, keys);
  fc.assert(
    fc.property(fc.nat(token.length - 2), fc.constantFrom(...'0123456789abcdefghjkmnpqrstvwxyz'), (place, letter) => {
      const forged = token.slice(0, place) + letter + token.slice(place + 1);
      if (forged !== token) expect(readToken(forged, 'reply', at, keys)).toBeUndefined();
    }),
  );
  fc.assert(fc.property(fc.string(), (anything) => readToken(anything, 'reply', at, keys) === undefined));
});
