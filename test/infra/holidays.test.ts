import { expect, test } from 'vitest';
import { holidays } from '../../infra/holidays.ts';

test('the holidays of a country go into the template, weekends left out', () => {
  const days = holidays('US', 2026);
  expect(days).toContain('2026-11-26');
  expect(days).toContain('2026-12-25');
  expect(days.some((day) => [0, 6].includes(new Date(day).getUTCDay()))).toBe(false);
  expect(new Set(days.map((day) => day.slice(0, 4))).size).toBe(5);
});

test('a holiday of one state counts there alone', () => {
  expect(holidays('DE-BY', 2027)).toContain('2027-11-01');
  expect(holidays('DE', 2027)).not.toContain('2027-11-01');
});

test('they fit into the environment of a function', () => {
  for (const country of ['US', 'DE-BY', 'JP', 'IN']) expect(holidays(country).join(' ').length).toBeLessThan(1_600);
});
