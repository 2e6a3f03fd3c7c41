import { spawnSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleFunctions } from '../../infra/bundle.ts';
import { type Figure, median } from './figures.ts';
import { inScratchFolder } from './scratch-folder.ts';

const starts = 15;

/** Time to import each bundle in a new process, against an empty module and against its SDK clients alone. */
export const coldStart = (): Promise<Figure[]> =>
  inScratchFolder(async (folder) => {
    const bundles = join(folder, 'bundles');
    await bundleFunctions(bundles);
    const empty = await bundleOf(folder, 'empty', []);
    const figures: Figure[] = [];
    for (const name of (await readdir(bundles)).sort()) {
      figures.push(await compare(folder, join(bundles, name, 'index.js'), name, empty));
    }
    return figures;
  });

async function compare(folder: string, bundle: string, name: string, empty: string): Promise<Figure> {
  const clients = clientsOf[name] ?? [];
  const sdk = await bundleOf(folder, `${name}-sdk`, clients);
  const times = { ours: [] as number[], sdk: [] as number[], empty: [] as number[] };
  for (let start = 0; start < starts; start += 1) {
    times.ours.push(importTime(bundle));
    times.sdk.push(importTime(sdk));
    times.empty.push(importTime(empty));
  }
  const [ours, alone, nothing] = [median(times.ours), median(times.sdk), median(times.empty)];
  return {
    what: `cold start of ${name}: import, median of ${starts} starts (an empty module takes ${nothing.toFixed(1)} ms)`,
    ours: `${ours.toFixed(0)} ms`,
    yardstick: `${alone.toFixed(0)} ms, its SDK clients alone`,
    ratio: ours / alone,
  };
}

/** The SDK clients that each function calls. */
const clientsOf: Record<string, string[]> = {
  'inbound-mail': ['dynamodb', 's3', 'sqs', 'secrets-manager'],
  'mail-sender': ['dynamodb', 's3', 'ses', 'secrets-manager'],
  'directory-sync': ['dynamodb', 's3', 'sqs'],
  deadlines: ['dynamodb', 's3', 'sqs'],
  'delivery-feedback': ['dynamodb'],
  'public-site': ['dynamodb', 's3', 'sqs', 'secrets-manager'],
  'receipt-activation': ['ses'],
};

async function bundleOf(folder: string, name: string, clients: string[]): Promise<string> {
  const outfile = join(folder, `${name}.js`);
  const contents = clients
    .map((client) => `module.exports['${client}'] = require('@aws-sdk/client-${client}');`)
    .join('\n');
  await build({
    stdin: { contents, resolveDir: process.cwd() },
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
  return outfile;
}

function importTime(file: string): number {
  const code = `const t = performance.now(); require(${JSON.stringify(file)}); console.log(performance.now() - t)`;
  const env = { ...process.env, AWS_REGION: 'us-east-1', POWERTOOLS_SERVICE_NAME: 'bench' };
  return Number(spawnSync(process.execPath, ['-e', code], { env, encoding: 'utf8' }).stdout.trim().split('\n').at(-1));
}
