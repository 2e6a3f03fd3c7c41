import { expect, test } from 'vitest';
import { addBusinessDays } from '../../shared/calendar.ts';

const holidays = new Set(['2026-11-26', '2026-12-25']);

test.each([
  ['over a weekend', '2026-11-20T10:00:00.000Z', 1, '2026-11-23T10:00:00.000Z'],
  ['over a holiday and a weekend', '2026-11-25T10:00:00.000Z', 2, '2026-11-30T10:00:00.000Z'],
  ['from a Sunday', '2026-11-22T23:59:00.000Z', 1, '2026-11-23T23:59:00.000Z'],
  ['fifteen days from a Friday', '2026-11-20T10:00:00.000Z', 15, '2026-12-14T10:00:00.000Z'],
])('business days are counted %s', (_name, from, days, to) => {
  expect(addBusinessDays(from, days, holidays)).toBe(to);
});
