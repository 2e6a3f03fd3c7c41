import { type Cover, fileColumns, fileRow } from './cover.ts';

/** The cover for a terminal, a mail or a printer of any age: every line of a table as name and words. */
export function coverText({ title, made, warnings, facts, tables, files }: Cover): string {
  const all = [...tables, { title: 'Files', empty: '', columns: fileColumns, rows: files.map(fileRow) }];
  const blocks = [
    heading(title, '='),
    made,
    ...warnings.map((warning) => `WARNING: ${warning}`),
    facts.map(([name, words]) => `${name}: ${oneLine(words)}`).join('\n'),
    ...all.flatMap((table) => [heading(table.title, '-'), rowsOf(table.columns, table.rows) || table.empty]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

const heading = (words: string, line: string): string => `${words}\n${line.repeat(words.length)}`;

const rowsOf = (columns: string[], rows: string[][]): string => rows.map((row) => rowOf(columns, row)).join('\n\n');

const rowOf = (columns: string[], row: string[]): string =>
  row.flatMap((words, column) => (words ? [`${columns[column]}: ${oneLine(words)}`] : [])).join('\n');

/** Words of a stranger must not look like lines of ours. */
const oneLine = (words: string): string => words.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
