import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openCsv, rowsFrom } from '../../../shared/members/csv.ts';
import type { Mode } from '../../../shared/members/header.ts';
import { longestRecord, readRecords, startOfFile } from '../../../shared/members/records.ts';
import type { ReadRow } from '../../../shared/members/rows.ts';

const header = 'memberId,handle,name,primaryEmail,otherEmails,manages,locale,createdAt\n';

test('a row of every column is read, with several values between semicolons', async () => {
  const line =
    '17,anna,"Weber, Anna ""Annie""",anna@example.org,a@example.net; b@example.net ;,garden;photo,de_at,2014-12-13';
  expect(await readRows(header + line)).toEqual([
    {
      line: 2,
      next: expect.anything(),
      row: {
        memberId: '17',
        handle: 'anna',
        name: 'Weber, Anna "Annie"',
        primaryEmail: 'anna@example.org',
        otherEmails: ['a@example.net', 'b@example.net'],
        manages: ['garden', 'photo'],
        locale: 'de-AT',
        createdAt: '2014-12-13T00:00:00.000Z',
      },
    },
  ]);
});

test('a byte order mark, CRLF, empty lines, rows of commas and line ends in quotes are all well', async () => {
  const text = `\uFEFF${header}1,a,A,a@example.org,,,,\n\n,,,,,,,\n2,b,"B\nb",b@example.org,,,,\n\n3,c,C,c@example.org,,,,`;
  const rows = await readRows(text.replaceAll('\n', '\r\n'));
  expect(rows.map((read) => [read.line, 'row' in read && read.row.memberId])).toEqual([
    [2, '1'],
    [5, '2'],
    [8, '3'],
  ]);
});

test('columns may come in any order and case, and unknown ones are named', async () => {
  const csv = await openCsv(bytesOf('Name , MEMBERID,shoeSize\nAnna,17,38\n'), 'delta');
  if ('problem' in csv) throw new Error(csv.problem);
  expect(csv.header).toEqual({ cells: ['name', 'memberId', undefined], ignored: ['shoeSize'] });
  expect((await csv.rows.next()).value).toMatchObject([{ row: { name: 'Anna', memberId: '17' } }]);
});

test.each<[string, Mode, string, string]>([
  ['', 'delta', 'an empty file', 'is empty: its first line must name the columns'],
  ['handle,name\n', 'delta', 'no memberId', 'lacks the column "memberId"'],
  ['memberId,name\n', 'full', 'a full file without all', 'lacks the columns "handle", "primaryEmail"'],
  ['memberId,name,Name\n', 'delta', 'a column twice', 'has the column "name" more than once'],
  [
    'memberId;handle\n',
    'delta',
    'semicolons',
    'lacks the column "memberId" (its cells are separated by semicolons; commas are needed)',
  ],
  [
    'memberId,name\r1,Anna\r',
    'full',
    'bare carriage returns',
    'lacks the columns "handle", "name", "primaryEmail" (its line ends are bare carriage returns; LF or CRLF is needed)',
  ],
  [
    `"memberId,${'x'.repeat(70_000)}`,
    'delta',
    'a first line of 70 KB',
    'does not begin with the names of its columns: it is longer than 65,536 characters',
  ],
])('%j as a %s file, %s: %s', async (text, mode, _, problem) => {
  expect(await openCsv(bytesOf(text), mode)).toEqual({ problem });
});

test.each([
  [',anna', '"memberId" is empty'],
  ['a b', '"memberId" is "a b", and an id has at most 128 characters, no space and no slash'],
  ['../17', '"memberId" is "../17", and an id has at most 128 characters, no space and no slash'],
  ['17,', '"handle" is empty'],
  ['17,anna,', '"name" is empty'],
  ['17,anna,An\u0000na,', '"name" holds a control character'],
  [`17,anna,${'x'.repeat(201)},`, '"name" is longer than 200 characters'],
  ['17,anna,Anna,', '"primaryEmail" is empty'],
  ['17,anna,Anna,anna', '"primaryEmail" is no mail address: "anna"'],
  [
    '17,anna,Anna,"a@example.org\r\nBcc: b@example.org"',
    '"primaryEmail" is no mail address: "a@example.org\\r\\nBcc: b@example.org"',
  ],
  ['17,anna,Anna,a@example.org,b@example.org;c', '"otherEmails" is no mail address: "c"'],
  [`17,anna,Anna,a@example.org,${'b@example.org;'.repeat(51)}`, '"otherEmails" has more than 50 values'],
  [
    '17,anna,Anna,a@example.org,,gar den',
    '"manages" is "gar den", and an id has at most 128 characters, no space and no slash',
  ],
  ['17,anna,Anna,a@example.org,,,klingon language', '"locale" is no BCP 47 language tag: "klingon language"'],
  ['17,anna,Anna,a@example.org,,,,yesterday', '"createdAt" is no ISO 8601 date: "yesterday"'],
  ['17,anna,Anna,a@example.org,,,,2014-02-30', '"createdAt" is no ISO 8601 date: "2014-02-30"'],
  ['17,anna,Anna,a@example.org,,,,2014-13-45T99:00', '"createdAt" is no ISO 8601 date: "2014-13-45T99:00"'],
  [
    '17,anna,An"na",a@example.org',
    'its quotes are wrong: a quote inside a cell is written twice, and the cell in quotes',
  ],
])('the row %j is bad: %s', async (line, reason) => {
  const cells = `${line}${','.repeat(7)}`.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).slice(0, 8);
  const text = line.includes('An"na"') ? line : cells.join(',');
  expect(await readRows(`${header + text}\n18,ben,Ben,ben@example.org,,,,\n`)).toMatchObject([
    { line: 2, reason },
    { row: { memberId: '18' } },
  ]);
});

test('a row with too few or too many cells is bad and takes no neighbour along', async () => {
  const rows = await readRows(`${header}1,a,A\n2,b,B,b@example.org,,,,,,\n3,c,C,c@example.org,,,,\n`);
  expect(rows).toMatchObject([
    { line: 2, reason: 'it has 3 cells where the first line has 8' },
    { line: 3, reason: 'it has 10 cells where the first line has 8' },
    { line: 4, row: { memberId: '3' } },
  ]);
});

test('a bad row still tells whose it is, where its memberId can be read', async () => {
  expect(await readRows(`${header}17,anna,Anna,,,,,\n`)).toMatchObject([
    { reason: '"primaryEmail" is empty', memberId: '17' },
  ]);
});

test('a quote that is never closed costs its line and no other', async () => {
  const rows = await readRows(`${header}1,a,"A,a@example.org,,,,\n2,b,B,b@example.org,,,,\n3,c,C,c@example.org,,,,\n`);
  expect(rows).toMatchObject([
    { line: 2, reason: 'a quote that opens on this line is not closed within 65,536 characters' },
    { line: 3, row: { memberId: '2' } },
    { line: 4, row: { memberId: '3' } },
  ]);
});

test('a cell of a megabyte is one bad row, whether in quotes or not', async () => {
  const huge = 'x'.repeat(1024 * 1024);
  for (const cell of [huge, `"${huge}"`, `"${huge}`, `${'""'.repeat(huge.length)}`]) {
    expect(await readRows(`${header}1,a,${cell},a@example.org,,,,\n2,b,B,b@example.org,,,,\n`, 10_000)).toMatchObject([
      { line: 2, reason: 'it is longer than 65,536 characters' },
      { line: 3, row: { memberId: '2' } },
    ]);
  }
});

test.each([
  [Buffer.from([0xff, 0xfe, 0x6d, 0]), 'UTF-16', 1],
  [
    Buffer.concat([Buffer.from(`${header}1,é\n2,`), Buffer.from('é', 'latin1'), Buffer.from('\n3,é\n')]),
    'Latin-1 below',
    3,
  ],
  [Buffer.from([...Buffer.from(`${header}1,`), 0xc3]), 'half a character at the end', 2],
])('%# a file that is not UTF-8 is refused with the line where that shows: %s', async (bytes, _, line) => {
  for (const size of [50, 1000]) {
    await expect(readAll(readRecords(chunksOf(bytes, size)))).rejects.toThrow(`is not UTF-8 text (line ${line})`);
  }
});

const unquoted = fc.string({ unit: fc.constantFrom('a', 'é', '😀', ' ', ';', '\uFEFF'), maxLength: 6 });
const quoted = fc
  .string({ unit: fc.constantFrom('a', 'é', '😀', ',', '\n', '\r\n', '""'), maxLength: 6 })
  .map((text) => `"${text}"`);
const file = fc
  .array(fc.tuple(fc.array(fc.oneof(unquoted, quoted), { minLength: 1, maxLength: 3 }), fc.constantFrom('\n', '\r\n')))
  .map((lines) => lines.map(([cells, end]) => cells.join(',') + end).join(''));

test('however the bytes are chunked, the records are the same', async () => {
  const anything = fc.oneof(file, fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', 'é'), maxLength: 60 }));
  await fc.assert(
    fc.asyncProperty(anything, fc.integer({ min: 1, max: 9 }), async (text, size) => {
      const whole = await readAll(readRecords(bytesOf(text)));
      expect(await readAll(readRecords(chunksOf(Buffer.from(text), size)))).toEqual(whole);
    }),
  );
});

test('reading goes on at any record as if it had never stopped', async () => {
  await fc.assert(
    fc.asyncProperty(file, async (text) => {
      const bytes = Buffer.from(text);
      const whole = await readAll(readRecords(bytesOf(text)));
      for (const [at, { next }] of whole.entries()) {
        const rest = await readAll(readRecords(chunksOf(bytes.subarray(next.offset), 7), next));
        expect(rest).toEqual(whole.slice(at + 1));
      }
    }),
  );
});

test('each record of a sound file stands on its own line, and none is a fault', async () => {
  await fc.assert(
    fc.asyncProperty(file, async (text) => {
      const records = await readAll(readRecords(bytesOf(text)));
      const lines = text.split('\n');
      for (const { text: record, line, fault } of records) {
        expect(fault).toBeUndefined();
        const first = lines[line - 1]!.replace(/\r$/, '');
        expect(record.startsWith(line === 1 ? first.replace(/^\uFEFF/, '') : first)).toBe(true);
      }
      expect(records.at(-1)?.next ?? startOfFile).toMatchObject({ offset: expect.any(Number) });
    }),
  );
});

test('a file of quotes alone is cut in no more than its own time', async () => {
  const lines = `${'"a\n'.repeat(3)}${'b,c\n'.repeat(longestRecord / 8)}`.repeat(20);
  const records = await readAll(readRecords(chunksOf(Buffer.from(lines), 100_000)));
  expect(records.length).toBeGreaterThan(80_000);
});

async function readRows(text: string, chunkSize = 1024 * 1024): Promise<ReadRow[]> {
  const csv = await openCsv(chunksOf(Buffer.from(text), chunkSize), 'delta');
  if ('problem' in csv) throw new Error(csv.problem);
  const rows = await readAll(csv.rows);
  const again = rowsFrom(chunksOf(Buffer.from(text).subarray(csv.start.offset), chunkSize), csv.header, csv.start);
  expect(await readAll(again)).toEqual(rows);
  return rows;
}

async function readAll<T>(groups: AsyncIterable<T[]>): Promise<T[]> {
  return (await Array.fromAsync(groups)).flat();
}

const bytesOf = (text: string) => chunksOf(Buffer.from(text), 1024 * 1024);

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
