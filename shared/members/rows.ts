import { parse } from 'csv-parse/sync';
import { readers } from './cells.ts';
import type { Row } from './changes.ts';
import type { Header } from './header.ts';
import type { CsvRecord, Position } from './records.ts';

export type ReadRow = { line: number; next: Position } & (
  | { row: Row }
  /** Why the row cannot be used; with the member that it is about, where that much can be read. */
  | { reason: string; memberId?: string }
);

/** Reads the cells of records, in their order. Rows of nothing but commas, as spreadsheets leave them, are left out. */
export function readRows(records: CsvRecord[], header: Header): ReadRow[] {
  const cells = readCells(records);
  return records.flatMap(({ line, next, fault }, at) => {
    const row = readRow(cells[at] ?? fault ?? wrongQuotes, header);
    return row ? [{ line, next, ...row }] : [];
  });
}

const wrongQuotes = 'its quotes are wrong: a quote inside a cell is written twice, and the cell in quotes';

/** Undefined for a record that is not CSV. csv-parse takes many records in a tenth of the time of one by one. */
function readCells(records: CsvRecord[]): (string[] | undefined)[] {
  if (records.some(({ fault }) => fault)) return records.map(readAlone);
  try {
    const cells = parse(records.map(({ text }) => text).join('\n'), csvOptions) as string[][];
    return cells.length === records.length ? cells : records.map(readAlone);
  } catch {
    return records.map(readAlone);
  }
}

function readAlone({ text, fault }: CsvRecord): string[] | undefined {
  if (fault) return undefined;
  try {
    const cells = parse(text, csvOptions) as string[][];
    return cells.length === 1 ? cells[0] : undefined;
  } catch {
    return undefined;
  }
}

/** The number of cells is checked here, so that a row with too few does not take its neighbours along. */
const csvOptions = { record_delimiter: '\n', relax_column_count: true };

function readRow(cells: string[] | string, header: Header) {
  if (typeof cells === 'string') return { reason: cells };
  if (cells.every((cell) => cell.trim() === '')) return undefined;
  if (cells.length !== header.cells.length) {
    return { reason: `it has ${cells.length} cells where the first line has ${header.cells.length}` };
  }
  const row: Record<string, unknown> = {};
  let reason: string | undefined;
  for (const [at, column] of header.cells.entries()) {
    if (!column) continue;
    const read = readers[column](cells[at]!.trim());
    if ('value' in read) row[column] = read.value;
    else reason ??= `"${column}" ${read.reason}`;
  }
  return reason ? { reason, memberId: row.memberId as string | undefined } : { row: row as Row };
}
