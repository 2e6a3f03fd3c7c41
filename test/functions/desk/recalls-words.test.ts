import { expect, it, test } from 'vitest';
import { listPath } from '../../../functions/desk/recalls/paths.ts';
import { durationWords } from '../../../functions/desk/recalls/words.ts';

it.each([
  [0, 'less than a second'],
  [999, 'less than a second'],
  [1_000, '1 second'],
  [59_999, '59 seconds'],
  [60_000, '1 minute'],
  [7_199_999, '1 hour'],
  [86_400_000, '1 day'],
  [200 * 86_400_000, '200 days'],
])('says %d milliseconds as %s', (milliseconds, words) => {
  expect(durationWords(milliseconds)).toBe(words);
});

test('the address of a list says what it shows, and of the open ones from the beginning nothing', () => {
  expect([listPath('open'), listPath('done'), listPath('open', 'a~b')]).toEqual([
    '/desk/recalls',
    '/desk/recalls?standing=done',
    '/desk/recalls?after=a%7Eb',
  ]);
});
