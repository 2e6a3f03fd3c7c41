import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ScanType } from './kinds.ts';

export type Question =
  | { do: 'open'; key: string; type: ScanType; bytes: Uint8Array; mostPages: number }
  | { do: 'read'; key: string; page: number; languages: string[] }
  | { do: 'close'; key: string };

/** `broken`: the libraries can no longer be relied on, so that the thread has to be replaced. */
export type Reply = { value: unknown } | { error: string; broken: boolean };

export interface Opened {
  pages: number;
  problem?: string;
}

export interface Thread {
  /** Throws what the thread threw, or ThreadLost when it did not live or answer in time. */
  ask<T>(question: Question, seconds: number): Promise<T>;
}

/** The thread had to be ended, and with it every document that was open there. */
export class ThreadLost extends Error {}

let current: { worker: Worker; thread: Thread } | undefined;
let turns: Promise<unknown> = Promise.resolve();

/**
 * Runs the work with the one reading thread of this process, when those before it are done. It is started when first
 * needed, kept for the next scan (it loads 12 MB of wasm), and replaced when it was lost.
 */
export function inThread<T>(work: (thread: Thread) => Promise<T>): Promise<T> {
  const turn = turns.then(async () => {
    current ??= start();
    current.worker.ref();
    try {
      return await work(current.thread);
    } finally {
      // Waiting for the next scan keeps no process alive.
      current?.worker.unref();
    }
  });
  turns = turn.catch(() => {});
  return turn;
}

/** Ends the thread, for tests and measurements; the next scan starts another. */
export async function endReading(): Promise<void> {
  const last = current;
  current = undefined;
  await last?.worker.terminate();
}

/**
 * The file lies beside this one, as source or as bundle. It reads what strangers send, so it gets no environment and
 * with that no credentials.
 */
function start(): { worker: Worker; thread: Thread } {
  const file = join(import.meta.dirname, `reading-worker${extname(import.meta.filename)}`);
  const worker = new Worker(file, { env: {}, execArgv: [] });
  worker.on('error', () => {});
  return { worker, thread: { ask: (question, seconds) => ask(worker, question, seconds) } };
}

async function ask<T>(worker: Worker, question: Question, seconds: number): Promise<T> {
  const reply = Promise.withResolvers<Reply>();
  const died = () => reply.resolve({ error: 'made the reading program fail', broken: true });
  const timer = setTimeout(
    () => reply.resolve({ error: `took longer than ${seconds} seconds`, broken: true }),
    seconds * 1000,
  );
  worker.once('message', reply.resolve).once('exit', died).once('error', died);
  try {
    worker.postMessage(question);
    const answer = await reply.promise;
    if ('value' in answer) return answer.value as T;
    if (!answer.broken) throw new Error(answer.error);
    await endReading();
    throw new ThreadLost(answer.error);
  } finally {
    clearTimeout(timer);
    worker.off('message', reply.resolve).off('exit', died).off('error', died);
  }
}
