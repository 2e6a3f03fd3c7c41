import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Question } from '../../functions/scan-intake/reading/reading-thread.ts';
import { bundleFunctions, functionNames } from '../../infra/bundle.ts';
import { faxTiff } from '../scans.ts';

const folder = mkdtempSync(join(tmpdir(), 'inwriting-bundle-'));
let first: string;
let second: string;

beforeAll(async () => {
  first = await bundleFunctions(join(folder, 'first'));
  second = await bundleFunctions(join(folder, 'somewhere', 'else'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(functionNames())('the bundle of %s has the same bytes wherever and whenever it is made', (name) => {
  expect(hashOf(join(first, name, 'index.js'))).toBe(hashOf(join(second, name, 'index.js')));
});

test('a bundle is CommonJS wherever it lies, and exports the handler that the template names', () => {
  const { handler } = createRequire(import.meta.url)(join(first, 'public-site', 'index.js'));
  expect(handler).toBeTypeOf('function');
});

test('the threads of a function lie beside it, with the packages that cannot be bundled and nothing more of them', () => {
  const inBundle = readdirSync(join(first, 'scan-intake'), { recursive: true, encoding: 'utf8' });
  const files = inBundle.filter((file) => statSync(join(first, 'scan-intake', file)).isFile());
  expect(files).toEqual(expect.arrayContaining(['reading-worker.js', 'ocr-worker.js', 'languages/eng.traineddata.gz']));
  expect(files.filter((file) => file.endsWith('.wasm')).sort()).toEqual([
    'node_modules/@hyzyla/pdfium/dist/pdfium.wasm',
    'node_modules/tesseract.js-core/tesseract-core-relaxedsimd.wasm',
    'node_modules/wasm-vips/lib/vips.wasm',
  ]);
  const megabytes = files.reduce((sum, file) => sum + statSync(join(first, 'scan-intake', file)).size, 0) / 1e6;
  expect(megabytes).toBeLessThan(30);
  for (const file of files)
    expect(hashOf(join(first, 'scan-intake', file))).toBe(hashOf(join(second, 'scan-intake', file)));
});

test('the bundled thread reads a fax with what lies beside it', async () => {
  const reading = new Worker(join(first, 'scan-intake', 'reading-worker.js'), { env: {}, execArgv: [] });
  const ask = async (question: Question) => {
    reading.postMessage(question);
    const [reply] = await once(reading, 'message');
    return reply.value;
  };
  const fax = await faxTiff({ pages: [['REMOVE FROM MARKETING MATERIALS']] });
  const bytes = new Uint8Array(new SharedArrayBuffer(fax.length));
  bytes.set(fax);
  expect(await ask({ do: 'open', key: 'fax', type: 'TIFF', bytes, mostPages: 50 })).toEqual({ pages: 1 });
  const page = await ask({ do: 'read', key: 'fax', page: 1, languages: ['eng'] });
  expect(page).toMatchObject({ source: 'ocr', text: 'REMOVE FROM MARKETING MATERIALS' });
  await reading.terminate();
});

test('a language whose data is not installed stops the bundle with the command that installs it', async () => {
  await expect(bundleFunctions(join(folder, 'third'), ['eng', 'tlh'])).rejects.toThrow(
    /"tlh".*npm i @tesseract.js-data\/tlh/,
  );
});

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
