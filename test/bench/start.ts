import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startStackProcess, stopStackProcess } from '../stack-process.ts';
import { type Figure, median } from './figures.ts';
import { inScratchFolder } from './scratch-folder.ts';

const rounds = 3;

/** From the command to everything listening, against bundle + synth alone; in turn, so that both see the same machine. */
export const start = (): Promise<Figure[]> =>
  inScratchFolder(async (folder) => {
    const times = { alone: [] as number[], first: [] as number[], second: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      const data = join(folder, `data-${round}`);
      times.alone.push(await timed(() => bundleAndSynth(join(folder, `alone-${round}`))));
      times.first.push(await timed(() => startAndStop(data)));
      times.second.push(await timed(() => startAndStop(data)));
    }
    const alone = median(times.alone);
    const figure = (what: string, ms: number, most: number): Figure => ({
      what,
      ours: `${ms.toFixed(0)} ms`,
      yardstick: `${alone.toFixed(0)} ms, bundle + synth alone`,
      ratio: ms / alone,
      mark: { most },
    });
    return [
      figure(`start with no data: time to ready, median of ${rounds}`, median(times.first), 3),
      figure(`start again with nothing changed: time to ready, median of ${rounds}`, median(times.second), 1.5),
    ];
  });

/** Milliseconds until the work says that it is done; what it gives back is waited for, but not counted. */
async function timed(work: () => Promise<(() => Promise<void>) | undefined>): Promise<number> {
  const began = performance.now();
  const cleanUp = await work();
  const ms = performance.now() - began;
  await cleanUp?.();
  return ms;
}

async function bundleAndSynth(folder: string): Promise<undefined> {
  await once(spawn(process.execPath, ['test/bench/bundle-and-synth.ts', folder], { stdio: 'inherit' }), 'exit');
}

async function startAndStop(data: string): Promise<() => Promise<void>> {
  const stack = await startStackProcess(data);
  return () => stopStackProcess(stack.process);
}
