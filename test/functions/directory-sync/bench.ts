import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { importFile } from '../../../functions/directory-sync/import-file.ts';
import { readUploads } from '../../../functions/directory-sync/upload.ts';
import { dynamo, forgetClients, s3 } from '../../../shared/aws.ts';
import { variables } from '../../../shared/env.ts';

/**
 * `node test/functions/directory-sync/bench.ts [ROWS…]`: one full import after the other, each into an empty table and
 * then once more unchanged, against dynalite in another process. Rows a second say something about dynalite; that the
 * peak memory hardly grows with the rows says that the import is streamed.
 */
export async function measureImports(sizes: number[]) {
  const figures = [];
  for (const rows of sizes) figures.push(await measure(rows));
  return figures;
}

async function measure(rows: number) {
  const services = fork(join(import.meta.dirname, 'bench-services.ts'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // Limits of memory given to node are for the import alone.
    execArgv: [],
  });
  const [{ endpoint }] = await once(services, 'message');
  connect(endpoint);
  const first = await run(services, rows, 'directory/full-first.csv');
  const second = await run(services, rows, 'directory/full-second.csv');
  for (const client of [s3(), dynamo()]) client.destroy();
  services.disconnect();
  return { rows, 'added/s': first.speed, 'unchanged/s': second.speed, 'peak MB': Math.max(first.peak, second.peak) };
}

function connect(endpoint: string): void {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    [variables.membersTable]: 'members',
  });
  forgetClients();
}

async function run(services: ChildProcess, rows: number, key: string) {
  services.send({ key, rows });
  const [{ body }] = await once(services, 'message');
  const memory = watchMemory();
  const start = performance.now();
  const result = await importFile(readUploads(body)[0]!, unhurried);
  const seconds = (performance.now() - start) / 1000;
  if (result === 'unfinished' || result.counts.bad > 0) throw new Error(`It went wrong: ${JSON.stringify(result)}`);
  return { speed: Math.round(rows / seconds), peak: memory.stop() };
}

const nothing = async () => {};
const unhurried = { hasTime: () => true, onBegin: nothing, onRound: nothing };

function watchMemory() {
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 50);
  return {
    stop: () => {
      clearInterval(timer);
      return Math.round(peak / 1024 / 1024);
    },
  };
}

if (import.meta.main) {
  const sizes = process.argv.slice(2).map(Number);
  console.table(await measureImports(sizes.length > 0 ? sizes : [1_000, 10_000, 100_000]));
}
