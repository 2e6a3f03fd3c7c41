import { expect, test } from 'vitest';
import { freshFor } from '../../../functions/desk/promises/fresh.ts';
import { noticeFigures } from '../../../functions/desk/promises/gather.ts';
import { noCounts } from '../../../shared/notices/tally.ts';
import { withArrival, withFlagged } from '../../../shared/requests/arrived.ts';
import { type Arrived, figuresOf } from '../../../shared/requests/figures.ts';
import type { WrittenRequest } from '../../../shared/requests/request.ts';
import { sampleRequest } from './sample-desk.ts';

const arrivedAt = '2031-05-20T07:00:00.000Z';
const arrived = (given: Partial<Arrived> = {}): Arrived => ({
  channel: 'email',
  state: 'granted',
  arrivedAt,
  ...given,
});
const flaggedAfter = (seconds: number) =>
  arrived({ flaggedAt: new Date(Date.parse(arrivedAt) + seconds * 1000).toISOString() });

test('the median is of those requests alone that held or blocked something, and a late one does not move it', () => {
  expect(figuresOf([])).toEqual({ requests: 0, ignored: 0, flagged: 0, untilFlag: undefined });
  const found = figuresOf([
    flaggedAfter(2),
    flaggedAfter(86_400),
    flaggedAfter(1),
    arrived(),
    arrived({ state: 'ignored' }),
  ]);
  expect(found).toEqual({ requests: 5, ignored: 1, flagged: 3, untilFlag: 2_000 });
});

test('a clock that runs behind makes no time negative', () => {
  expect(figuresOf([flaggedAfter(-3)]).untilFlag).toBe(0);
});

test('a letter was here when it was uploaded, whatever its postmark says', () => {
  const { requestId: _, version: __, ...mail } = sampleRequest({ receivedAt: '2031-05-01T12:00:00.000Z' });
  const { decision } = mail;
  const letter = { ...mail, decision: { ...decision, by: { id: 's1', name: 'Rita' } } };
  expect(withArrival(mail, arrivedAt)).toMatchObject({
    arrivedAt: '2031-05-01T12:00:00.000Z',
    arrivedOn: '2031-05-01',
  });
  expect(withArrival(letter, arrivedAt)).toMatchObject({ arrivedAt, arrivedOn: '2031-05-20' });
});

test('the first write after a flag is set tells the moment, and later ones leave it', () => {
  const cover = { subject: 'member/1001' as const, scopes: ['profile-images' as const] };
  const effects = [{ effect: 'block' as const, memberId: '1001', ...cover }];
  const flagged = (given: Partial<WrittenRequest>) => withFlagged(sampleRequest(given), arrivedAt).flaggedAt;
  const decision = { state: 'granted' as const, rule: '', reason: '', effects, answers: [] };
  expect(flagged({ decision, state: 'received' })).toBeUndefined();
  expect(flagged({ decision, state: 'granted' })).toBe(arrivedAt);
  expect(flagged({ covers: [cover] })).toBe(arrivedAt);
  expect(flagged({ covers: [] })).toBeUndefined();
  expect(flagged({ covers: [cover], flaggedAt: '2031-01-01T00:00:00.000Z' })).toBe('2031-01-01T00:00:00.000Z');
});

test('of notices it is counted who was told by mail, who by the site alone, and of whom nothing is known yet', () => {
  const tally = {
    ...noCounts,
    countedAt: arrivedAt,
    delivered: 10,
    complained: 1,
    bounced: 2,
    failed: 1,
    byBanner: 3,
    sent: 4,
  };
  const notices = [{ state: 'sent' as const, tally }, { state: 'paused' as const, tally }, { state: 'draft' as const }];
  expect(noticeFigures(notices)).toEqual({ sent: 1, onTheWay: 1, byMail: 22, bySite: 12, unknown: 8 });
});

test('an answer is asked for once a minute, by however many readers, and a failed one again at once', async () => {
  let [at, asked] = [0, 0];
  const fresh = freshFor(
    60_000,
    async () => {
      asked += 1;
      if (asked === 2) throw new Error('throttled');
      return asked;
    },
    () => at,
  );
  expect(await Promise.all([fresh(), fresh()])).toEqual([1, 1]);
  at = 59_999;
  expect(await fresh()).toBe(1);
  at = 60_000;
  await expect(fresh()).rejects.toThrow('throttled');
  expect(await fresh()).toBe(3);
});
