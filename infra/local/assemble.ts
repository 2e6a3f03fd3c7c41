import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Assembly } from '../assembly.ts';

const root = join(import.meta.dirname, '../..');
const cache = join(root, 'node_modules/.cache/in-writing');

/**
 * Bundles the functions and synthesizes the local stage, in this process. The result is kept under the hash of all that
 * goes into it: sources, settings, installed packages and Node; a start with the same inputs takes it from there.
 */
export async function assemble(): Promise<Assembly> {
  const folder = join(cache, hashOfInputs());
  const known = readKnown(folder);
  if (known) await utimes(folder, new Date(), new Date());
  else await make(folder);
  return known ?? readKnown(folder)!;
}

/** What decides the template and the bundles. infra/local and infra/commands only read them. */
const inputs = ['{functions,shared,infra}/**/*.{ts,tsx,js,json}', '{package,package-lock,cdk,tsconfig}.json'];
const installed = 'node_modules/.package-lock.json';

function hashOfInputs(): string {
  const hash = createHash('sha256').update(process.version);
  const files = globSync(inputs, { cwd: root, exclude: ['infra/local/**', 'infra/commands/**'] });
  for (const file of [...files.sort(), installed]) hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex').slice(0, 32);
}

function readKnown(folder: string): Assembly | undefined {
  try {
    const { templateFile } = JSON.parse(readFileSync(join(folder, 'assembly.json'), 'utf8'));
    return { templateFile: join(folder, 'cdk.out', templateFile), assetsDir: join(folder, 'cdk.out') };
  } catch {
    return undefined;
  }
}

/** Makes it beside its place and renames it, so that several processes may do so at once and a kill leaves no half. */
async function make(folder: string): Promise<void> {
  const [{ bundleFunctions }, { synthesize }] = await Promise.all([import('../bundle.ts'), import('../assembly.ts')]);
  const draft = `${folder}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  const bundles = await bundleFunctions(join(draft, 'bundles'));
  const { templateFile } = synthesize('local', { bundles, outdir: join(draft, 'cdk.out') });
  await writeFile(join(draft, 'assembly.json'), JSON.stringify({ templateFile: basename(templateFile) }));
  await rename(draft, folder).catch(() => rm(draft, { recursive: true, force: true }));
}
