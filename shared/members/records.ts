import { isUtf8 } from 'node:buffer';
import { InvalidInput } from '../errors.ts';

/** One record of a CSV file: one line, or several where a quoted cell holds line ends. */
export interface CsvRecord {
  /** Without its line end; only the beginning where the record is too long. */
  text: string;
  /** Line on which it begins, from 1. */
  line: number;
  /** Where the next record begins. */
  next: Position;
  /** Why it cannot be read as cells. */
  fault?: string;
}

export interface Position {
  /** Bytes from the start of the file. */
  offset: number;
  /** Lines from 1. */
  line: number;
}

export const startOfFile: Position = { offset: 0, line: 1 };

/** Characters. A member with 50 addresses and 500 communities needs a third of it. */
export const longestRecord = 65_536;

/**
 * Cuts a stream of bytes into CSV records (RFC 4180; LF or CRLF), in groups as they arrive; empty lines are left out.
 * The cells are csv-parse's work (rows.ts). The cutting is done here because an import has to go on at a byte, and
 * because to csv-parse a quote that is never closed is the whole rest of the file: here it is one faulty line. What
 * comes out does not depend on how the bytes were chunked; no more than a chunk and a longest record are held.
 * Throws InvalidInput, the rest of a sentence that begins with the file's name, where the bytes are not UTF-8.
 */
export async function* readRecords(bytes: AsyncIterable<Uint8Array>, from = startOfFile): AsyncGenerator<CsvRecord[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const cutter = cutterFrom(from);
  for await (const chunk of bytes) yield cutter.cut(decode(decoder, chunk, cutter.line), false);
  yield cutter.cut(decode(decoder, undefined, cutter.line), true);
}

function decode(
  decoder: InstanceType<typeof TextDecoder>,
  chunk: Uint8Array | undefined,
  lineBefore: () => number,
): string {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined });
  } catch {
    const line = lineBefore() + (chunk ? linesBeforeFault(chunk) : 0);
    throw new InvalidInput(`is not UTF-8 text (line ${line})`);
  }
}

/** Line ends in front of the first line that is not UTF-8; one off where a chunk ended inside a broken character. */
function linesBeforeFault(chunk: Uint8Array): number {
  const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
  let start = bytes.findIndex((byte) => (byte & 0xc0) !== 0x80);
  for (let lines = 0; ; lines += 1) {
    const end = bytes.indexOf('\n', start);
    if (end < 0 || !isUtf8(bytes.subarray(start, end))) return lines;
    start = end + 1;
  }
}

function cutterFrom(from: Position) {
  let text = '';
  let next = from;
  let overlong: CsvRecord | undefined;
  return { cut, line: () => next.line + text.split('\n').length - 1 };

  function cut(more: string, isLast: boolean): CsvRecord[] {
    text += more;
    const records: CsvRecord[] = [];
    let start = 0;
    while (start < text.length) {
      const found = overlong ? restOfLine(text, start) : nextCut(text, start, isLast);
      if (!found) break;
      const record = take(text.slice(start, found.end), found);
      start = found.end;
      if (found.goesOn) overlong = record;
      else if (record.text !== '') records.push(record);
    }
    text = text.slice(start);
    return isLast && overlong ? [...records, overlong] : records;
  }

  function take(raw: string, { lines, fault }: Cut): CsvRecord {
    const isFirst = next.offset === 0;
    const line = next.line;
    next = { offset: next.offset + Buffer.byteLength(raw), line: line + lines };
    if (overlong) return finish({ ...overlong, next });
    const content = raw.replace(/\r?\n$/, '').slice(0, longestRecord);
    return { text: isFirst ? content.replace(/^\uFEFF/, '') : content, line, next, fault };
  }

  function finish(record: CsvRecord): CsvRecord {
    overlong = undefined;
    return record;
  }
}

interface Cut {
  /** Index behind the record and its line end. */
  end: number;
  lines: number;
  fault?: string;
  /** The line is longer than is held; what comes still belongs to it. */
  goesOn?: boolean;
}

/** Where the record that begins at `start` ends: at a line end behind an even number of quotes. */
function nextCut(text: string, start: number, isLast: boolean): Cut | undefined {
  let quotes = 0;
  let firstEnd: number | undefined;
  for (let at = start, lines = 0; ; lines += 1) {
    const lineFeed = text.indexOf('\n', at);
    const end = lineFeed < 0 ? text.length : lineFeed + 1;
    if (lineFeed >= 0) firstEnd ??= end;
    if (end - start > longestRecord) return overlongCut(start, end, firstEnd);
    if (lineFeed < 0 && !isLast) return undefined;
    quotes += countQuotes(text.slice(at, end));
    if (quotes % 2 === 0) return { end, lines: lineFeed < 0 ? lines : lines + 1 };
    if (lineFeed < 0) return { end: firstEnd ?? end, lines: firstEnd ? 1 : 0, fault: unclosed };
    at = end;
  }
}

const unclosed = `a quote that opens on this line is not closed within ${longestRecord.toLocaleString('en')} characters`;
const tooLong = `it is longer than ${longestRecord.toLocaleString('en')} characters`;

/** Where several lines are too long together, only the first is at fault: what follows may be sound. */
function overlongCut(start: number, end: number, firstEnd: number | undefined): Cut {
  if (!firstEnd) return { end, lines: 0, fault: tooLong, goesOn: true };
  return { end: firstEnd, lines: 1, fault: firstEnd - start > longestRecord ? tooLong : unclosed };
}

function restOfLine(text: string, start: number): Cut {
  const lineFeed = text.indexOf('\n', start);
  return lineFeed < 0 ? { end: text.length, lines: 0, goesOn: true } : { end: lineFeed + 1, lines: 1 };
}

function countQuotes(line: string): number {
  let count = 0;
  for (let at = line.indexOf('"'); at >= 0; at = line.indexOf('"', at + 1)) count += 1;
  return count;
}
