import { describe, expect, it, test } from 'vitest';
import { columns, jsonOf, rowOf } from '../../../functions/exports/notice-proof/rows.ts';
import { summaryOf } from '../../../functions/exports/notice-proof/summary.ts';
import { summaryPage } from '../../../functions/exports/notice-proof/summary-page.tsx';
import type { NoticeDelivery } from '../../../shared/deliveries/of-notice.ts';
import type { Export } from '../../../shared/exports/export.ts';
import { hashOf } from '../../../shared/notices/draft.ts';
import type { Counts, Notice } from '../../../shared/notices/notice.ts';
import { noticeAbout } from '../../walks/notice-items.ts';

const at = '2026-11-02T09:00:00.000Z';
const job = { at, by: { id: 'o', name: 'Otto Officer' }, subject: 'N-0000-0001' } as Export;
const counts: Counts = { queued: 1, sent: 2, delivered: 90, bounced: 3, complained: 1, failed: 1, byBanner: 2 };
const walk = { audience: 100, queued: 98, byBanner: 2, startedAt: at, doneAt: at };

const summary = (changes: Partial<Notice> = {}, of: Partial<Counts> = {}) => {
  const notice = noticeAbout('N-0000-0001', { walk, ...changes });
  return summaryOf({ notice: { hash: hashOf(notice), ...notice }, job, counts: { ...counts, ...of }, files: [] });
};
const manyOf = (rows: [string, string, string][]) => rows.map(([, many]) => Number(many));

describe('the summary', () => {
  test('has two tables that both end with their sum, the audience', () => {
    const { told, outcomes, verdict, isWhole } = summary();
    for (const table of [told, outcomes]) {
      const all = manyOf(table);
      expect(all.slice(0, -1).reduce((sum, many) => sum + many, 0)).toBe(all.at(-1));
      expect(all.at(-1)).toBe(100);
    }
    expect(manyOf(told)).toEqual([91, 6, 3, 100]);
    expect([verdict, isWhole]).toEqual(['The records add up: 100 members of an audience of 100.', true]);
  });

  test('says so where a record is missing, where sending goes on, and where it was cancelled', () => {
    expect(summary({}, { delivered: 89 })).toMatchObject({
      isWhole: false,
      verdict: expect.stringContaining('do not add up'),
    });
    const going = { ...walk, doneAt: undefined };
    expect(summary({ walk: going }).verdict).toBe('Sending has not ended: so far there are records of 100 members.');
    expect(summary({ walk: going, state: 'cancelled' }).verdict).toMatch(/^It was cancelled before/);
  });

  test('says until when the banner counts, and whether the texts are those that were approved', () => {
    const words = JSON.stringify(summary().told);
    expect(words).toContain('from 1 November 2026 at 09:00:30 until 1 February 2031 at 00:00:00 and no longer');
    const fact = (given: ReturnType<typeof summary>) => given.facts.find(([name]) => name === 'Unchanged')?.[1];
    expect(fact(summary())).toMatch(/^Yes/);
    expect(fact(summary({ hash: 'f'.repeat(64) }))).toMatch(/^NO/);
  });

  it('is one page without script, in which what officers wrote is text', () => {
    const page = summaryPage(summary({ title: '<script>alert(1)</script>' }));
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toMatch(/<(script|img|link|iframe)/i);
  });
});

test('the page to print says what each column holds, and by whose clock', () => {
  const page = summaryPage(summary());
  for (const column of columns) expect(page).toContain(`<td>${column}</td>`);
  expect(page).toContain('it may be a moment before sentAt');
});

describe('the record of a member', () => {
  const notice = noticeAbout('N-0000-0001');
  const delivery = {
    ...{ batch: 'N-0000-0001-03', delivery: 'm1', memberId: 'm1', to: 'a@example.org', language: 'en' },
    ...{ queuedAt: at, sentAt: at, bouncedAt: at, bouncedAtDetail: 'Permanent General', leaseUntil: at },
  } as NoticeDelivery;

  it('has a value for each column, and says from when until when the banner told them', () => {
    const row = Object.fromEntries(rowOf(delivery, notice).map((value, place) => [columns[place], value]));
    expect(Object.keys(row)).toEqual(columns);
    expect(row).toMatchObject({ told: 'by banner only', outcome: 'bounced', bounceDetail: 'Permanent General' });
    expect([row.toldAt, row.bannerUntil]).toEqual([notice.asOf, notice.bannerUntil]);
  });

  it('keeps as JSON all that is recorded, but not how it is stored', () => {
    const record = jsonOf(delivery, notice);
    expect(record).toMatchObject({ memberId: 'm1', told: { by: 'by banner only' }, bouncedAt: at });
    for (const inner of ['batch', 'delivery', 'leaseUntil']) expect(record).not.toHaveProperty(inner);
  });
});
