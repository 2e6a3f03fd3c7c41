import { expect, test } from 'vitest';
import { grantsOf, newStatement, readStatement, receivedAtOf } from '../../../functions/desk/members/statement.ts';
import { anna } from './sample-desk.ts';

const now = new Date('2026-11-22T12:00:00.000Z');
const whole = {
  nonce: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
  how: 'in-person',
  receivedOn: '2026-11-20',
  covers: 'member/1001 profile-images',
  words: 'No pictures of me, please.',
};
const read = (given: Partial<Record<keyof typeof whole, string>> = {}) => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...whole, ...given })) form.append(name, value);
  return readStatement(form, anna, now);
};

test('a whole statement has no fault, and covers what was ticked', () => {
  expect(read().faults).toEqual([]);
  expect(grantsOf(read(), anna)).toEqual([{ subject: 'member/1001', scopes: ['profile-images'] }]);
});

test('a new form covers all images that the member can ask for, and marketing mail where it is ticked', () => {
  const mail = read({ covers: 'member/1001 marketing-email' });
  expect(grantsOf(mail, anna)).toEqual([{ subject: 'member/1001', scopes: ['marketing-email'] }]);
  expect(grantsOf(newStatement(anna), anna)).toEqual([
    { subject: 'member/1001', scopes: ['profile-images'] },
    { subject: 'community/gardeners', scopes: ['header-graphic', 'pages'] },
    { subject: 'community/cyclists-of-the-upper-rhine-valley', scopes: ['header-graphic', 'pages'] },
  ]);
});

test.each<[string, Partial<typeof whole>, string, string]>([
  ['how it came', { how: 'by magic' }, 'how', 'Choose how it came.'],
  ['its day', { receivedOn: '20.11.2026' }, 'receivedOn', 'Give the day on which it came, as year, month and day.'],
  ['a day that has yet to come', { receivedOn: '2026-11-24' }, 'receivedOn', 'That day has yet to come'],
  ['a day of the calendar', { receivedOn: '2026-02-31' }, 'receivedOn', 'Give the day on which it came'],
  ['a slip of the pen in the year', { receivedOn: '1926-11-20' }, 'receivedOn', 'That is too long ago'],
  ['nothing that it covers', { covers: '' }, 'covers', 'Tick at least one thing that it covers.'],
  ['no words', { words: '  ' }, 'words', 'Write down what the member wrote'],
  ['a novel', { words: 'x'.repeat(2_000) }, 'words', 'Shorten the words to 1900 characters; now there are 2000.'],
])('a statement without %s is told so at its field, and keeps what was typed', (_, given, field, sentence) => {
  const { faults, ...kept } = read(given);
  expect(faults).toEqual([{ field, sentence: expect.stringContaining(sentence) }]);
  expect(kept).toMatchObject({ nonce: whole.nonce, words: (given.words ?? whole.words).trim() });
});

test("another member's images cannot be ticked", () => {
  expect(read({ covers: 'member/1002 profile-images' }).covers).toEqual([]);
});

test('what came today came just now, also where today has begun earlier', () => {
  expect(receivedAtOf(read({ receivedOn: '2026-11-20' }), now)).toBe('2026-11-20T00:00:00.000Z');
  expect(receivedAtOf(read({ receivedOn: '2026-11-22' }), now)).toBe(now.toISOString());
  expect(receivedAtOf(read({ receivedOn: '2026-11-23' }), now)).toBe(now.toISOString());
});
