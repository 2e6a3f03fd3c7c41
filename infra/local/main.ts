import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assemble } from './assemble.ts';
import { type Stack, startStack } from './stack.ts';
import type { TraceEvent } from './trace.ts';

/**
 * `npm start`: bundles, synthesizes and runs the local stage. HTTP_PORT (4000), SMTP_PORT (2525), AWS_PORT (a free one)
 * and DATA_DIR (.data) change where. Ends with 0 on SIGINT or SIGTERM, with 1 and one sentence when it cannot start.
 */
const dataDir = process.env.DATA_DIR || '.data';
// As on Lambda; threads share the time zone of the process.
process.env.TZ = 'UTC';

if (process.argv.length > 2) {
  console.error('npm start takes no parameters: set HTTP_PORT, SMTP_PORT, AWS_PORT or DATA_DIR in the environment.');
  process.exit(2);
}
try {
  const ports = {
    httpPort: portIn('HTTP_PORT', 4000),
    smtpPort: portIn('SMTP_PORT', 2525),
    awsPort: portIn('AWS_PORT', 0),
  };
  const stack = await startStack({ ...(await assemble()), dataDir, ...ports });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end(stack));
  stack.trace.subscribe(warn);
  await loadDemoDirectory(stack);
  print(stack);
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}

function portIn(name: string, standard: number): number {
  const text = process.env[name] || `${standard}`;
  if (/^\d+$/.test(text) && Number(text) < 65_536) return Number(text);
  throw new Error(`${name} is "${text}": set it to a port number between 0 and 65535, or leave it out.`);
}

function print({ addresses }: Stack): void {
  console.log(`The page        ${addresses.http}/_local/`);
  console.log(`Mail goes to    ${addresses.smtp}`);
  console.log(`The public site ${addresses.http}/`);
  console.log(`The staff desk  ${addresses.http}/desk`);
  console.log(`AWS endpoint    ${addresses.aws}`);
  console.log(`Data            ${dataDir} (Ctrl-C stops; the next start goes on where it was)`);
}

/** What needs a developer's eye: calls that IAM refused, and what functions warn of. The rest is on the page. */
function warn(event: TraceEvent): void {
  if (event.kind === 'call' && !event.allowed) {
    console.error(`${event.from} may not ${event.action} on ${event.resource}: ${event.because}.`);
  }
  if (event.kind !== 'log' || typeof event.line === 'string') return;
  const { level, message, reason } = event.line;
  if (level === 'WARN' || level === 'ERROR') console.error([event.from, message, reason].filter(Boolean).join(': '));
}

/** On the first start of a data folder there are some members to write as. */
async function loadDemoDirectory(stack: Stack): Promise<void> {
  const file = join(import.meta.dirname, '../commands/demo-directory.csv');
  // Beside the tables: whoever takes these away gets the members again.
  const done = join(dataDir, 'dynamodb', 'demo-directory.loaded');
  if (existsSync(done)) return;
  await stack.put(stack.outputs.IntakeBucket!, 'directory/delta-demo-directory.csv', [readFileSync(file)]);
  writeFileSync(done, '');
}

async function end(stack: Stack): Promise<void> {
  console.log('Stopping; a second Ctrl-C stops at once.');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  await stack.stop();
  process.exit(0);
}
