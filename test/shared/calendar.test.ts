import { expect, test } from 'vitest';
import { addBusinessDays } from '../../shared/calendar.ts';

test.each([
  ['over a weekend', '2026-11-20T10:00:00.000Z', 1, 'US', '2026-11-23T10:00:00.000Z'],
  ['over Thanksgiving and a weekend', '2026-11-25T10:00:00.000Z', 1, 'US', '2026-11-27T10:00:00.000Z'],
  [
    'over Christmas in Germany, of which two days are free',
    '2026-12-23T10:00:00.000Z',
    3,
    'DE',
    '2026-12-29T10:00:00.000Z',
  ],
  ['over a holiday of one state only', '2026-10-30T10:00:00.000Z', 1, 'DE-BY', '2026-11-02T10:00:00.000Z'],
  ['fifteen days in the United States', '2026-11-20T10:00:00.000Z', 15, 'US', '2026-12-14T10:00:00.000Z'],
])('business days are counted %s', async (_name, from, days, country, to) => {
  expect(await addBusinessDays(from, days, country)).toBe(to);
});
