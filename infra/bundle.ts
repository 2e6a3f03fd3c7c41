import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');

/**
 * Bundles every functions/<name>/handler.ts into <outDir>/<name>/index.js: one esbuild run, CommonJS, minified.
 * The same sources give the same bytes, so an unchanged function keeps its asset hash. Returns the absolute outDir.
 */
export async function bundleFunctions(outDir = join(root, '.bundles')): Promise<string> {
  const bundles = resolve(outDir);
  const names = functionNames();
  await rm(bundles, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: names.map((name) => ({ in: `functions/${name}/handler.ts`, out: `${name}/index` })),
    outdir: bundles,
    bundle: true,
    minify: true,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    legalComments: 'none',
    logLevel: 'warning',
  });
  await Promise.all(names.map((name) => markCommonJs(join(bundles, name))));
  return bundles;
}

/** Folders under functions/ that hold a handler, in a fixed order. */
export function functionNames(): string[] {
  const folder = join(root, 'functions');
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'handler.ts')))
    .sort();
}

/** Without this file a bundle inside the project would be read as an ES module, after the project's package.json. */
async function markCommonJs(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"type":"commonjs"}\n');
}
