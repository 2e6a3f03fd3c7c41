import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changesFor, changesToRemove, type Row, type Write } from '../../../shared/members/changes.ts';
import { addressLookup, type Key, lookupKeys, type MemberItem, memberKey } from '../../../shared/members/member.ts';
import { itemsFor, member, sorted } from './members-table.ts';

type Table = Map<string, Key>;

const anna = member({ memberId: '1', handle: 'anna', primaryEmail: 'Anna@Example.org', manages: ['garden', 'photo'] });

test('a new member gets an item, and a look-up for each address, handle, name and community', () => {
  const changes = stepsOf(undefined, { ...anna, otherEmails: ['a@example.net', 'ANNA@example.ORG'] });
  expect(changes.outcome).toBe('added');
  expect(changes.steps[0]!.map(keyOf)).toEqual([
    'address/anna@example.org 1',
    'address/a@example.net 1',
    'handle/anna 1',
    'name/name 1 1',
    'community/garden manager/1',
    'community/photo manager/1',
  ]);
  expect(changes.steps[1]!.map(keyOf)).toEqual(['member/1 member']);
});

test('a row that says what is known already costs no write', () => {
  expect(stepsOf(itemOf(anna), anna)).toMatchObject({ outcome: 'unchanged', steps: [[], [], [], []] });
  expect(stepsOf(itemOf(anna), { memberId: '1', handle: 'anna' }).steps.flat()).toEqual([]);
});

test('a row changes the columns that it names and no others', () => {
  const { outcome, steps } = stepsOf(itemOf({ ...anna, locale: 'de' }), { memberId: '1', name: 'Anna Weber' });
  expect(outcome).toBe('changed');
  expect(steps[1]).toEqual([{ put: expect.objectContaining({ ...anna, name: 'Anna Weber', locale: 'de' }) }]);
});

test('an empty optional cell clears what was there', () => {
  const old = itemOf({ ...anna, locale: 'de', otherEmails: ['a@example.net'] });
  const { steps } = stepsOf(old, { memberId: '1', locale: undefined, otherEmails: [] });
  expect(steps[1]).toEqual([{ put: expect.objectContaining({ locale: undefined, otherEmails: [] }) }]);
  expect(steps[2]!.map(keyOf)).toEqual(['address/a@example.net 1']);
});

test('an address is findable before the member carries it, and forgotten only after they no longer do', () => {
  const { steps } = stepsOf(itemOf(anna), { memberId: '1', primaryEmail: 'new@example.org' });
  expect(steps.map((step) => step.map(keyOf))).toEqual([
    ['address/new@example.org 1'],
    ['member/1 member'],
    ['address/anna@example.org 1'],
    ['member/1 member'],
  ]);
});

test('a member of whom nobody knows the rest is not added', () => {
  expect(changesFor(undefined, { memberId: '9', handle: 'new' })).toEqual({
    reason: 'no member has the memberId "9" yet, and a new one needs "name", "primaryEmail"',
  });
});

const words = fc.constantFrom('a', 'b', 'c', 'D', 'é');
const address = fc.tuple(words, words).map(([local, domain]) => `${local}@${domain}.example`);
const row: fc.Arbitrary<Row> = fc.record(
  {
    memberId: fc.constant('1'),
    handle: words,
    name: words,
    primaryEmail: address,
    otherEmails: fc.uniqueArray(address, { maxLength: 3 }),
    manages: fc.uniqueArray(words, { maxLength: 3 }),
    locale: fc.option(fc.constantFrom('de', 'en'), { nil: undefined }),
  },
  { requiredKeys: ['memberId'] },
);
const wholeRow = row.map((fields) => ({ ...member({ memberId: '1' }), locale: undefined, ...fields }));
const removal = fc.constant('removal' as const);

/** After how many of its writes an import is killed. Writes of one step come in any order. */
const kill = fc.record({ after: fc.nat({ max: 20 }), shuffle: fc.infiniteStream(fc.nat()) });

test('killed anywhere and gone on with, the table is what it would have been without', () => {
  const events = fc.array(fc.tuple(fc.oneof({ weight: 4, arbitrary: row }, removal), fc.array(kill, { maxLength: 3 })));
  fc.assert(
    fc.property(wholeRow, events, (first, rest) => {
      const table: Table = new Map();
      let expected: Row | undefined;
      for (const [event, kills] of [[first, []] as const, ...rest]) {
        if (event === 'removal') expected = undefined;
        else if (expected || isWhole(event)) expected = { ...expected, ...event };
        for (const { after, shuffle } of kills) run(table, event, after, shuffle);
        run(table, event);
        expect(sorted([...table.values()].map(withoutUndefined))).toEqual(expected ? itemsFor([expected]) : []);
      }
    }),
  );
});

test('killed anywhere and then overtaken by a later file, the table is what the later file says', () => {
  const overtaken = fc.oneof({ weight: 3, arbitrary: row }, removal);
  fc.assert(
    fc.property(wholeRow, overtaken, kill, wholeRow, (before, interrupted, { after, shuffle }, later) => {
      const table: Table = new Map();
      run(table, before);
      run(table, interrupted, after, shuffle);
      run(table, later);
      const own = table.get(textOf(memberKey('1'))) as MemberItem;
      expect(withoutUndefined(own)).toEqual(itemsFor([later]).find(({ sk }) => sk === 'member'));
      for (const lookup of lookupKeys(own)) expect(table.has(textOf(lookup))).toBe(true);
    }),
  );
});

test('at every moment of a change a member is found by each address that they have', () => {
  fc.assert(
    fc.property(wholeRow, row, fc.infiniteStream(fc.nat()), (before, change, shuffle) => {
      const table: Table = new Map();
      run(table, before);
      run(table, change, Number.POSITIVE_INFINITY, shuffle, () => {
        const own = table.get(textOf(memberKey('1'))) as MemberItem;
        for (const text of [own.primaryEmail, ...own.otherEmails]) {
          expect(table.has(textOf({ pk: addressLookup(text)!, sk: '1' }))).toBe(true);
        }
      });
    }),
  );
});

/** One import of an event into the table, killed after some of its writes. */
function run(
  table: Table,
  event: Row | 'removal',
  killedAfter = Number.POSITIVE_INFINITY,
  shuffle: Iterator<number> = [].values(),
  onWrite = () => {},
): void {
  const old = table.get(textOf(memberKey('1'))) as MemberItem | undefined;
  if (event === 'removal' && !old) return;
  const changes = event === 'removal' ? changesToRemove(old!) : changesFor(old, event);
  if ('reason' in changes) return;
  const writes = changes.steps.flatMap((step) => inAnyOrder(step, shuffle));
  for (const write of writes.slice(0, killedAfter)) {
    if ('put' in write) table.set(textOf(write.put), write.put);
    else table.delete(textOf(write.remove));
    onWrite();
  }
}

const inAnyOrder = (step: Write[], shuffle: Iterator<number>) =>
  step
    .map((write, at) => ({ write, rank: shuffle.next().value ?? at }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ write }) => write);

function stepsOf(old: MemberItem | undefined, given: Row) {
  const changes = changesFor(old, given);
  if ('reason' in changes) throw new Error(changes.reason);
  return changes;
}

const isWhole = (given: Row) => !('reason' in changesFor(undefined, given));
const itemOf = (given: Row) => itemsFor([given]).find(({ sk }) => sk === 'member') as MemberItem;
const textOf = ({ pk, sk }: Key) => `${pk} ${sk}`;
const keyOf = (write: Write) => textOf('put' in write ? write.put : write.remove);
const withoutUndefined = (item: Key) =>
  Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined)) as unknown as Key;
