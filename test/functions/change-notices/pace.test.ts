import { expect, test } from 'vitest';
import { leftOf, paceAt } from '../../../functions/change-notices/pace.ts';
import { noCounts } from '../../../shared/notices/tally.ts';

const at = '2026-11-22T10:00:31.000Z';
const startedAt = at;
const walk = (queued: number) => ({ audience: queued, queued, byBanner: 0, startedAt });
const tally = (sent: number, queued: number) => ({ ...noCounts, sent, queued, countedAt: at });

test('a minute has its share, and the next one has another', () => {
  const used = { minute: '2026-11-22T10:00', count: 70, most: 100 };
  expect(leftOf(paceAt(at, { pace: used, walk: walk(70), tally: tally(70, 0) }, { perMinute: 100 }))).toBe(30);
  expect(leftOf(paceAt('2026-11-22T10:01:00.000Z', { pace: used, walk: walk(70) }, { perMinute: 100 }))).toBe(100);
});

test('what SES leaves for today is not exceeded, whatever is queued within the minute', () => {
  const rate = { perMinute: 100, leftToday: 50 };
  expect(leftOf(paceAt(at, {}, rate))).toBe(50);
  const pace = { minute: '2026-11-22T10:00', count: 40, most: 50 };
  expect(leftOf(paceAt(at, { pace, walk: walk(40) }, rate))).toBe(10);
  expect(leftOf(paceAt(at, { walk: walk(60), tally: tally(0, 60) }, { ...rate, leftToday: 50 }))).toBe(0);
});

test('while SES takes nothing, no more than five minutes are queued', () => {
  expect(leftOf(paceAt(at, { walk: walk(480), tally: tally(0, 480) }, { perMinute: 100 }))).toBe(20);
  expect(leftOf(paceAt(at, { walk: walk(500), tally: tally(0, 500) }, { perMinute: 100 }))).toBe(0);
  expect(leftOf(paceAt(at, { walk: walk(5_000), tally: tally(4_900, 100) }, { perMinute: 100 }))).toBe(100);
});
