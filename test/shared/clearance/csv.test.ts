import { expect, it } from 'vitest';
import type { Clearance } from '../../../shared/clearance/check.ts';
import { answerOf, faultAnswer } from '../../../shared/clearance/csv-answer.ts';
import { type CsvColumns, readColumns, readLines } from '../../../shared/clearance/csv-lines.ts';

const record = (text: string, line = 2) => ({ text, line, next: { offset: 0, line: 0 } });
const columnsOf = (header: string) => readColumns(record(header, 1)) as CsvColumns;
const lineOf = (text: string, header = 'asset,subject,scope') => readLines([record(text)], columnsOf(header))[0]!;

it.each([
  ['a.jpg,member/1,', { subject: 'member/1', scopes: undefined }],
  ['"a, b.jpg", member/1 ,profile-images', { subject: 'member/1', scopes: ['profile-images'] }],
  ['a.jpg,community/x,pages', { subject: 'community/x', scopes: ['pages'] }],
])('%s asks for that', (text, asked) => {
  expect(lineOf(text)).toEqual({ line: 2, text, asked });
});

it.each([
  ['a.jpg,,', '"subject" is empty'],
  [',,', '"subject" is empty'],
  ['a.jpg,1001,', '"subject" is neither member/ID nor community/ID'],
  ['a.jpg,member/1', 'it has 2 cells where the first line has 3'],
  ['a.jpg,member/1,pages', 'a member has no "pages"'],
  ['a.jpg,member/1,all', '"scope" is none that there is'],
  ['a\uFFFD.jpg,member/1,', 'it is not UTF-8 text: save the file as "CSV UTF-8"'],
  ['a"b,member/1,', 'its quotes are wrong: a quote inside a cell is written twice'],
])('%j is a broken line: %s', (text, reason) => {
  expect(lineOf(text)).toMatchObject({ line: 2, text, reason });
});

it('a broken line takes no other along, and stays one line with as many cells', () => {
  const columns = columnsOf('subject,asset');
  const lines = readLines([record('member/1,a'), record('member/2,"b', 3), record('member/3,c', 4)], columns);
  expect(lines.map((line) => 'asked' in line)).toEqual([true, false, true]);
  expect(faultAnswer(lines[1] as never, columns)).toBe(
    '"member/2,""b",,false,,,,line 3: its quotes are wrong: a quote inside a cell is written twice,\n',
  );
});

it('a broken line that has its cells keeps them in their columns', () => {
  const columns = columnsOf('asset,subject,state');
  const [line] = readLines([record('"a, b",1001,clear')], columns);
  expect(faultAnswer(line as never, columns)).toBe(
    '"a, b",1001,false,,,,"line 2: ""subject"" is neither member/ID nor community/ID",\n',
  );
});

it.each(['\uFFFDPNG\r', '\uFFFD\uFFFD\uFFFD\uFFFD\0\u0010JFIF', 'PK\u0003\u0004\u0014\0'])(
  'a file that begins with %j is no CSV',
  (text) => {
    expect(readColumns(record(text, 1))).toEqual({ problem: expect.stringMatching(/^is no CSV file/) });
  },
);

it('answers of an earlier check are replaced, and all other columns are kept', () => {
  const columns = columnsOf('Subject,state,"a, b"');
  expect(columns.kept).toEqual(['Subject', '"a, b"']);
  expect(readLines([record('member/1,clear,"x, y"')], columns)[0]).toMatchObject({ text: 'member/1,"x, y"' });
});

it.each([
  ['asset,member', 'lacks the column "subject"'],
  ['asset;subject', 'lacks the column "subject" (its cells are separated by semicolons, not commas)'],
  ['subject,subject', 'has the column "subject" or "scope" more than once'],
  ['s\0u\0b\0', 'lacks the column "subject" (it is UTF-16: save it as "CSV UTF-8")'],
])('a file that begins with %j is refused: it %s', (header, problem) => {
  expect(readColumns(record(header, 1))).toEqual({ problem });
});

it('of several scopes the strictest counts, with every request behind it', () => {
  const scopes: Clearance['scopes'] = {
    'header-graphic': { allowed: false, state: 'hold', since: '2026-01-01', requestIds: ['W-2'] },
    pages: { allowed: false, state: 'blocked', since: '2026-02-01', requestIds: ['W-1'] },
  };
  const line = { line: 2, text: 'community/x', asked: { subject: 'community/x' as const } };
  const result = { subject: 'community/x' as const, known: true, allowed: false, scopes };
  expect(answerOf(line, result, 'C-1')).toBe('community/x,false,blocked,2026-02-01,W-2 W-1,,C-1\n');
  expect(answerOf(line, { ...result, known: false }, 'C-1')).toContain(',unknown,C-1\n');
  const clear = { pages: { allowed: false, state: 'clear' as const, requestIds: [], reason: 'unknown' as const } };
  expect(answerOf(line, { ...result, known: false, scopes: clear }, 'C-1')).toBe(
    'community/x,false,unknown,,,unknown,C-1\n',
  );
});
