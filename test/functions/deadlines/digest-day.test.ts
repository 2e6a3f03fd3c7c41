import { expect, test } from 'vitest';
import { digestDay } from '../../../functions/deadlines/digest-day.ts';

test.each([
  ['2026-11-24T11:59:59.000Z', 'America/New_York', '2026-11-23'],
  ['2026-11-24T12:00:00.000Z', 'America/New_York', '2026-11-24'],
  ['2026-11-25T11:59:00.000Z', 'America/New_York', '2026-11-24'],
  // Summer time: seven there is an hour earlier here.
  ['2026-07-01T11:00:00.000Z', 'America/New_York', '2026-07-01'],
  ['2026-12-31T22:00:00.000Z', 'Asia/Tokyo', '2027-01-01'],
  ['2027-01-01T05:00:00.000Z', 'Europe/Berlin', '2026-12-31'],
])('at %s in %s the digest of %s is due', (at, timeZone, day) => {
  expect(digestDay(at, timeZone)).toBe(day);
});
