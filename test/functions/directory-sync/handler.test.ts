import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Row } from '../../../shared/members/changes.ts';
import { findByAddress, getMembers, managersOf } from '../../../shared/members/directory.ts';
import { describeResult } from '../../../shared/members/imports.ts';
import { itemsFor, member } from '../../shared/members/members-table.ts';
import { type Intake, openIntake } from './intake.ts';

let intake: Intake;
beforeEach(async () => {
  intake = await openIntake();
});
afterEach(() => intake.close());

const columns = ['memberId', 'handle', 'name', 'primaryEmail', 'otherEmails', 'manages'] as const;
const csv = (rows: Row[], names: readonly (keyof Row)[] = columns) =>
  [names, ...rows.map((row) => names.map((name) => [row[name] ?? ''].flat().join(';')))]
    .map((cells) => `${cells}\n`)
    .join('');

const people = (count: number, from = 0) =>
  Array.from({ length: count }, (_, n) => member({ memberId: `m${from + n}`, manages: n % 10 ? [] : ['garden'] }));

/** The directory of the test with the lease's item left out. */
const items = async () => (await intake.table.items()).filter(({ pk }) => pk !== 'import');

async function importCsv(key: string, text: string | Buffer) {
  await intake.put(key, text);
  await intake.drain();
  return intake.result(key);
}

test('the demo directory goes in whole, with its managers and the address that two members share', async () => {
  const result = await importCsv('directory/full-demo.csv', await readFile('infra/commands/demo-directory.csv'));
  expect(result).toMatchObject({ outcome: 'imported', notes: [], bad: [] });
  expect(result.counts).toEqual({ added: 20, changed: 0, unchanged: 0, removed: 0, bad: 0 });
  expect((await findByAddress('Familie.Hofer@Example.org')).map(({ handle }) => handle)).toEqual([
    'familie-hofer',
    'sepp.hofer',
  ]);
  expect((await managersOf('old-cameras')).map(({ name }) => name)).toEqual(['Marc Lefèvre']);
});

test('the second time nothing is written but the result', async () => {
  await importCsv('directory/full-1.csv', csv(people(30)));
  const writes: string[] = [];
  intake.beforeRequest = (_, operation) => void (/BatchWrite/.test(operation) && writes.push(operation));
  const result = await importCsv('directory/full-2.csv', csv(people(30)));
  expect(result.counts).toMatchObject({ added: 0, changed: 0, unchanged: 30, removed: 0 });
  expect(writes).toEqual([]);
});

test('a delta changes the columns that it names, of the members that it names', async () => {
  await importCsv('directory/full-1.csv', csv(people(3)));
  const result = await importCsv('directory/delta-1.csv', 'name,memberId\nNew Name,m1\nNobody,m9\n');
  expect(result.counts).toEqual({ added: 0, changed: 1, unchanged: 0, removed: 0, bad: 1 });
  expect(describeResult(result)).toEqual([
    'delta-1.csv: 0 added, 1 changed, 0 unchanged, 0 removed, 1 bad rows.',
    'delta-1.csv line 3: no member has the memberId "m9" yet, and a new one needs "handle", "primaryEmail"; the row was skipped',
  ]);
  const [first, second, third] = people(3) as [Row, Row, Row];
  expect(await items()).toEqual(itemsFor([first, { ...second, name: 'New Name' }, third]));
});

test('bad rows are told by line and reason, and the good ones go in', async () => {
  const text = [
    'memberId,handle,name,primaryEmail,shoeSize',
    '1,anna,Anna,anna@example.org,38',
    '2,ben,Ben,,41',
    '3,ANNA,Other,other@example.org,40',
    '1,again,Anna,anna@example.org,38',
    '4,cleo,"Cleo,cleo@example.org,39',
    `5,dora,"${'x'.repeat(1024 * 1024)}",dora@example.org,37`,
    '6,emil,Emil,emil@example.org,44',
  ].join('\r\n');
  const result = await importCsv('directory/delta-bad.csv', text);
  expect(describeResult(result, 'members.csv')).toEqual([
    'members.csv: 2 added, 0 changed, 0 unchanged, 0 removed, 5 bad rows.',
    'Columns that were not read: shoeSize.',
    'members.csv line 3: "primaryEmail" is empty; the row was skipped',
    'members.csv line 4: the handle "ANNA" stands on line 2 already; the row was skipped',
    'members.csv line 5: the memberId "1" stands on line 2 already; the row was skipped',
    'members.csv line 6: a quote that opens on this line is not closed within 65,536 characters; the row was skipped',
    'members.csv line 7: it is longer than 65,536 characters; the row was skipped',
  ]);
  expect((await getMembers(['1', '6'])).map(({ handle }) => handle)).toEqual(['anna', 'emil']);
});

test.each<[string, string | Buffer, string]>([
  ['directory/delta-x.csv', Buffer.from('memberId,name\n1,Jos\xe9\n', 'latin1'), 'is not UTF-8 text (line 2)'],
  ['directory/full-x.csv', 'memberId,handle,name\n1,a,A\n', 'lacks the column "primaryEmail"'],
  ['directory/delta-x.csv', 'memberId,name,name\n1,a,A\n', 'has the column "name" more than once'],
  ['directory/delta-x.csv', '', 'is empty: its first line must name the columns'],
  [
    'directory/members.csv',
    'memberId\n1\n',
    'is not named for an import: directory/full-….csv or directory/delta-….csv is needed',
  ],
  [
    'directory/old/full-x.csv',
    'memberId\n1\n',
    'is not named for an import: directory/full-….csv or directory/delta-….csv is needed',
  ],
])('%s of %j: nothing is imported, and one sentence says that it %s', async (key, body, problem) => {
  const result = await importCsv(key, body);
  expect(result).toMatchObject({ outcome: 'refused', problem, bad: [] });
  expect(await items()).toEqual([]);
});

test('a full file removes up to 5 % of the members, with all that they were found by', async () => {
  await importCsv('directory/full-1.csv', csv(people(40)));
  const result = await importCsv('directory/full-2.csv', csv(people(38)));
  expect(result.counts).toMatchObject({ unchanged: 38, removed: 2 });
  expect(await items()).toEqual(itemsFor(people(38)));
});

test('a full file that would remove more changes nothing and says so', async () => {
  await importCsv('directory/full-1.csv', csv(people(40)));
  const changed = people(37).map((row) => ({ ...row, name: 'Changed' }));
  const result = await importCsv('directory/full-2.csv', csv(changed));
  expect(describeResult(result)).toEqual([
    'full-2.csv does not name 3 of the 40 members (7.5 %), and a full file may remove 5 % at most. Nothing was imported.',
    expect.stringContaining('--confirm-removals'),
  ]);
  expect(await items()).toEqual(itemsFor(people(40)));
});

test('a full file whose name confirms it removes as many as it likes', async () => {
  await importCsv('directory/full-1.csv', csv(people(40)));
  const result = await importCsv('directory/full-2-removals-confirmed.csv', csv(people(10)));
  expect(result.counts).toMatchObject({ unchanged: 10, removed: 30 });
  expect(await items()).toEqual(itemsFor(people(10)));
});

test('a member with a mistake in their row stays', async () => {
  await importCsv('directory/full-1.csv', csv(people(2)));
  const text = `${csv(people(1))}m1,handle,Name,no address,,\n`;
  const result = await importCsv('directory/full-2.csv', text);
  expect(result.counts).toMatchObject({ unchanged: 1, removed: 0, bad: 1 });
  expect(await getMembers(['m1'])).toEqual([people(2)[1]]);
});

test('nobody is removed while a bad row hides whose it is', async () => {
  await importCsv('directory/full-1.csv', csv(people(40)));
  const result = await importCsv('directory/full-2.csv', `${csv(people(39))}m39,"broken,Name,a@example.org,,\n`);
  expect(result.counts).toMatchObject({ unchanged: 39, removed: 0, bad: 1 });
  expect(result.notes).toEqual([
    expect.stringMatching(/^Nobody was removed: 1 members are not in the file, but 1 bad rows/),
  ]);
  expect(await getMembers(['m39'])).toHaveLength(1);
});

test('2,000 rows go on over many invocations, and the result is that of one', async () => {
  const rows = people(2000);
  const text = csv(rows).replace('m7,', 'm 7,');
  await intake.put('directory/full-long.csv', `\uFEFF${text.replaceAll('\n', '\r\n')}`);
  const invocations = await intake.drain({ msLeft: () => 30_000 });
  expect(invocations).toBe(6);
  const result = await intake.result('directory/full-long.csv');
  expect(result.counts).toEqual({ added: 1999, changed: 0, unchanged: 0, removed: 0, bad: 1 });
  expect(result.bad).toMatchObject([{ line: 9 }]);
  expect(await items()).toEqual(itemsFor(rows.filter(({ memberId }) => memberId !== 'm7')));
});

test('removals go on over invocations too', async () => {
  await importCsv('directory/full-1.csv', csv(people(100)));
  await intake.put('directory/full-2-removals-confirmed.csv', csv(people(5)));
  expect(await intake.drain({ msLeft: () => 30_000 })).toBe(2);
  expect(await intake.result('directory/full-2-removals-confirmed.csv')).toMatchObject({
    counts: { unchanged: 5, removed: 95 },
  });
  expect(await items()).toEqual(itemsFor(people(5)));
});

test('killed at any request and delivered again, the table is that of an undisturbed import', async () => {
  await importCsv('directory/full-1.csv', csv(people(60)));
  const next = [
    ...people(57).map((row, n) => (n % 2 ? row : { ...row, primaryEmail: `new${n}@example.org` })),
    ...people(5, 100),
  ];
  await intake.put('directory/full-2.csv', csv(next));
  for (let kill = 1; await invokeAndBreak(kill); kill += 1);
  expect(intake.queue).toEqual([]);
  expect(await items()).toEqual(itemsFor(next));
  expect((await intake.result('directory/full-2.csv')).outcome).toBe('imported');
});

test('an announcement of S3 that comes twice is imported once, also when a newer file came in between', async () => {
  await intake.put('directory/delta-1.csv', csv(people(1)));
  const [announcement] = intake.queue;
  await intake.drain();
  await importCsv('directory/delta-2.csv', 'memberId,name\nm0,Newer\n');
  intake.queue.push(announcement!);
  expect(await intake.drain()).toBe(1);
  expect(await getMembers(['m0'])).toMatchObject([{ name: 'Newer' }]);
});

test('the same file uploaded again under its old name is a new import', async () => {
  await importCsv('directory/delta-1.csv', csv(people(1)));
  expect((await importCsv('directory/delta-1.csv', csv(people(1)))).counts).toMatchObject({ added: 0, unchanged: 1 });
});

test('two imports do not run at once: the second waits', async () => {
  await intake.put('directory/full-1.csv', csv(people(900)));
  await intake.put('directory/delta-1.csv', 'memberId,name\nm0,Newer\n');
  const [first, second] = intake.queue.splice(0);
  intake.queue.push(first!);
  let other: Promise<unknown> | undefined;
  intake.beforeRequest = (_, operation) => {
    if (other || !/BatchWrite/.test(operation)) return;
    intake.queue.push(second!);
    other = intake.invoke();
  };
  await intake.invoke();
  await other;
  expect(intake.queue).toMatchObject([{ body: second!.body, delay: 3 }]);
  await intake.drain();
  expect(await getMembers(['m0'])).toMatchObject([{ name: 'Newer' }]);
});

test('an older file that comes late does not undo a newer full one', async () => {
  await intake.put('directory/full-old.csv', csv([{ ...people(1)[0]!, name: 'Old' }]));
  const old = intake.queue.shift()!;
  await importCsv('directory/full-new.csv', csv(people(1)));
  intake.queue.push(old);
  await intake.drain();
  expect(await intake.result('directory/full-old.csv')).toMatchObject({ outcome: 'refused' });
  expect(await items()).toEqual(itemsFor(people(1)));
});

test('a full file that was refused makes no older file out of date', async () => {
  await importCsv('directory/full-0.csv', csv(people(3)));
  await intake.put('directory/delta-old.csv', 'memberId,name\nm0,Renamed\n');
  const old = intake.queue.shift()!;
  expect(await importCsv('directory/full-new.csv', csv(people(1)))).toMatchObject({ outcome: 'refused' });
  intake.queue.push(old);
  await intake.drain();
  expect(await getMembers(['m0'])).toMatchObject([{ name: 'Renamed' }]);
});

test('a file of nothing but bad rows is told by its first 10,000 and the number of the others', async () => {
  const result = await importCsv('directory/delta-bad.csv', `memberId,name\n${'1,\n'.repeat(10_050)}`);
  expect(result.counts.bad).toBe(10_050);
  expect(result.bad).toHaveLength(10_000);
  expect(describeResult(result).at(-1)).toBe('50 more bad rows are not listed.');
});

test('a file that is replaced before its turn is left to its successor', async () => {
  await intake.put('directory/full-1.csv', csv(people(2000)));
  await intake.put('directory/full-1.csv', csv(people(2)));
  await intake.drain();
  expect((await intake.result('directory/full-1.csv')).counts).toMatchObject({ added: 2 });
});

test('keys with spaces and other letters are decoded', async () => {
  const key = 'directory/delta-Mitglieder März + 1.csv';
  expect((await importCsv(key, csv(people(1)))).counts.added).toBe(1);
});

test.each([
  ['the test event of S3', JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'intake' })],
  ['a message that is no event', '{"hello":1}'],
  ['a message that is not JSON', 'hello'],
])('%s is acknowledged', async (_, body) => {
  intake.queue.push({ body, delay: 0 });
  expect(await intake.drain()).toBe(1);
});

/** One invocation whose connections break from the n-th request on; whether they did. */
async function invokeAndBreak(n: number): Promise<boolean> {
  let requests = 0;
  intake.beforeRequest = () => {
    requests += 1;
    if (requests >= n) throw new Error('killed');
  };
  const { failed } = await intake.invoke();
  intake.beforeRequest = () => {};
  return failed;
}
