import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { counted } from '../../../functions/change-notices/counted.ts';
import { isForgotten } from '../../../functions/change-notices/queue-again.ts';
import type { NoticeDelivery } from '../../../shared/deliveries/of-notice.ts';
import type { Counts, Notice } from '../../../shared/notices/notice.ts';
import { noCounts } from '../../../shared/notices/tally.ts';

const startedAt = '2026-11-22T10:00:00.000Z';
const doneAt = '2026-11-22T10:10:00.000Z';
const at = '2026-11-22T10:11:00.000Z';
const later = '2026-11-25T10:10:01.000Z';

const sending = (changes: Partial<Notice> = {}) =>
  ({
    noticeId: 'N-1',
    state: 'sending',
    active: 'sending',
    sendAt: startedAt,
    asOf: startedAt,
    history: [{ at: startedAt, state: 'sending', what: 'x' }],
    walk: { audience: 99, queued: 99, byBanner: 0, startedAt, doneAt },
    version: 1,
    ...changes,
  }) as unknown as Notice;
const counting = (counts: Partial<Counts>) => ({ shard: 16, counts: { ...noCounts, ...counts }, startedAt: doneAt });

beforeEach(() => {
  vi.stubEnv('BOUNCE_LIMIT', '0.05');
  vi.stubEnv('COMPLAINT_LIMIT', '0.001');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

test('a count after the walk is the audience, exactly', () => {
  const notice = counted(sending(), counting({ sent: 90, byBanner: 8 }), at);
  expect(notice.walk).toMatchObject({ audience: 98, queued: 90, byBanner: 8 });
  expect(notice.state).toBe('sending');
});

test('it is sent once nothing is open, or three days after the last member was queued', () => {
  expect(counted(sending(), counting({ delivered: 90, byBanner: 8 }), at)).toMatchObject({
    state: 'sent',
    active: 'counting',
  });
  const late = counted(sending(), counting({ delivered: 90, sent: 8 }), later);
  expect(late.history.at(-1)!.what).toBe('Everybody is told. Of 8 nothing final is known after three days.');
});

test('while the walk goes on it is not done, whatever the count says', () => {
  const walk = { audience: 10, queued: 10, byBanner: 0, startedAt };
  expect(counted(sending({ walk }), counting({ delivered: 10 }), at).state).toBe('sending');
});

test('a notice that is sent is counted ever more rarely for three days, and then no more', () => {
  const sent = sending({ state: 'sent', active: 'counting', history: [{ at: doneAt, state: 'sent', what: 'x' }] });
  const dueAfter = (when: string) => counted(sent, counting({ delivered: 98 }), when).dueAt;
  expect(dueAfter(at)).toBe('2026-11-22T10:11:45.000Z');
  expect(dueAfter('2026-11-22T20:10:00.000Z')).toBe('2026-11-22T21:10:00.000Z');
  const after = counted(sent, counting({ delivered: 98 }), later);
  expect([after.active, after.dueAt]).toEqual([undefined, undefined]);
});

test('while members are left it is due again at once, and then as rarely', () => {
  const walk = { audience: 10, queued: 10, byBanner: 0, startedAt };
  expect(counted(sending({ walk, dueAt: startedAt }), counting({ sent: 10 }), at).dueAt).toBe(startedAt);
  expect(counted(sending({ dueAt: startedAt }), counting({ sent: 98 }), at).dueAt).toBe('2026-11-22T10:11:45.000Z');
});

test('a mail is forgotten when its message must be a dead letter by now, unless it is being sent', () => {
  const queued = { queuedAt: '2026-11-22T08:00:00.000Z' } as NoticeDelivery;
  expect(isForgotten(queued, at)).toBe(true);
  expect(isForgotten({ ...queued, queuedAgainAt: '2026-11-22T10:00:00.000Z' }, at)).toBe(false);
  expect(isForgotten({ ...queued, leaseUntil: '2026-11-22T10:11:30.000Z' }, at)).toBe(false);
  expect(isForgotten({ ...queued, sentAt: at }, at)).toBe(false);
  expect(isForgotten({ ...queued, toldBy: 'banner' }, at)).toBe(false);
});
