import { existsSync, globSync, readdirSync } from 'node:fs';
import { copyFile, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { files, languageFile, packageFiles, threads, unbundled } from './bundle-parts.ts';
import { stages } from './stage.ts';

const root = resolve(import.meta.dirname, '..');

/**
 * Bundles every functions/<name>/handler.ts into <outDir>/<name>/index.js: one esbuild run, CommonJS, minified.
 * Beside it lie what the function has under static/, its threads (each <something>-worker.ts of its own), and the
 * packages that cannot be bundled. The same sources give the same bytes, so an unchanged function keeps its asset hash.
 * Throws a sentence when the language data of a stage is not installed. Returns the absolute outDir.
 */
export async function bundleFunctions(
  outDir = join(root, '.bundles'),
  languages = stages.flatMap(({ scanLanguages }) => scanLanguages),
): Promise<string> {
  const bundles = resolve(outDir);
  const names = functionNames();
  const parts = names.map((name) => ({ name, folder: join(bundles, name) }));
  const languageFiles = [...new Set(languages)].map((language) => languageFile(root, language));
  await rm(bundles, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: names.flatMap(entryPointsOf),
    outdir: bundles,
    bundle: true,
    minify: true,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
    external: unbundled,
    legalComments: 'none',
    logLevel: 'warning',
  });
  await Promise.all(parts.map(({ folder }) => markCommonJs(folder)));
  await Promise.all(parts.map(({ name, folder }) => copyStatic(name, join(folder, 'static'))));
  await Promise.all(parts.map(({ name, folder }) => copyPackages(name, folder)));
  if (names.includes('scan-intake'))
    await Promise.all(
      languageFiles.map((file) => copyTo(file, join(bundles, 'scan-intake/languages', basename(file)))),
    );
  return bundles;
}

/** Folders under functions/ that hold a handler, in a fixed order. */
export function functionNames(): string[] {
  const folder = join(root, 'functions');
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'handler.ts')))
    .sort();
}

/** The handler, and the threads that the function starts: a thread is a file, so it has a bundle of its own. */
function entryPointsOf(name: string): { in: string; out: string }[] {
  const own = globSync(`functions/${name}/**/*-worker.ts`, { cwd: root }).sort();
  return [
    { in: `functions/${name}/handler.ts`, out: `${name}/index` },
    ...own.map((file) => ({ in: file, out: `${name}/${basename(file, '.ts')}` })),
    ...(threads[name] ?? []).map(({ file, as }) => ({ in: `node_modules/${file}`, out: `${name}/${as}` })),
  ];
}

/** Without this file a bundle inside the project would be read as an ES module, after the project's package.json. */
async function markCommonJs(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"type":"commonjs"}\n');
}

/** Files that a function serves as they are, and those that it serves from packages. */
async function copyStatic(name: string, to: string): Promise<void> {
  const from = join(root, 'functions', name, 'static');
  if (existsSync(from)) await cp(from, to, { recursive: true });
  for (const file of files[name] ?? []) await copyTo(join(root, 'node_modules', file), join(to, basename(file)));
}

/** Packages with WebAssembly, as node_modules beside the bundle: the files that are used, and no others. */
async function copyPackages(name: string, folder: string): Promise<void> {
  const copied = (packageFiles[name] ?? []).map((file) => join('node_modules', file));
  await Promise.all(copied.map((file) => copyTo(join(root, file), join(folder, file))));
}

async function copyTo(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
}
