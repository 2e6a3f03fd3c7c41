import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalAddress } from '../../../shared/members/address.ts';

test.each([
  ['Anna.Weber@Example.ORG', 'anna.weber@example.org'],
  ['  anna@example.org\t', 'anna@example.org'],
  ['zoe@Müller.example', 'zoe@xn--mller-kva.example'],
  ['zoe@XN--MLLER-KVA.example', 'zoe@xn--mller-kva.example'],
  ['zoe@mu\u0308ller.example', 'zoe@xn--mller-kva.example'],
  ['Jose\u0301@example.org', 'jos\u00e9@example.org'],
  ['"anna.weber"@example.org', 'anna.weber@example.org'],
  ['"Anna Weber"@example.org', '"anna weber"@example.org'],
  ['a..b.@docomo.example', 'a..b.@docomo.example'],
  ["o'neill!#$%&*+/=?^_`{|}~@example.org", "o'neill!#$%&*+/=?^_`{|}~@example.org"],
  ['root@localhost', 'root@localhost'],
])('%s is compared as %s', (written, canonical) => {
  expect(canonicalAddress(written)).toBe(canonical);
});

test('plus tags and dots make another address', () => {
  const forms = ['anna.weber@example.org', 'annaweber@example.org', 'anna.weber+site@example.org'];
  expect(new Set(forms.map(canonicalAddress)).size).toBe(3);
});

test.each([
  ['', 'nothing'],
  ['anna', 'no @'],
  ['@example.org', 'no local part'],
  ['anna@', 'no domain'],
  ['anna@example..org', 'an empty label'],
  ['anna@example.org.', 'a dot at the end'],
  ['anna@-example.org', 'a label that begins with a hyphen'],
  ['anna@exa_mple.org', 'an underscore in the domain'],
  ['anna@exam ple.org', 'a space in the domain'],
  ['anna weber@example.org', 'a space without quotes'],
  ['anna@weber@example.org', 'a second @'],
  ['Anna <anna@example.org>', 'a display name'],
  ['a@example.org, b@example.org', 'two addresses'],
  ['anna@example.org\r\nBcc: b@example.org', 'a line break'],
  ['an\r\nna@example.org', 'a line break in the local part'],
  ['an\u0000na@example.org', 'a NUL'],
  ['an\u200bna@example.org', 'an invisible character'],
  ['anna@exämple.org/path', 'what URLs have behind a host'],
  ['anna@ä.org:25', 'a port'],
  ['anna@[127.0.0.1]', 'an address literal'],
  [`${'a'.repeat(65)}@example.org`, '65 octets before the @'],
  [`${'ä'.repeat(33)}@example.org`, '66 octets before the @'],
  [`a@${'a'.repeat(64)}.org`, 'a label of 64 octets'],
  [`a@${`${'a'.repeat(60)}.`.repeat(4)}example.org`, '257 octets'],
])('%j is no address: %s', (text) => {
  expect(canonicalAddress(text)).toBeUndefined();
});

test('the limits of RFC 5321 themselves are addresses', () => {
  expect(canonicalAddress(`${'a'.repeat(64)}@example.org`)).toBeDefined();
  const longest = `a@${`${'b'.repeat(62)}.`.repeat(3)}${'c'.repeat(63)}`;
  expect(longest).toHaveLength(254);
  expect(canonicalAddress(longest)).toBe(longest);
  expect(canonicalAddress(`a${longest}`)).toBeUndefined();
});

test('whatever the text, the canonical form is one word with one more canonical form: itself', () => {
  const texts = fc.oneof(
    fc.emailAddress(),
    fc.string({ unit: 'binary' }).map((text) => `${text}@example.org`),
    fc.string({ unit: 'binary' }).map((text) => `anna@${text}`),
    fc.string({ unit: 'grapheme' }).map((text) => `${text}@${text}.example`),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const canonical = canonicalAddress(text);
      if (canonical === undefined) return;
      expect(canonicalAddress(canonical)).toBe(canonical);
      expect(canonical).not.toMatch(/[\r\n\p{Cc}]/u);
      expect(Buffer.byteLength(canonical)).toBeLessThanOrEqual(254);
    }),
    { numRuns: 2000 },
  );
});

test('every address that RFC 5322 allows is one, in any case', () => {
  fc.assert(
    fc.property(fc.emailAddress(), (address) => {
      expect(canonicalAddress(address)).toBe(canonicalAddress(address.toUpperCase()));
      expect(canonicalAddress(address)).toBeDefined();
    }),
  );
});
