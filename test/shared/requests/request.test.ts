import { expect, test } from 'vitest';
import { advance, type RequestState, type WrittenRequest } from '../../../shared/requests/request.ts';

const request = (state: RequestState, change: Partial<WrittenRequest> = {}): WrittenRequest => ({
  requestId: 'W-1',
  hash: 'ab',
  channel: 'email',
  state,
  receivedAt: '2026-11-22T10:00:00.000Z',
  decision: { state: 'review', rule: 'x', reason: 'x', effects: [], answers: [] },
  summary: { memberIds: [] },
  arrival: { bucket: 'b', key: 'k' },
  thread: { references: [] },
  confirmations: {},
  history: [],
  version: 1,
  ...change,
});
const step = (state: RequestState, dueAt?: string) => ({
  at: '2026-11-23T10:00:00.000Z',
  state,
  rule: 'r',
  reason: 'because',
  dueAt,
});

test('a step is the newest entry of the history', () => {
  const after = advance(advance(request('received'), step('held'))!, step('granted'))!;
  expect(after.history.map(({ number, state }) => [number, state])).toEqual([
    [1, 'held'],
    [2, 'granted'],
  ]);
});

test('what waits is in the index of open requests until it is closed', () => {
  const held = advance(request('received'), step('held', '2026-11-29T10:00:00.000Z'))!;
  expect(held).toMatchObject({ open: 'held', dueAt: '2026-11-29T10:00:00.000Z' });
  expect(advance(held, step('granted'))).toMatchObject({ open: undefined, dueAt: undefined });
});

test('a closed request can only be reopened for a person', () => {
  expect(advance(request('declined'), step('granted'))).toBeUndefined();
  expect(advance(request('granted'), step('held'))).toBeUndefined();
  expect(advance(request('granted'), step('review'))?.state).toBe('review');
});

test('the item keeps the last 50 entries, and their numbers go on', () => {
  let after = request('review');
  for (let count = 0; count < 60; count += 1) after = advance(after, step('review'))!;
  expect([after.history.length, after.history.at(-1)?.number]).toEqual([50, 60]);
});
