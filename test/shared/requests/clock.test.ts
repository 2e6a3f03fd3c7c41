import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addBusinessDays, businessDaysBetween } from '../../../shared/calendar.ts';
import { extended, resume } from '../../../shared/requests/clock.ts';
import { request } from './by-person/desk-world.ts';

const holidays = new Set(['2026-11-26', '2026-12-25', '2027-01-01']);
const day = 86_400_000;
const moment = fc
  .integer({ min: 0, max: 90 * day })
  .map((after) => new Date(Date.parse('2026-10-01T00:00:00.000Z') + after).toISOString());
const days = fc.nat(40);
const later = (at: string, milliseconds: number) => new Date(Date.parse(at) + milliseconds).toISOString();

test('so many business days later there are so many business days between', () => {
  fc.assert(
    fc.property(moment, days, (at, count) => {
      expect(businessDaysBetween(at, addBusinessDays(at, count, holidays), holidays)).toBe(count);
    }),
  );
});

test('a pause costs the person who decides none of their business days, and gives them none', () => {
  fc.assert(
    fc.property(moment, days, fc.integer({ min: 0, max: 60 * day }), (pausedAt, left, pause) => {
      const dueWhenPaused = addBusinessDays(pausedAt, left, holidays);
      const at = later(pausedAt, pause);
      const { dueAt, open, ...resumed } = resume(request('W-1', { pausedAt, dueWhenPaused, dueAt: 'x' }), at, holidays);
      // Within a business day the rest of that day counts as none, so the difference is below one.
      expect(Math.abs(businessDaysBetween(at, dueAt!, holidays) - left)).toBeLessThanOrEqual(1);
      expect(dueAt! >= dueWhenPaused).toBe(true);
      expect([resumed.pausedAt, resumed.dueWhenPaused]).toEqual([undefined, undefined]);
    }),
  );
});

test('a reply that comes in the same moment changes no date, and a request without a pause stays as it is', () => {
  const pausedAt = '2026-11-24T10:00:00.000Z';
  const paused = request('W-1', {
    pausedAt,
    dueWhenPaused: '2026-12-14T10:00:00.000Z',
    dueAt: '2026-12-24T10:00:00.000Z',
  });
  expect(resume(paused, pausedAt, holidays).dueAt).toBe('2026-12-14T10:00:00.000Z');
  const running = request('W-1', { dueAt: '2026-12-14T10:00:00.000Z' });
  expect(resume(running, pausedAt, holidays)).toBe(running);
});

test('an extension moves the date by business days, also while the time stands still', () => {
  const dueAt = '2026-11-25T10:00:00.000Z';
  expect(extended({ ...request('W-1'), dueAt }, 2, holidays)).toEqual({
    dueAt: '2026-11-30T10:00:00.000Z',
    extended: true,
  });
  const look = '2026-12-24T10:00:00.000Z';
  expect(extended({ ...request('W-1', { pausedAt: dueAt, dueWhenPaused: dueAt }), dueAt: look }, 2, holidays)).toEqual({
    dueAt: look,
    dueWhenPaused: '2026-11-30T10:00:00.000Z',
    extended: true,
  });
});
