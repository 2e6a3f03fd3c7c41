import { Presets, SingleBar } from 'cli-progress';

export interface Meter {
  /** How much of a step is done. */
  show(step: string, done: number, all: number): void;
  stop(): void;
}

/** A bar on a terminal; elsewhere a line for every new step and every tenth of it. */
export function openMeter(stream: NodeJS.WriteStream): Meter {
  return stream.isTTY ? bar(stream) : lines(stream);
}

function bar(stream: NodeJS.WriteStream): Meter {
  const single = new SingleBar(
    { stream, format: '{bar} {percentage} %  {step}', hideCursor: true, clearOnComplete: true, stopOnComplete: false },
    Presets.shades_classic,
  );
  let isStarted = false;
  return {
    show(step, done, all) {
      if (!isStarted) single.start(all, done, { step });
      isStarted = true;
      single.setTotal(all);
      single.update(done, { step });
    },
    stop: () => single.stop(),
  };
}

function lines(stream: NodeJS.WriteStream): Meter {
  let last = '';
  return {
    show(step, done, all) {
      const tenths = all > 0 ? Math.floor((10 * done) / all) : 10;
      const line = `${step}: ${10 * tenths} %`;
      if (line !== last) stream.write(`${line}\n`);
      last = line;
    },
    stop: () => undefined,
  };
}
