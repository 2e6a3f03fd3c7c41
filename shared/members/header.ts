import { parse } from 'csv-parse/sync';
import { required } from './changes.ts';
import type { CsvRecord } from './records.ts';

/** A full file is the whole directory: who is not in it is removed. A delta holds only what is new. */
export type Mode = 'full' | 'delta';

/** The columns that a directory CSV may have. */
export const columns = [
  'memberId',
  'handle',
  'name',
  'primaryEmail',
  'otherEmails',
  'manages',
  'locale',
  'createdAt',
] as const;
export type Column = (typeof columns)[number];

export interface Header {
  /** For each cell of a row its column, undefined where the column is not one of ours. */
  cells: (Column | undefined)[];
  /** Names of the columns that are not ours. */
  ignored: string[];
}

/**
 * Reads the first record. The problem is the rest of a sentence that begins with the file's name. Case and white space
 * around a column's name do not matter.
 */
export function readHeader(record: CsvRecord | undefined, mode: Mode): Header | { problem: string } {
  if (!record) return { problem: 'is empty: its first line must name the columns' };
  const names = namesIn(record);
  if (!names) return { problem: `does not begin with the names of its columns: ${record.fault ?? 'quotes are wrong'}` };
  const cells = names.map((name) => columns.find((column) => column.toLowerCase() === name.toLowerCase()));
  const missing = ['memberId' as const, ...(mode === 'full' ? required : [])].filter(
    (column) => !cells.includes(column),
  );
  if (missing.length > 0) return { problem: `lacks ${listed(missing)}${hint(record.text)}` };
  const twice = new Set(cells.filter((column, at) => column && cells.indexOf(column) !== at) as Column[]);
  if (twice.size > 0) return { problem: `has ${listed([...twice])} more than once` };
  return { cells, ignored: names.filter((name, at) => name !== '' && !cells[at]) };
}

function namesIn(record: CsvRecord): string[] | undefined {
  if (record.fault) return undefined;
  try {
    const [names] = parse(record.text, { record_delimiter: '\n' }) as string[][];
    return names?.map((name) => name.trim());
  } catch {
    return undefined;
  }
}

function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`).join(', ');
  return names.length === 1 ? `the column ${quoted}` : `the columns ${quoted}`;
}

/** What spreadsheets do instead of RFC 4180. */
function hint(text: string): string {
  if (text.includes('\r')) return ' (its line ends are bare carriage returns; LF or CRLF is needed)';
  const separator = !text.includes(',') && [';', '\t'].find((char) => text.includes(char));
  return separator
    ? ` (its cells are separated by ${separator === ';' ? 'semicolons' : 'tabs'}; commas are needed)`
    : '';
}
