import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { LocalStack } from '../local-stack.ts';
import type { Figure } from './figures.ts';
import { inScratchFolder } from './scratch-folder.ts';

const lines = 100_000;

/**
 * A file of 100,000 lines through the command, as a person runs it: how fast, and whether three times as many need more
 * memory. Fewer lines do not show it: until then V8 has not yet taken what it takes anyway.
 */
export const fileThroughput = (stack: LocalStack, members: number): Promise<Figure[]> =>
  inScratchFolder(async (folder) => {
    const short = await run(stack, folder, lines, members);
    const long = await run(stack, folder, 3 * lines, members);
    const words = ({ count, seconds }: Run) => `${Math.round(count / seconds).toLocaleString('en')} lines/s`;
    return [
      {
        what: `clearance, CSV of ${lines.toLocaleString('en')} lines: lines a second, with the start of the command`,
        ...{ ours: words(short), yardstick: `${words(long)} of ${(3 * lines).toLocaleString('en')}` },
      },
      {
        what: `clearance, CSV of ${(3 * lines).toLocaleString('en')} lines: peak memory, against a third of the lines`,
        ...{ ours: `${long.peakMb.toFixed(0)} MB`, yardstick: `${short.peakMb.toFixed(0)} MB` },
        ...{ ratio: long.peakMb / short.peakMb, mark: { most: 1.2 } },
      },
    ];
  });

interface Run {
  count: number;
  seconds: number;
  peakMb: number;
}

async function run({ dataDir }: LocalStack, folder: string, count: number, members: number): Promise<Run> {
  const [input, output] = [join(folder, `${count}.csv`), join(folder, `${count}.out.csv`)];
  await writeCsv(input, count, members);
  const began = performance.now();
  const peakMb = await command(input, output, dataDir);
  const seconds = (performance.now() - began) / 1000;
  const rows = (await readFile(output, 'latin1')).split('\n').length - 2;
  if (rows !== count) throw new Error(`${rows} lines came out of ${count}.`);
  return { count, seconds, peakMb };
}

/** With a broken line in each thousand. */
export const writeCsv = (path: string, count: number, members: number): Promise<void> =>
  pipeline(Readable.from(csvLines(count, members)), createWriteStream(path));

function* csvLines(count: number, members: number): Generator<string> {
  let text = 'asset,subject,scope\n';
  for (let n = 0; n < count; n += 1) {
    text += n % 1000 === 999 ? `image-${n}.jpg,\n` : `image-${n}.jpg,member/m${n % members},profile-images\n`;
    if (text.length < 65_536) continue;
    yield text;
    text = '';
  }
  yield text;
}

/** Runs the command, and tells its peak memory in MB. Broken lines make it end with 1. */
async function command(input: string, output: string, dataDir: string): Promise<number> {
  const child = spawn(process.execPath, ['infra/commands/clearance.ts', '--csv', input], {
    env: { ...process.env, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let peakKb = 0;
  const look = setInterval(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    peakKb = Math.max(peakKb, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
  }, 100);
  try {
    await pipeline(child.stdout!, createWriteStream(output));
    if ((await stat(output)).size === 0) throw new Error('The command gave no answer.');
    return peakKb / 1024;
  } finally {
    clearInterval(look);
  }
}
