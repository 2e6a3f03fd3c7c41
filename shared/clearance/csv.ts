import { InvalidInput } from '../errors.ts';
import { type CsvRecord, readRecords } from '../members/records.ts';
import type { Clearance } from './check.ts';
import { checkAndKeep, mostSubjects } from './check-dated.ts';
import type { KeptCheck } from './check-record.ts';
import { answerColumns, answerOf, faultAnswer } from './csv-answer.ts';
import { type CsvColumns, type CsvLine, readColumns, readLines } from './csv-lines.ts';

export interface CsvOptions extends Pick<KeptCheck, 'by' | 'campaign'> {
  /** Name of the file, for the checks that are kept. */
  name: string;
  /** A line that cannot be checked; it stands in the answer too. */
  onBroken?(line: number, reason: string): void;
  onChecked?(counts: CsvCounts): void;
}

/** So far, in lines of the answer. */
export interface CsvCounts {
  lines: number;
  refused: number;
  broken: number;
}

/**
 * A CSV in, the same CSV with the answers beside each line out, as text in pieces. Every thousand lines are one check of
 * their own, kept under its id; three are under way at once, so memory does not grow with the file. Throws InvalidInput,
 * the rest of a sentence that begins with the file's name, before anything comes out where it cannot be used at all.
 */
export async function* checkCsv(bytes: AsyncIterable<Uint8Array>, options: CsvOptions): AsyncGenerator<string> {
  const records = recordsIn(bytes);
  const first = await records.next();
  const columns = readColumns(first.done ? undefined : first.value);
  if ('problem' in columns) throw new InvalidInput(columns.problem);
  yield `${[...columns.kept, ...answerColumns].join(',')}\n`;

  const counts: CsvCounts = { lines: 0, refused: 0, broken: 0 };
  const underWay: Promise<string>[] = [];
  for await (const batch of inBatches(records, mostSubjects)) {
    const answer = answerTo(readLines(batch, columns), columns, options, counts);
    // Whoever waits for its turn hears of a failure then.
    answer.catch(() => undefined);
    underWay.push(answer);
    if (underWay.length === atOnce) yield await underWay.shift()!;
  }
  for (const answer of underWay) yield await answer;
}

/** Checks under way at once: while one is kept, the next is read. */
const atOnce = 3;

async function answerTo(
  lines: CsvLine[],
  columns: CsvColumns,
  { name, by, campaign, onBroken, onChecked }: CsvOptions,
  counts: CsvCounts,
): Promise<string> {
  const asked = lines.flatMap((line) => ('asked' in line ? [line.asked] : []));
  const file = { name, firstLine: lines[0]!.line, lastLine: lines.at(-1)!.line };
  const check = asked.length > 0 ? await checkAndKeep(asked, { by, campaign, file }) : undefined;
  const results = (check?.results ?? []).values();
  const rows = lines.map((line) => {
    counts.lines += 1;
    if ('reason' in line) {
      counts.broken += 1;
      onBroken?.(line.line, line.reason);
      return faultAnswer(line, columns);
    }
    const result = results.next().value as Clearance;
    if (!result.allowed) counts.refused += 1;
    return answerOf(line, result, check!.checkId);
  });
  onChecked?.(counts);
  return rows.join('');
}

/** Bytes that are no UTF-8 become U+FFFD, by which their lines are told as broken: the others can still be checked. */
async function* asUtf8(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for await (const chunk of bytes) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

async function* recordsIn(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRecord> {
  for await (const group of readRecords(asUtf8(bytes))) yield* group;
}

async function* inBatches<T>(all: AsyncGenerator<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const one of all) {
    batch.push(one);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
