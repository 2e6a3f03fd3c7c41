import { expect, test } from 'vitest';
import type { WalkedMember } from '../../../shared/members/walk.ts';
import { canonicalLanguage, isInAudience, languageFor } from '../../../shared/notices/audience.ts';

const member = (changes: Partial<WalkedMember> = {}): WalkedMember => ({
  memberId: 'm1',
  primaryEmail: 'ann@example.org',
  manages: [],
  ...changes,
});
const asOf = '2026-11-22T10:00:00.000Z';
const all = { audience: { who: 'all' as const }, fallback: 'en', asOf };

test('everybody is told who was there when sending began', () => {
  expect(isInAudience(member(), all)).toBe(true);
  expect(isInAudience(member({ createdAt: asOf }), all)).toBe(true);
  expect(isInAudience(member({ createdAt: '2026-11-22T10:00:00Z' }), all)).toBe(true);
  expect(isInAudience(member({ createdAt: '2026-11-22T10:00:01Z' }), all)).toBe(false);
  expect(isInAudience(member({ createdAt: 'long ago' }), all)).toBe(true);
});

test('managers are those with a community', () => {
  const managers = { ...all, audience: { who: 'managers' as const } };
  expect(isInAudience(member({ manages: ['c1'] }), managers)).toBe(true);
  expect(isInAudience(member(), managers)).toBe(false);
});

test.each([
  ['de', 'de', true],
  ['de-AT', 'de', true],
  ['DE_at', 'de', true],
  ['de', 'de-AT', false],
  ['del', 'de', false],
  [undefined, 'en', true],
  [undefined, 'de', false],
])('a member with the locale %s belongs to the audience %s: %s', (locale, range, told) => {
  const notice = { ...all, audience: { who: 'locales' as const, locales: [range] } };
  expect(isInAudience(member({ locale }), notice)).toBe(told);
});

const text = { subject: 's', markdown: 'm' };

test.each([
  ['de-AT', ['en', 'de-AT', 'de'], 'de-AT'],
  ['de-AT', ['en', 'de'], 'de'],
  ['de-at', ['en', 'de-DE'], 'de-DE'],
  ['pt_BR', ['en', 'pt-BR'], 'pt-BR'],
  ['ja', ['en', 'de'], 'en'],
  [undefined, ['de', 'en'], 'en'],
  ['', ['de', 'en'], 'en'],
])('a member with the locale %s reads, of %s, %s', (locale, languages, read) => {
  const texts = Object.fromEntries(languages.map((language) => [language, text]));
  expect(languageFor(member({ locale }), { texts, fallback: 'en' })).toBe(read);
});

test('a language is one that is known', () => {
  expect(canonicalLanguage('pt-br')).toBe('pt-BR');
  expect(canonicalLanguage('xx')).toBeUndefined();
  expect(canonicalLanguage('no language')).toBeUndefined();
  expect(canonicalLanguage('')).toBeUndefined();
});
