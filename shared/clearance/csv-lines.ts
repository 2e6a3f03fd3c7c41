import { parse } from 'csv-parse/sync';
import type { CsvRecord } from '../members/records.ts';
import { type Asked, hasScope, imageScopes, readSubject } from './check.ts';
import { answerColumns, toCell } from './csv-answer.ts';

/** What the first line says. */
export interface CsvColumns {
  /** Cells of a line. */
  count: number;
  subject: number;
  scope?: number;
  /** The header of the columns that are kept, as CSV cells. */
  kept: string[];
  /** Places of columns with our names: answers to an earlier check, which are left out. */
  stale: number[];
}

/** One line: what it asks, with its own cells as they are to be kept, or why it cannot be read. */
export type CsvLine = { line: number; text: string; cells?: string[] } & ({ asked: Asked } | { reason: string });

/** The problem is the rest of a sentence that begins with the file's name. Case and white space do not matter. */
export function readColumns(record: CsvRecord | undefined): CsvColumns | { problem: string } {
  if (!record) return { problem: 'is empty: its first line must name the columns' };
  const names = cellsOf(record)?.map((name) => name.trim().toLowerCase());
  if (!names?.includes('subject') && isBinary(record.text)) return { problem: notCsv };
  if (!names) return { problem: 'does not begin with the names of its columns: its quotes are wrong' };
  const placesOf = (name: string) => names.flatMap((one, place) => (one === name ? [place] : []));
  const [subjects, scopes] = [placesOf('subject'), placesOf('scope')];
  if (subjects.length === 0) return { problem: `lacks the column "subject"${hint(record.text)}` };
  if (subjects.length > 1 || scopes.length > 1)
    return { problem: 'has the column "subject" or "scope" more than once' };
  const stale = names.flatMap((name, place) => ((answerColumns as readonly string[]).includes(name) ? [place] : []));
  const kept = cellsOf(record)!.filter((_, place) => !stale.includes(place));
  return { count: names.length, subject: subjects[0]!, scope: scopes[0], kept: kept.map(toCell), stale };
}

/** csv-parse takes many records in a tenth of the time of one by one. */
export function readLines(records: CsvRecord[], columns: CsvColumns): CsvLine[] {
  const together = records.some(({ fault }) => fault) ? undefined : parsed(records.map(({ text }) => text).join('\n'));
  const cells = together?.length === records.length ? together : records.map(cellsOf);
  return records.map((record, place) => readLine(record, cells[place], columns));
}

function readLine(record: CsvRecord, cells: string[] | undefined, columns: CsvColumns): CsvLine {
  const { line, text } = record;
  const wrong = (reason: string) => ({ line, text, cells: cells && keptCells(cells, columns), reason });
  if (!cells) return wrong(record.fault ?? 'its quotes are wrong: a quote inside a cell is written twice');
  if (text.includes('\uFFFD')) return wrong('it is not UTF-8 text: save the file as "CSV UTF-8"');
  if (cells.length !== columns.count)
    return wrong(`it has ${cells.length} cells where the first line has ${columns.count}`);
  const named = cells[columns.subject]!.trim();
  const subject = readSubject(named);
  if (!subject) return wrong(named ? '"subject" is neither member/ID nor community/ID' : '"subject" is empty');
  const scope = columns.scope === undefined ? '' : cells[columns.scope]!.trim();
  if (scope && !hasScope(subject, scope)) {
    const isScope = (imageScopes as readonly string[]).includes(scope);
    return wrong(isScope ? `a ${subject.split('/')[0]} has no "${scope}"` : '"scope" is none that there is');
  }
  return {
    line,
    text: keptText(text, cells, columns),
    asked: { subject, scopes: scope ? [scope as never] : undefined },
  };
}

/** The line as it was, byte for byte, unless answers of an earlier check stand in it. */
const keptText = (text: string, cells: string[], columns: CsvColumns): string =>
  columns.stale.length === 0 ? text : keptCells(cells, columns).map(toCell).join(',');

const keptCells = (cells: string[], { stale }: CsvColumns): string[] =>
  cells.filter((_, place) => !stale.includes(place));

function cellsOf({ text, fault }: CsvRecord): string[] | undefined {
  const cells = fault ? undefined : parsed(text);
  return cells?.length === 1 ? cells[0] : undefined;
}

function parsed(text: string): string[][] | undefined {
  try {
    // The number of cells is looked at here, so that a line with too few does not take its neighbours along.
    return parse(text, { record_delimiter: '\n', relax_column_count: true }) as string[][];
  } catch {
    return undefined;
  }
}

const notCsv =
  'is no CSV file: save it from the spreadsheet as "CSV UTF-8", with a first line that names the column "subject"';

/** A picture, or another program's own format. UTF-16, of which every second byte is a NUL here, has its own hint. */
const isBinary = (text: string): boolean =>
  /[\uFFFD\p{Cc}]/u.test(text.replace(/[\t\r\n]/g, '')) && !/^\uFFFD{0,2}(?:(?:[^\0]\0){3}|(?:\0[^\0]){3})/.test(text);

/** What spreadsheets do instead of RFC 4180. */
function hint(text: string): string {
  if (text.includes('\0')) return ' (it is UTF-16: save it as "CSV UTF-8")';
  if (text.includes('\r')) return ' (its line ends are bare carriage returns; LF or CRLF is needed)';
  const separator = !text.includes(',') && [';', '\t'].find((mark) => text.includes(mark));
  return separator ? ` (its cells are separated by ${separator === ';' ? 'semicolons' : 'tabs'}, not commas)` : '';
}
