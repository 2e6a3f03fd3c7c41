import { type Header, type Mode, readHeader } from './header.ts';
import { type CsvRecord, type Position, readRecords } from './records.ts';
import { type ReadRow, readRows } from './rows.ts';

export interface OpenCsv {
  header: Header;
  /** Where the first row begins. */
  start: Position;
  rows: AsyncGenerator<ReadRow[]>;
}

/**
 * Reads a directory CSV from its beginning. The problem, where it cannot be used at all, is the rest of a sentence that
 * begins with the file's name. Throws InvalidInput where the bytes are not UTF-8.
 */
export async function openCsv(bytes: AsyncIterable<Uint8Array>, mode: Mode): Promise<OpenCsv | { problem: string }> {
  const groups = readRecords(bytes);
  const { first, rest } = await firstRecord(groups);
  const header = readHeader(first, mode);
  if ('problem' in header) return header;
  return { header, start: first!.next, rows: rowsIn(rest, groups, header) };
}

/** The rows from a position on, in groups: an import goes on where it was. */
export async function* rowsFrom(bytes: AsyncIterable<Uint8Array>, header: Header, from: Position) {
  for await (const records of readRecords(bytes, from)) yield readRows(records, header);
}

async function firstRecord(groups: AsyncGenerator<CsvRecord[]>) {
  for (;;) {
    const group = await groups.next();
    const [first, ...rest] = group.value ?? [];
    if (first || group.done) return { first, rest };
  }
}

async function* rowsIn(rest: CsvRecord[], groups: AsyncGenerator<CsvRecord[]>, header: Header) {
  yield readRows(rest, header);
  for await (const records of groups) yield readRows(records, header);
}
