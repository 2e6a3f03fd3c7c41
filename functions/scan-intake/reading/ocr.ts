import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createWorker, OEM, type Worker } from 'tesseract.js';
import type { Word } from './open-scan.ts';
import type { Grey } from './sheet.ts';

export interface Recognized {
  text: string;
  words: Word[];
  /** 0 to 100: how certain the recognition is of its words. */
  certainty: number;
}

/** Tesseract in a thread of its own, which is ended when a page takes too long or makes it fail. */
let running: { languages: string; worker: Promise<Worker> } | undefined;

/** The text on a page, or nothing when it is not there within the time. */
export async function recognize(
  grey: Grey,
  languages: string[],
  milliseconds: number,
): Promise<Recognized | undefined> {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => late.resolve(undefined), milliseconds);
  try {
    const worker = await Promise.race([start(languages), late.promise]);
    const result =
      worker &&
      (await Promise.race([worker.recognize(portableGrey(grey), {}, { text: true, blocks: true }), late.promise]));
    if (!result) await stopOcr();
    return result && recognized(result.data, grey);
  } catch {
    // A fault of the recognition on this page: what it holds in memory may be broken.
    await stopOcr();
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/** Ends the thread; the next page starts another. */
export async function stopOcr(): Promise<void> {
  const last = running;
  running = undefined;
  await Promise.race([last?.worker.then((worker) => worker.terminate()), undefined]);
}

function start(languages: string[]): Promise<Worker> {
  const names = languages.join('+');
  if (running?.languages !== names) {
    void stopOcr();
    running = { languages: names, worker: create(languages) };
  }
  return running.worker;
}

/** Offline: its script and language data lie beside the bundle, or in node_modules where the sources run. */
async function create(languages: string[]): Promise<Worker> {
  const bundled = join(import.meta.dirname, 'ocr-worker.js');
  return createWorker(languages, OEM.LSTM_ONLY, {
    ...(existsSync(bundled) && { workerPath: bundled }),
    langPath: languageFolder(languages),
    cacheMethod: 'none',
    gzip: true,
    // Without it a failed page would be thrown where nobody can catch it.
    errorHandler: () => {},
  });
}

function languageFolder(languages: string[]): string {
  const bundled = join(import.meta.dirname, 'languages');
  if (existsSync(bundled)) return bundled;
  const manifest = createRequire(import.meta.filename).resolve(`@tesseract.js-data/${languages[0]}/package.json`);
  return join(dirname(manifest), '4.0.0_best_int');
}

/** PGM (netpbm): the one format that costs nothing to write. */
const portableGrey = ({ width, height, data }: Grey): Buffer =>
  Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), data]);

type Data = Awaited<ReturnType<Worker['recognize']>>['data'];
type Read = NonNullable<Data['blocks']>[number]['paragraphs'][number]['lines'][number]['words'][number];

function recognized({ text, blocks }: Data, { width, height }: Grey): Recognized {
  const read = (blocks ?? [])
    .flatMap(({ paragraphs }) => paragraphs)
    .flatMap(({ lines }) => lines)
    .flatMap(({ words }) => words);
  const words = read.map(({ text, bbox: { x0, y0, x1, y1 } }) => ({
    text,
    x: x0 / width,
    y: y0 / height,
    width: (x1 - x0) / width,
    height: (y1 - y0) / height,
  }));
  return { text: text.trim(), words, certainty: certaintyOf(read) };
}

/**
 * The average by letters, over words of three letters and more. A page on its side falls apart into single letters, of
 * which Tesseract is as certain (60) as of the words of a poor fax (65); so where those are the most, it is nothing.
 */
function certaintyOf(words: Read[]): number {
  const real = words.filter(({ text }) => text.length >= 3 || withoutSpaces.test(text));
  const letters = sum(real.map(({ text }) => text.length));
  if (letters * 2 < sum(words.map(({ text }) => text.length)) || letters === 0) return 0;
  return sum(real.map(({ text, confidence }) => text.length * confidence)) / letters;
}

const withoutSpaces = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

const sum = (all: number[]): number => all.reduce((total, one) => total + one, 0);
