import { describe, expect, it, test } from 'vitest';
import { block, emptyOptOut, hold, letGo, type OptOut, release } from '../../../shared/optouts/opt-out.ts';
import type { Cleared } from '../../../shared/recalls/cleared.ts';
import { median, moved, presentState, recallsFor } from '../../../shared/recalls/recall.ts';

const at = (time: string) => `2026-11-22T${time}:00.000Z`;
const cleared = (time: string, checkId = 'C-1'): Cleared => ({
  ...{ subject: 'community/c1', campaign: 'Spring', contact: 'spring@site.example' },
  scopes: { 'header-graphic': { at: at(time), checkId }, pages: { at: at(time), checkId } },
});
const asking = (requestId: string) => ({ requestId, receivedAt: at('10:00') });
const opened = (optOut: OptOut, requestId: string, from = cleared('09:00')) =>
  recallsFor(optOut, asking(requestId), from, at('10:01')).map(({ scope }) => scope);

const none = emptyOptOut('community/c1');
const both = ['header-graphic', 'pages'] as const;

describe('a campaign is recalled', () => {
  it.each([
    ['blocks', block],
    ['holds', hold],
  ])('of exactly the scopes that a request %s', (_, change) => {
    expect(opened(change(none, both, 'W-1', at('10:00')), 'W-1')).toEqual(both);
    expect(opened(change(none, ['pages'], 'W-1', at('10:00')), 'W-1')).toEqual(['pages']);
  });

  it('with all that a person needs to take it down', () => {
    const [recall] = recallsFor(
      block(none, ['pages'], 'W-1', at('10:00')),
      asking('W-1'),
      cleared('09:00'),
      at('10:01'),
    );
    expect(recall).toEqual({
      recallId: expect.stringMatching(/^[0-9a-f]{26}$/),
      ...{ campaign: 'Spring', contact: 'spring@site.example', subject: 'community/c1', scope: 'pages' },
      ...{ requestId: 'W-1', requestedAt: at('10:00'), checkId: 'C-1', clearedAt: at('09:00') },
      ...{ openedAt: at('10:01'), standing: 'open', movedAt: at('10:01'), steps: [], version: 0 },
    });
  });

  it('under the same id when the step is repeated, and under another one after it was cleared again', () => {
    const optOut = block(none, ['pages'], 'W-1', at('10:00'));
    const idOf = (from: Cleared, time: string) => recallsFor(optOut, asking('W-1'), from, at(time))[0]!.recallId;
    expect(idOf(cleared('09:00'), '10:01')).toBe(idOf(cleared('09:00'), '10:30'));
    expect(idOf(cleared('09:00'), '10:01')).not.toBe(idOf(cleared('09:30', 'C-2'), '10:01'));
  });
});

describe('nothing is recalled', () => {
  it('by a request that holds and blocks nothing', () => {
    const blocked = block(none, both, 'W-1', at('09:30'));
    expect(opened(block(blocked, both, 'W-2', at('10:00')), 'W-2')).toEqual([]);
    expect(opened(release(blocked, both, 'W-1', at('10:00')), 'W-1')).toEqual([]);
    expect(opened(letGo(hold(none, both, 'W-1', at('09:30')), both, 'W-1', at('10:00')), 'W-1')).toEqual([]);
  });

  it('where it was cleared more than two years ago', () => {
    const optOut = block(none, both, 'W-1', at('10:00'));
    const since = (moment: string): Cleared => ({
      ...cleared('09:00'),
      scopes: { pages: { at: moment, checkId: 'C-1' } },
    });
    expect(opened(optOut, 'W-1', since('2024-11-22T10:00:59.000Z'))).toEqual([]);
    expect(opened(optOut, 'W-1', since('2024-11-22T10:01:01.000Z'))).toEqual(['pages']);
  });

  it('by a hundred further requests while an earlier one says no, since that one did', () => {
    let optOut = hold(none, both, 'W-000', at('09:30'));
    for (let n = 1; n <= 99; n += 1) optOut = hold(optOut, both, `W-${String(n).padStart(3, '0')}`, at('10:00'));
    expect(opened(optOut, 'W-000')).toEqual(both);
    expect(opened(optOut, 'W-001')).toEqual([]);
    expect(opened(optOut, 'W-099')).toEqual([]);
  });
});

test('of two requests at the same moment, each of which sees the other, one recalls', () => {
  const optOut = hold(hold(none, both, 'W-2', at('10:00')), both, 'W-1', at('10:00'));
  expect(['W-1', 'W-2'].map((id) => opened(optOut, id).length)).toEqual([2, 0]);
});

test('what was cleared after an earlier request was here is recalled by the later one', () => {
  const optOut = hold(hold(none, both, 'W-1', at('08:00')), both, 'W-2', at('10:00'));
  expect(opened(optOut, 'W-2', cleared('09:00'))).toEqual(both);
});

test('a recall goes to done and back, each step kept with who took it', () => {
  const [recall] = recallsFor(block(none, ['pages'], 'W-1', at('10:00')), asking('W-1'), cleared('09:00'), at('10:01'));
  const by = { id: 'm', name: 'Mona Marketing' };
  const done = moved(recall!, { at: at('11:00'), standing: 'done', by, words: 'Taken down.' })!;
  expect(done).toMatchObject({ standing: 'done', movedAt: at('11:00'), openedAt: at('10:01') });
  expect(moved(done, { at: at('11:01'), standing: 'done', by })).toBeUndefined();
  const again = moved(done, { at: at('12:00'), standing: 'open', by })!;
  expect(again.steps.map(({ standing, words }) => [standing, words])).toEqual([
    ['done', 'Taken down.'],
    ['open', undefined],
  ]);
});

test('whether it may be used again is what the opt-out says now', () => {
  const optOut = hold(none, ['pages'], 'W-1', at('10:00'));
  const [recall] = recallsFor(optOut, asking('W-1'), cleared('09:00'), at('10:01'));
  expect(presentState(recall!, optOut)).toBe('hold');
  expect(presentState(recall!, release(optOut, both, 'W-1', at('11:00')))).toBe('clear');
});

test('the middle of durations is one of them', () => {
  expect([median([]), median([5]), median([9, 1, 5]), median([9, 1, 5, 4])]).toEqual([undefined, 5, 5, 4]);
});
