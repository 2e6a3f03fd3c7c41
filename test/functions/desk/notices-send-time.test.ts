import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { momentIn, wallIn, wordsFor, zones } from '../../../functions/desk/notices/send-time.ts';

describe('the moment of a wall clock', () => {
  it.each([
    ['Europe/Berlin', '2026-01-15', '09:00', '2026-01-15T08:00:00.000Z'],
    ['Europe/Berlin', '2026-07-15', '09:00', '2026-07-15T07:00:00.000Z'],
    ['Asia/Kathmandu', '2026-07-15', '05:45', '2026-07-15T00:00:00.000Z'],
    ['Pacific/Kiritimati', '2026-07-15', '09:00', '2026-07-14T19:00:00.000Z'],
    ['America/Los_Angeles', '2026-12-31', '20:00', '2027-01-01T04:00:00.000Z'],
    ['UTC', '2026-03-29', '02:30', '2026-03-29T02:30:00.000Z'],
    ['Asia/Tokyo', '2026-03-01', '00:00', '2026-02-28T15:00:00.000Z'],
  ])('in %s on %s at %s is %s', (zone, day, time, at) => {
    expect(momentIn(zone, day, time)).toEqual({ at });
    expect(wallIn(zone, at)).toEqual({ day, time });
  });

  it.each([
    ['Europe/Berlin', '2026-03-29', '02:30', '01:30', '03:30'],
    ['America/New_York', '2026-03-08', '02:00', '01:00', '03:00'],
    ['Australia/Lord_Howe', '2026-10-04', '02:15', '01:45', '02:45'],
  ])('does not exist in %s on %s at %s, since the clocks are put forward', (zone, day, time, earlier, later) => {
    const { fault } = momentIn(zone, day, time) as { fault: string };
    expect(fault).toContain(`never show ${time}: choose ${earlier} or ${later}.`);
  });

  it('comes twice where the clocks are put back: the first counts, and that is said', () => {
    expect(momentIn('Europe/Berlin', '2026-10-25', '02:30')).toEqual({
      at: '2026-10-25T00:30:00.000Z',
      note: 'The clocks in Berlin are put back that day and show 02:30 twice: the first time counts. For the second, choose UTC.',
    });
    expect(momentIn('Europe/Berlin', '2026-10-25', '03:00')).toEqual({ at: '2026-10-25T02:00:00.000Z' });
  });

  it.each([
    ['', '09:00'],
    ['2026-02-30', '09:00'],
    ['2026-02-03', ''],
    ['2026-02-03', '24:10'],
    ['soon', 'later'],
  ])('is none where the day is "%s" and the time "%s"', (day, time) => {
    expect(momentIn('UTC', day, time)).toEqual({ fault: 'Give both the day and the time of day.' });
  });

  it('is none in a zone that nobody knows', () => {
    expect(momentIn('Mars/Olympus', '2026-02-03', '09:00')).toMatchObject({
      fault: expect.stringContaining('no time zone'),
    });
    expect(momentIn('', '2026-02-03', '09:00')).toHaveProperty('fault');
  });

  test('is found again from what the clocks show, in every zone and at every minute', () => {
    const minute = fc.integer({ min: Date.UTC(2020, 0) / 60_000, max: Date.UTC(2040, 0) / 60_000 });
    fc.assert(
      fc.property(fc.constantFrom(...zones()), minute, (zone, minutes) => {
        const at = new Date(minutes * 60_000).toISOString();
        const { day, time } = wallIn(zone, at);
        const found = momentIn(zone, day, time) as { at: string; note?: string };
        // The second of two moments that look alike is told as the first.
        expect(found.note ? found.at < at || found.at === at : found.at === at).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a moment in words', () => {
  it('names the place and UTC, and the day of UTC where it is another', () => {
    expect(wordsFor('2026-12-01T08:00:00.000Z', 'Europe/Berlin')).toBe(
      'Tuesday, 1 December 2026 at 09:00 in Berlin, which is 08:00 UTC',
    );
    expect(wordsFor('2026-12-01T05:00:00.000Z', 'America/Los_Angeles')).toBe(
      'Monday, 30 November 2026 at 21:00 in Los Angeles, which is 05:00 UTC on 1 December 2026',
    );
    expect(wordsFor('2026-12-01T05:00:00.000Z', 'UTC')).toBe('Tuesday, 1 December 2026 at 05:00 UTC');
  });
});
