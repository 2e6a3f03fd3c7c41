import fc from 'fast-check';
import { expect, test } from 'vitest';
import { networkOf } from '../../../shared/deliveries/askers.ts';
import { emptyOptOut, hold, type OptOut, type Subject } from '../../../shared/optouts/opt-out.ts';
import { preferencesToken, readPreferencesToken } from '../../../shared/requests/preferences-token.ts';
import { planPreferences, type Wish } from '../../../shared/requests/take-preferences-plan.ts';
import { unsubscribeAddressToken, unsubscribeToken } from '../../../shared/requests/unsubscribe-token.ts';
import { readToken } from '../../../shared/tokens.ts';

const keys = { current: 1, keys: { 1: 'a key', 2: 'another' } };
const at = '2026-11-22T10:00:30.000Z';
const memberId = fc.string({ unit: 'binary', minLength: 1, maxLength: 128 }).filter((id) => id.isWellFormed());

test('a link to the preferences is good for 30 minutes, and for nothing else', () => {
  fc.assert(
    fc.property(memberId, (id) => {
      const token = preferencesToken(id, 'L-1 preferences-link-0', at, keys);
      expect(readPreferencesToken(token, '2026-11-22T10:30:29.000Z', keys)?.memberId).toBe(id);
      expect(readPreferencesToken(token, '2026-11-22T10:31:30.000Z', keys)).toBeUndefined();
      expect(readPreferencesToken(unsubscribeToken(id, keys), at, keys)).toBeUndefined();
      expect(readToken(token, 'unsubscribe', at, keys)).toBeUndefined();
    }),
  );
});

test('a mail that is sent again brings the same link, another mail another one', () => {
  const nonce = (delivery: string) => readPreferencesToken(preferencesToken('m1', delivery, at, keys), at, keys)?.nonce;
  expect(nonce('L-1 a')).toBe(nonce('L-1 a'));
  expect(nonce('L-1 a')).not.toBe(nonce('L-2 a'));
});

test('an unsubscribe address stays within 64 octets, however long the id is', () => {
  fc.assert(
    fc.property(memberId, (id) => {
      expect(`unsubscribe+${unsubscribeAddressToken(id, keys)}`.length).toBeLessThanOrEqual(64);
    }),
  );
  expect(unsubscribeAddressToken('elevenbytes', keys)).toBe(unsubscribeToken('elevenbytes', keys));
});

test('askers are told apart by their network: an IPv4 address, or the first half of an IPv6 one', () => {
  expect(networkOf('192.0.2.7')).toBe('192.0.2.7');
  expect(networkOf('::ffff:192.0.2.7')).toBe('192.0.2.7');
  expect(networkOf('2001:db8:0:1:aaaa:bbbb:cccc:dddd')).toBe(networkOf('2001:0db8::1:0:0:0:1'));
  expect(networkOf('2001:db8:0:1::1')).not.toBe(networkOf('2001:db8:0:2::1'));
  expect(networkOf('::1')).toBe('0:0:0:0');
});

test('only what is the member’s, and is not so already, is changed', () => {
  const held = hold(emptyOptOut('community/c1'), ['pages'], 'W-1', at);
  const optOuts = new Map<Subject, OptOut>([['community/c1', held]]);
  const wishes: Wish[] = [
    { subject: 'member/m1', scope: 'profile-images', want: 'allow' },
    { subject: 'member/m1', scope: 'marketing-email', want: 'block' },
    { subject: 'community/c1', scope: 'pages', want: 'allow' },
    { subject: 'community/c2', scope: 'pages', want: 'block' },
  ];
  expect(planPreferences({ memberId: 'm1', manages: ['c1'] }, wishes, optOuts)).toEqual({
    block: [{ subject: 'member/m1', scopes: ['marketing-email'] }],
    allow: [{ subject: 'community/c1', scopes: ['pages'] }],
    keep: [
      { subject: 'member/m1', scopes: ['profile-images'] },
      { subject: 'community/c1', scopes: ['header-graphic'] },
    ],
    lifts: ['W-1'],
  });
});
