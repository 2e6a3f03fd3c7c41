// Reads one scan, from the start of its libraries to its last page, in this process and no other:
// node scans-one.ts READING-WORKER TYPE FILE   |   node scans-one.ts alone TYPE FILE. Reports the milliseconds of the
// processor that all its threads took, and memory.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { createWorker, OEM } from 'tesseract.js';
import Vips from 'wasm-vips';
import { limits } from '../../functions/scan-intake/reading/limits.ts';
import type { Question, Reply } from '../../functions/scan-intake/reading/reading-thread.ts';
import type { Measured } from './one-mail.ts';

const [what, type, file] = process.argv.slice(2) as [string, 'TIFF' | 'PDF', string];
const bytes = readFileSync(file);
const began = process.cpuUsage();
const texts = what === 'alone' ? await alone() : await ours(what);
const { user, system } = process.cpuUsage(began);
const measured: Measured = { ms: (user + system) / 1000, peakMb: process.resourceUsage().maxRSS / 1024 };
if (!texts.every((text) => text.includes('MARKETING')))
  throw new Error('A page was not read, so the time says nothing.');
process.send?.(measured, () => process.exit());

/** The file that Lambda runs, asked as the handler asks it. */
async function ours(thread: string): Promise<string[]> {
  const worker = new Worker(thread, { env: {}, execArgv: [] });
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  const { pages } = (await ask(worker, { do: 'open', key: 'bench', type, bytes: copy, mostPages: limits.pages })) as {
    pages: number;
  };
  const texts: string[] = [];
  for (let page = 1; page <= pages; page += 1) {
    const read = (await ask(worker, { do: 'read', key: 'bench', page, languages: ['eng'] })) as { text: string };
    texts.push(read.text);
  }
  return texts;
}

async function ask(worker: Worker, question: Question): Promise<unknown> {
  const reply = Promise.withResolvers<Reply>();
  worker.once('message', reply.resolve);
  worker.postMessage(question);
  const answer = await reply.promise;
  if ('error' in answer) throw new Error(answer.error);
  return answer.value;
}

/** No images for the viewer, no limits and no look at what was read. */
async function alone(): Promise<string[]> {
  const data = createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json');
  const langPath = join(dirname(data), '4.0.0_best_int');
  const worker = await createWorker('eng', OEM.LSTM_ONLY, { langPath, cacheMethod: 'none', gzip: true });
  const texts: string[] = [];
  for await (const picture of type === 'TIFF' ? tiffPages() : pdfPages())
    texts.push((await worker.recognize(picture, {}, { text: true, blocks: true })).data.text);
  return texts;
}

function portableGrey(width: number, height: number, data: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), data]);
}

async function* tiffPages(): AsyncIterable<Buffer> {
  const vips = await Vips({ dynamicLibraries: [] });
  const count = vips.Image.tiffloadBuffer(bytes).getInt('n-pages');
  for (let page = 0; page < count; page += 1) {
    const picture = vips.Image.tiffloadBuffer(bytes, { page }).colourspace('b-w');
    yield portableGrey(picture.width, picture.height, picture.writeToMemory() as Uint8Array);
    picture.delete();
  }
}

async function* pdfPages(): AsyncIterable<Buffer> {
  const document = await (await PDFiumLibrary.init()).loadDocument(bytes);
  for (const page of document.pages()) {
    const scale = limits.ocrEdge / page.getOriginalSize().originalHeight;
    const { data, width, height } = await page.render({ colorSpace: 'Gray', scale });
    yield portableGrey(width, height, data);
  }
}
