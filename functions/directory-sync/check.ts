import { InvalidInput } from '../../shared/errors.ts';
import { openCsv } from '../../shared/members/csv.ts';
import type { Header, Mode } from '../../shared/members/header.ts';
import type { Position } from '../../shared/members/records.ts';
import { type DistinctRows, distinctRows } from './distinct-rows.ts';

export interface Checked {
  header: Header;
  /** Where the first row begins. */
  start: Position;
  distinct: DistinctRows;
  /** Rows of which not even the memberId can be read. */
  unnamed: number;
}

/**
 * Reads the whole file before anything is written, so that one that cannot be used leaves nothing behind. The problem is
 * the rest of a sentence that begins with the file's name.
 */
export async function check(bytes: AsyncIterable<Uint8Array>, mode: Mode): Promise<Checked | { problem: string }> {
  try {
    return await readAll(bytes, mode);
  } catch (error) {
    if (error instanceof InvalidInput) return { problem: error.message };
    throw error;
  }
}

/** Where the memory of a function of 1 GB ends: 32 bytes a member, twice. Above it, a site imports deltas. */
const mostRows = 3_000_000;

async function readAll(bytes: AsyncIterable<Uint8Array>, mode: Mode): Promise<Checked | { problem: string }> {
  const csv = await openCsv(bytes, mode);
  if ('problem' in csv) return csv;
  const distinct = distinctRows();
  let rows = 0;
  let unnamed = 0;
  for await (const group of csv.rows) {
    for (const read of group) distinct.note(read);
    rows += group.length;
    unnamed += group.filter((read) => 'reason' in read && read.memberId === undefined).length;
    if (rows > mostRows)
      return { problem: `has more than ${mostRows.toLocaleString('en')} rows: split it into deltas` };
  }
  return { header: csv.header, start: csv.start, distinct, unnamed };
}
