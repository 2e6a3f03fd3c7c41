import { expect, test } from 'vitest';
import { InvalidInput, reasonOf } from '../../shared/errors.ts';

test.each([
  'No such mailbox: anna.weber@example.org',
  'Invalid <anna.weber@example.org>, and anna.weber@example.org; too',
  'Value "anna.weber@example.org" of {"to":"anna.weber@example.org"}',
  'Bad address "anna weber"@example.org',
  "Unknown 'o'anna@example.org'",
  'GET https://site.example/members?email=anna%40example.org failed',
  'Grüße an anna.weber@müller.example',
  `${'x '.repeat(495)}anna.weber@example.org ${'y'.repeat(100)}`,
  `${'x '.repeat(490)}"anna weber quite long"@example.org`,
])('a reason in a log holds no address: %s', (message) => {
  for (const thrown of [new Error(message), message]) expect(reasonOf(thrown)).not.toMatch(/anna|weber|example\.org|@/);
});

test('a reason without an address is the whole sentence', () => {
  const sentence = 'there is no export E-1: it was started "more" than a week ago';
  expect(reasonOf(new InvalidInput(sentence))).toBe(sentence);
});

test('a reason as long as a mail is cut short at once', () => {
  const began = performance.now();
  expect(reasonOf(new Error('a'.repeat(5_000_000))).length).toBeLessThan(2_000);
  expect(reasonOf(new Error(`"${'"a'.repeat(500_000)}`)).length).toBeLessThan(2_000);
  expect(performance.now() - began).toBeLessThan(1_000);
});
