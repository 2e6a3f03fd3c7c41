import { expect, test } from 'vitest';
import { marksOf } from '../../../shared/requests/scan-marks.ts';

const word = (text: string, x: number, y: number) => ({ text, x, y, width: 0.1, height: 0.02 });
const words = [
  word('Please', 0.1, 0.1),
  word('REM0VE', 0.3, 0.1),
  word('FROM', 0.5, 0.101),
  word('MARKETING', 0.1, 0.15),
  word('MATERlALS,', 0.3, 0.15),
  word('https://site.example/u/anna.weber.', 0.1, 0.2),
];

test('words are marked by a box on each line on which they stand', () => {
  const marks = marksOf({ what: 'phrase', words: 'REMOVE FROM MARKETING MATERIALS' }, words);
  expect(marks).toHaveLength(2);
  expect(marks[0]).toMatchObject({ what: 'phrase', x: 0.3, y: 0.1, width: expect.closeTo(0.3) });
  expect(marks[1]).toMatchObject({ x: 0.1, y: 0.15, width: expect.closeTo(0.3) });
});

test('a user name is marked within the address of its page', () => {
  expect(marksOf({ what: 'candidate', words: 'anna.weber' }, words)).toEqual([
    expect.objectContaining({ words: 'anna.weber', x: 0.1, y: 0.2 }),
  ]);
});

test('where nobody knows the place there is one mark without a box', () => {
  const sought = { what: 'candidate', words: 'somebody else' } as const;
  expect([marksOf(sought, words), marksOf(sought)]).toEqual([[sought], [sought]]);
});
