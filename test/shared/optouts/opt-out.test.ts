import fc from 'fast-check';
import { expect, test } from 'vitest';
import { block, emptyOptOut, hold, type OptOut, optIn, release, stateOf } from '../../../shared/optouts/opt-out.ts';

const scopes = ['profile-images'] as const;
const at = '2026-11-22T10:00:00.000Z';
const later = '2026-11-23T10:00:00.000Z';
const member = () => emptyOptOut('member/1');

test('any block blocks, else any hold holds, else it is clear', () => {
  const held = hold(member(), scopes, 'W-A', at);
  expect(stateOf(member(), 'profile-images')).toEqual({ state: 'clear', since: undefined, requestIds: [] });
  expect(stateOf(held, 'profile-images')).toEqual({ state: 'hold', since: at, requestIds: ['W-A'] });
  expect(stateOf(block(held, scopes, 'W-B', later), 'profile-images')).toEqual({
    state: 'blocked',
    since: later,
    requestIds: ['W-B'],
  });
});

test('a confirmed hold becomes the block of the same request', () => {
  const confirmed = block(hold(member(), scopes, 'W-A', at), scopes, 'W-A', at);
  expect(confirmed.scopes['profile-images']).toEqual({ blockedBy: { 'W-A': at }, holds: {} });
});

test('declining one request leaves the hold of another', () => {
  const both = hold(hold(member(), scopes, 'W-A', at), scopes, 'W-B', later);
  expect(stateOf(release(both, scopes, 'W-A', later), 'profile-images')).toEqual({
    state: 'hold',
    since: later,
    requestIds: ['W-B'],
  });
});

test('a second request for what is blocked already changes nothing', () => {
  const blocked = block(member(), scopes, 'W-A', at);
  expect(block(blocked, scopes, 'W-B', later)).toBe(blocked);
  expect(hold(blocked, scopes, 'W-B', later)).toBe(blocked);
});

test('a flood of unconfirmed requests cannot grow the item without end', () => {
  let optOut = member();
  for (let number = 0; number < 1_000; number += 1) optOut = hold(optOut, scopes, `W-${number}`, at);
  expect(JSON.stringify(optOut).length).toBeLessThan(20_000);
  expect(stateOf(optOut, 'profile-images').state).toBe('hold');
  // A genuine one may be among those that found no place: when all others are declined, the images stay unused.
  for (let number = 0; number < 1_000; number += 1) optOut = release(optOut, scopes, `W-${number}`, later);
  expect(stateOf(optOut, 'profile-images').state).toBe('hold');
});

const edits = { block, hold, release };
const step = fc.record({
  edit: fc.constantFrom(...(Object.keys(edits) as (keyof typeof edits)[])),
  requestId: fc.constantFrom('W-A', 'W-B', 'W-C'),
});
const run = (optOut: OptOut, { edit, requestId }: { edit: keyof typeof edits; requestId: string }) =>
  edits[edit](optOut, scopes, requestId, at);

test('every edit can be repeated, and only a release of its own ever weakens what a request asked for', () => {
  const strength = { clear: 0, hold: 1, blocked: 2 };
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), step, (before, last) => {
      const optOut = before.reduce(run, member());
      const after = run(optOut, last);
      expect(run(after, last)).toBe(after);
      const weaker =
        strength[stateOf(after, 'profile-images').state] < strength[stateOf(optOut, 'profile-images').state];
      if (weaker) expect(last.edit).toBe('release');
      const others = Object.keys(optOut.scopes['profile-images']?.blockedBy ?? {}).filter(
        (id) => id !== last.requestId,
      );
      expect(Object.keys(after.scopes['profile-images']?.blockedBy ?? {})).toEqual(expect.arrayContaining(others));
    }),
  );
});

test('opting back in ends every block and hold, those of a flood included', () => {
  const flooded = Array.from({ length: 150 }, (_, n) => `W-${n}`).reduce(
    (next, id) => hold(next, scopes, id, at),
    member(),
  );
  const lifted = optIn(block(flooded, scopes, 'W-B', at), scopes, 'W-IN', later);
  expect(lifted.scopes['profile-images']).toEqual({ blockedBy: {}, holds: {} });
  expect(lifted.optedIn).toEqual({ 'profile-images': later });
  expect(lifted.changes.at(-1)).toEqual({ at: later, requestId: 'W-IN', scope: 'profile-images', change: 'released' });
});

test('an opt-out that came after an opt-in stands, however often the opt-in is made again', () => {
  const lifted = optIn(block(member(), scopes, 'W-A', at), scopes, 'W-IN', later);
  const again = block(lifted, scopes, 'W-B', '2026-11-24T10:00:00.000Z');
  expect(optIn(again, scopes, 'W-IN', later)).toBe(again);
  expect(optIn(again, scopes, 'W-0', at)).toBe(again);
});

test('opting in where nothing is asked for writes nothing', () => {
  const clear = member();
  expect(optIn(clear, scopes, 'W-IN', at)).toBe(clear);
});
