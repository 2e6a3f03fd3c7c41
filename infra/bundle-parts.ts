import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Files that a function serves from packages, by function. */
export const files: Record<string, string[]> = { desk: ['htmx.org/dist/htmx.min.js'] };

/** Threads that come with a package: its file, and the name that the function starts it by. */
export const threads: Record<string, { file: string; as: string }[]> = {
  'scan-intake': [{ file: 'tesseract.js/src/worker-script/node/index.js', as: 'ocr-worker' }],
};

/** Code that finds its WebAssembly, or starts its threads, by its own place on the disk. */
export const unbundled = ['wasm-vips', '@hyzyla/pdfium', '@hyzyla/pdfium/*', 'tesseract.js-core/*'];

/**
 * What of those packages a function needs. WebAssembly is the same on every platform. Of Tesseract's six builds
 * tesseract.js 7 takes this one on Node, also where only the LSTM engine is asked for (its worker-script/node/getCore.js
 * compares a yes with an engine's number); of libvips the HEIC, JPEG XL and SVG parts stay out.
 */
export const packageFiles: Record<string, string[]> = {
  'scan-intake': [
    'wasm-vips/package.json',
    'wasm-vips/lib/vips-node.js',
    'wasm-vips/lib/vips.wasm',
    '@hyzyla/pdfium/package.json',
    '@hyzyla/pdfium/dist/index.cjs',
    '@hyzyla/pdfium/dist/pdfium.wasm',
    'tesseract.js-core/package.json',
    'tesseract.js-core/tesseract-core-relaxedsimd.js',
    'tesseract.js-core/tesseract-core-relaxedsimd.wasm',
  ],
};

/** Tesseract's data for a language of `scanLanguages`. Throws a sentence when its package is not installed. */
export function languageFile(root: string, language: string): string {
  const name = `@tesseract.js-data/${language}`;
  const file = join(root, 'node_modules', name, '4.0.0_best_int', `${language}.traineddata.gz`);
  if (existsSync(file)) return file;
  throw new Error(
    `scanLanguages names "${language}", but its data is not installed: run npm i ${name}, or edit infra/stage.ts.`,
  );
}
