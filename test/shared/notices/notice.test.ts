import { expect, test } from 'vitest';
import { overLimits } from '../../../shared/notices/limits.ts';
import { moveNotice, type Notice, type NoticeState, noticeTransitions } from '../../../shared/notices/notice.ts';
import { isNoticeId, noticeIds } from '../../../shared/notices/notice-id.ts';
import { shareOf } from '../../../shared/notices/rate.ts';
import { addDeliveries, kindOf, noCounts, totalOf } from '../../../shared/notices/tally.ts';

const at = '2026-11-22T10:00:00.000Z';
const begun = { asOf: at, walk: { audience: 0, queued: 0, byBanner: 0, startedAt: at } };
const notice = (state: NoticeState, changes: Partial<Notice> = {}) =>
  ({
    noticeId: 'N-1',
    state,
    sendAt: '2026-11-22T09:00:00.000Z',
    history: [],
    version: 1,
    ...changes,
  }) as unknown as Notice;
const entry = (state: NoticeState) => ({ at, state, what: 'x' });

test('only the steps of the table are taken', () => {
  const states = Object.keys(noticeTransitions) as NoticeState[];
  for (const from of states) {
    for (const to of states) {
      const legal = (noticeTransitions[from] as readonly string[]).includes(to);
      expect(moveNotice(notice(from), entry(to)) !== undefined).toBe(legal);
    }
  }
});

test('the index of what is left to do holds exactly the notices that change-notices has to look at', () => {
  expect(moveNotice(notice('submitted'), entry('scheduled'))).toMatchObject({
    active: 'scheduled',
    dueAt: '2026-11-22T09:00:00.000Z',
  });
  expect(moveNotice(notice('scheduled'), entry('draft'))?.active).toBeUndefined();
  expect(moveNotice(notice('scheduled'), entry('cancelled'))?.active).toBeUndefined();
  expect(moveNotice(notice('scheduled', begun), entry('sending'))?.active).toBe('sending');
  for (const state of ['paused', 'cancelled', 'sent'] as const)
    expect(moveNotice(notice('sending', begun), entry(state))).toMatchObject({ active: 'counting', dueAt: at });
});

test('the site shows what members are told, until it is cancelled', () => {
  expect(moveNotice(notice('submitted'), entry('scheduled'))?.showing).toBeUndefined();
  expect(moveNotice(notice('scheduled', begun), entry('sending'))?.showing).toBe('yes');
  expect(moveNotice(notice('sending', begun), entry('sent'))?.showing).toBe('yes');
  expect(moveNotice(notice('sending', begun), entry('cancelled'))?.showing).toBeUndefined();
});

test('a delivery counts once, as what is known of it last', () => {
  const sentAt = at;
  expect(kindOf({})).toBe('queued');
  expect(kindOf({ sentAt })).toBe('sent');
  expect(kindOf({ sentAt, deliveredAt: at })).toBe('delivered');
  expect(kindOf({ sentAt, deliveredAt: at, bouncedAt: at })).toBe('bounced');
  expect(kindOf({ sentAt, deliveredAt: at, complainedAt: at })).toBe('complained');
  expect(kindOf({ failedAt: at })).toBe('failed');
  expect(kindOf({ skippedAt: at })).toBe('failed');
  expect(kindOf({ toldBy: 'banner' })).toBe('byBanner');
  const counts = addDeliveries(noCounts, [{}, { sentAt }, { sentAt, bouncedAt: at }]);
  expect(counts).toEqual({ ...noCounts, queued: 1, sent: 1, bounced: 1 });
  expect(totalOf(counts)).toBe(3);
});

const limits = { bounces: 0.05, complaints: 0.001 };
const tally = (changes: Partial<typeof noCounts>) => ({ ...noCounts, ...changes, countedAt: at });

test.each<[string, Partial<typeof noCounts>, RegExp | undefined]>([
  ['49 mails, all of which bounced, are too few to say', { bounced: 49 }, undefined],
  ['5 % of bounces are at the limit', { delivered: 95, bounced: 5 }, undefined],
  [
    '6 % are over it',
    { delivered: 94, bounced: 6 },
    /^Paused by itself: 6 of 100 mails bounced \(6 %\), and the limit is 5 %\.$/,
  ],
  ['one complaint is no rate', { delivered: 99, complained: 1 }, undefined],
  ['two of a thousand are', { delivered: 998, complained: 2 }, /2 of 1,000 mails were reported as spam \(0.2 %\)/],
])('%s', (_, counts, sentence) => {
  const found = overLimits({ tally: tally(counts) }, limits);
  if (sentence) expect(found).toMatch(sentence);
  else expect(found).toBeUndefined();
});

test('what came before an officer resumed a notice does not pause it again', () => {
  const before = { ...noCounts, delivered: 94, bounced: 6 };
  const after = (delivered: number, bounced: number) =>
    overLimits({ tally: tally({ delivered: 94 + delivered, bounced: 6 + bounced }), limitsFrom: before }, limits);
  expect(after(0, 0)).toBeUndefined();
  expect(after(100, 5)).toBeUndefined();
  expect(after(90, 10)).toMatch(/10 of 100 mails/);
});

test('notices use their share of the rate and of the day, and at least one mail a minute', () => {
  const quota = { MaxSendRate: 14, Max24HourSend: 50_000, SentLast24Hours: 10_000 };
  expect(shareOf(quota, 0.8)).toEqual({ perMinute: 672, leftToday: 30_000 });
  expect(shareOf({ ...quota, SentLast24Hours: 45_000 }, 0.8).leftToday).toBe(0);
  expect(shareOf({ MaxSendRate: 1, Max24HourSend: -1, SentLast24Hours: 7 }, 0.01)).toEqual({
    perMinute: 1,
    leftToday: undefined,
  });
});

test('an id can be read aloud, and is made of the nonce', () => {
  const ids = noticeIds('00ff'.repeat(16));
  expect(ids.every(isNoticeId)).toBe(true);
  expect(new Set(ids).size).toBeGreaterThan(1);
  expect(isNoticeId('N-ABCD-EFGI')).toBe(false);
});
