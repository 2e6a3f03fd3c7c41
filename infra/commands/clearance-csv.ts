import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { KeptCheck } from '../../shared/clearance/check-record.ts';
import { type CsvCounts, checkCsv } from '../../shared/clearance/csv.ts';
import { InvalidInput } from '../../shared/errors.ts';
import { fileAt } from './file-at.ts';
import { openMeter } from './meter.ts';

/** A CSV in, the same with its answers on stdout; what is wrong with lines, and how far it is, on stderr. */
export async function clearCsv(path: string, about: Pick<KeptCheck, 'by' | 'campaign'>): Promise<number> {
  const isStdin = path === '-';
  const name = isStdin ? 'stdin' : basename(path);
  const size = isStdin ? 0 : (await fileAt(path, 'a CSV with a column "subject"')).size;
  const input = isStdin ? process.stdin : createReadStream(path);
  const meter = process.stderr.isTTY && size > 0 ? openMeter(process.stderr) : undefined;
  let counts: CsvCounts = { lines: 0, refused: 0, broken: 0 };
  const answers = checkCsv(input, {
    ...about,
    name,
    onBroken: (line, reason) => sayBroken(name, line, reason),
    onChecked: (now) => {
      counts = { ...now };
      meter?.show(`${now.lines.toLocaleString('en')} lines`, 'bytesRead' in input ? input.bytesRead : 0, size);
    },
  });
  try {
    await pipeline(Readable.from(answers), process.stdout, { end: false });
  } catch (error) {
    // Whoever reads may stop: `| head`.
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return 0;
    throw error instanceof InvalidInput ? new Error(`${name} ${error.message}.`) : error;
  } finally {
    meter?.stop();
  }
  console.error(`${name}: ${summary(counts)}`);
  return counts.broken === 0 ? 0 : 1;
}

const words = (count: number, what: string) => `${count.toLocaleString('en')} ${what}`;

const summary = ({ lines, refused, broken }: CsvCounts): string =>
  `${words(lines, lines === 1 ? 'line' : 'lines')}, ${words(refused, 'not to be used')}, ${words(broken, 'broken')}.`;

/** Of very many only the first: all of them stand in the output. */
const most = 1000;
let said = 0;

function sayBroken(name: string, line: number, reason: string): void {
  said += 1;
  if (said <= most) console.error(`${name} line ${line}: ${reason}; it was not checked`);
  else if (said === most + 1) console.error(`${name} has more such lines: all of them stand in the output`);
}
