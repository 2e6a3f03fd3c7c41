import { BatchWriteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { dynamo } from '../../../shared/aws.ts';
import { env } from '../../../shared/env.ts';
import { findByAddress, findByHandle, findByName, getMembers, managersOf } from '../../../shared/members/directory.ts';
import { addressLookup } from '../../../shared/members/member.ts';
import { removeMembers, upsertMembers, walkMembers } from '../../../shared/members/sync.ts';
import { itemsFor, type MembersTable, member, openMembersTable } from './members-table.ts';

const anna = member({
  memberId: '1',
  handle: 'Anna.W',
  name: 'Anna Wéber',
  primaryEmail: 'Anna@Müller.example',
  otherEmails: ['family@example.org'],
  manages: ['garden'],
  locale: 'de-AT',
});
const ben = member({
  memberId: '2',
  name: 'anna weber',
  otherEmails: ['Family@Example.ORG'],
  manages: ['garden', 'photo'],
});

let table: MembersTable;
beforeAll(async () => {
  table = await openMembersTable();
});
afterAll(() => table.close());
beforeEach(async () => {
  await removeMembers((await table.members()).map(({ memberId }) => memberId));
  await upsertMembers([anna, ben]);
});

test('a member is found by primary and other address, whatever the case and the form of the domain', async () => {
  expect(await findByAddress('ANNA@xn--mller-kva.example')).toEqual([anna]);
  expect(await findByAddress('anna@müller.example')).toEqual([anna]);
  expect(await findByAddress('anna+tag@müller.example')).toEqual([]);
});

test('an address that two members share finds both', async () => {
  expect(await findByAddress('family@example.org')).toEqual([anna, ben]);
});

test('what is no address finds nobody', async () => {
  expect(await findByAddress('')).toEqual([]);
  expect(await findByAddress('family@example.org\r\nBcc: x@example.org')).toEqual([]);
});

test('a member is found by handle and by name, accents and case aside', async () => {
  expect(await findByHandle('@anna.w')).toEqual([anna]);
  expect(await findByName('ANNA  WEBER')).toEqual([anna, ben]);
  expect(await findByName('ANNA  WEBER', 1)).toEqual([anna]);
  expect(await findByName(' ')).toEqual([]);
});

test('the managers of a community are its managers and nobody else', async () => {
  expect(await managersOf('garden')).toEqual([anna, ben]);
  expect(await managersOf('photo')).toEqual([ben]);
  expect(await managersOf('nowhere')).toEqual([]);
});

test('members come in the order asked for, each once, those that are none left out', async () => {
  expect(await getMembers(['2', 'nobody', '1', '2'])).toEqual([ben, anna]);
  expect(await getMembers([])).toEqual([]);
});

test('a look-up that was left behind names nobody', async () => {
  const left = { pk: addressLookup('old@example.org'), sk: '1' };
  const ghost = { pk: addressLookup('family@example.org'), sk: 'gone' };
  for (const Item of [left, ghost]) await dynamo().send(new PutCommand({ TableName: env('membersTable'), Item }));
  expect(await findByAddress('old@example.org')).toEqual([]);
  expect(await findByAddress('family@example.org')).toEqual([anna, ben]);
  await dynamo().send(
    new BatchWriteCommand({ RequestItems: { members: [left, ghost].map((Key) => ({ DeleteRequest: { Key } })) } }),
  );
});

test('a change of address takes the old look-up away and leaves what is not named', async () => {
  expect(await upsertMembers([{ memberId: '1', primaryEmail: 'new@example.org' }])).toMatchObject([
    { outcome: 'changed' },
  ]);
  expect(await findByAddress('anna@müller.example')).toEqual([]);
  expect(await findByAddress('new@example.org')).toEqual([{ ...anna, primaryEmail: 'new@example.org' }]);
  expect(await table.items()).toEqual(itemsFor([{ ...anna, primaryEmail: 'new@example.org' }, ben]));
});

test('two members exchange their handles in one batch', async () => {
  await upsertMembers([
    { memberId: '1', handle: ben.handle },
    { memberId: '2', handle: anna.handle },
  ]);
  expect((await findByHandle(anna.handle)).map(({ memberId }) => memberId)).toEqual(['2']);
  expect(await table.items()).toHaveLength(itemsFor([anna, ben]).length);
});

test('a removed member leaves nothing behind, and may be removed again', async () => {
  expect(await removeMembers(['1'])).toBe(1);
  expect(await table.items()).toEqual(itemsFor([ben]));
  expect(await removeMembers(['1'])).toBe(0);
});

test('500 members go in, stay unchanged the second time, and the walk meets each once', async () => {
  const many = Array.from({ length: 500 }, (_, n) => member({ memberId: `m${n}`, manages: [`c${n % 7}`] }));
  expect(new Set((await upsertMembers(many)).map((done) => 'outcome' in done && done.outcome))).toEqual(
    new Set(['added']),
  );
  const again = await upsertMembers(many);
  expect(new Set(again.map((done) => 'outcome' in done && done.outcome))).toEqual(new Set(['unchanged']));
  expect(await table.items()).toEqual(itemsFor([anna, ben, ...many]));
  const pages = await Array.fromAsync(walkMembers());
  expect(pages.flatMap(({ memberIds }) => memberIds).toSorted()).toEqual(
    [anna, ben, ...many].map(({ memberId }) => memberId).toSorted(),
  );
  expect((await getMembers(many.map(({ memberId }) => memberId))).length).toBe(500);
  expect(await managersOf('c3')).toHaveLength(71);
});
