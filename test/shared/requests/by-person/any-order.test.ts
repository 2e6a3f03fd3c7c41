import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choose, union } from '../../../../shared/requests/by-person/covers.ts';
import { grantedOf } from '../../../../shared/requests/by-person/heirs.ts';
import { isMembersWord } from '../../../../shared/requests/by-person/members-word.ts';
import { type Cover, isOpen } from '../../../../shared/requests/request.ts';
import { type DeskWorld, deskWorld, everything, type Kind, member } from './desk-world.ts';

const ids = ['W-1', 'W-2', 'W-3', 'W-4'];
const id = fc.constantFrom(...ids);
const kind = fc.constantFrom<Kind>('own-word', 'in-effect', 'held', 'near-miss', 'letter');
const grants = fc
  .subarray(
    everything.flatMap(({ subject, scopes }) => scopes.map((scope) => ({ subject, scopes: [scope] }))),
    { minLength: 1 },
  )
  .map((chosen) => union([], chosen as Cover[]));
/** A process may die after any number of writes. */
const crash = fc.option(fc.nat(3), { nil: undefined, freq: 3 });

/** A move as data, so that a failing run can be read: `["grant", "W-1", …]`. */
const move = fc.oneof(
  fc.tuple(fc.constant('grant' as const), id, grants, crash),
  fc.tuple(fc.constantFrom('decline' as const, 'dismiss' as const, 'reopen' as const), id, crash),
  fc.tuple(fc.constant('merge' as const), id, id, crash),
  fc.tuple(fc.constant('reply' as const), id),
  fc.tuple(fc.constant('confirm' as const), id, fc.constantFrom('yes' as const, 'no' as const)),
  fc.tuple(fc.constant('arrive' as const), fc.constant('W-4'), kind),
);

const make = (world: DeskWorld, [name, ...rest]: [string, ...unknown[]]) =>
  (world[name as 'reply'] as (...all: unknown[]) => unknown)(...rest);

const played = (check: (world: DeskWorld) => void) =>
  fc.assert(
    fc.property(fc.tuple(kind, kind, kind), fc.array(move, { maxLength: 16 }), (kinds, moves) => {
      const world = deskWorld(kinds);
      check(world);
      for (const next of moves) {
        make(world, next);
        check(world);
      }
    }),
    { numRuns: 1_500 },
  );

test('whatever order people decide in, no scope is clear while a granted request of the member stands', () => {
  played((world) => {
    for (const request of world.requests.values()) {
      choose(grantedOf(request, member), ({ subject }, scope) => {
        expect(world.stateOf(subject, scope), `${request.requestId} ${subject} ${scope}`).not.toBe('clear');
        return true;
      });
    }
  });
});

test('what the member put into effect with their own word stays blocked, whatever people decide', () => {
  played((world) => {
    for (const request of world.requests.values()) {
      if (!isMembersWord(request)) continue;
      choose(grantedOf(request, member), ({ subject }, scope) => {
        expect(world.stateOf(subject, scope), `${request.requestId} ${subject} ${scope}`).toBe('blocked');
        return true;
      });
    }
  });
});

test('only an open request holds, only a granted one blocks, and each under its own id', () => {
  played((world) => {
    for (const one of ids) world.finish(one);
    for (const { scopes } of world.optOuts.values()) {
      for (const { blockedBy, holds } of Object.values(scopes)) {
        for (const holder of Object.keys(holds)) expect(isOpen(world.requests.get(holder)!.state), holder).toBe(true);
        for (const blocker of Object.keys(blockedBy)) {
          const { state } = world.requests.get(blocker)!;
          // A reply reopens a granted request, and what it blocks stays.
          expect(state === 'granted' || isOpen(state), `${blocker} is ${state}`).toBe(true);
        }
      }
    }
  });
});
