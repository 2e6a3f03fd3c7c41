import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
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

/** Everything that decides the template and the bundles; infra/local and infra/commands only read them. */
export function hashOfInputs(folder = root): string {
  const hash = createHash('sha256').update(process.version);
  const sources = globSync('{functions,shared,infra}/**', { cwd: folder, exclude: ['infra/local', 'infra/commands'] });
  for (const file of [...sources.sort(), ...settings]) {
    const content = readOrNothing(join(folder, file));
    if (content) hash.update(`\0${file}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 32);
}

/** The last one is npm's record of what is installed. */
const settings = ['package.json', 'package-lock.json', 'cdk.json', 'tsconfig.json', 'node_modules/.package-lock.json'];

/** Nothing for a folder, and for a file that is not there. */
function readOrNothing(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
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
  try {
    await forgetOld();
    const bundles = await bundleFunctions(join(draft, 'bundles'));
    const { templateFile } = synthesize('local', { bundles, outdir: join(draft, 'cdk.out') });
    await writeFile(join(draft, 'assembly.json'), JSON.stringify({ templateFile: basename(templateFile) }));
    await rename(draft, folder).catch(() => undefined);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Of more than twenty, those go that no start has used (and so touched) for a day. */
async function forgetOld(): Promise<void> {
  await mkdir(cache, { recursive: true });
  const names = await readdir(cache);
  const used = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(cache, name))).mtimeMs })));
  const old = used
    .sort((a, b) => b.at - a.at)
    .slice(20)
    .filter(({ at }) => Date.now() - at > 86_400_000);
  for (const { name } of old) await rm(join(cache, name), { recursive: true, force: true });
}
