import { rmSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { type Lambda, openLambda } from '../../../infra/local/lambda.ts';
import { planTemplate } from '../../../infra/local/template.ts';
import { openTrace, type Trace } from '../../../infra/local/trace.ts';
import { functionResources, writeAssembly } from './small-template.ts';

const open: Lambda[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((lambda) => lambda.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
const folders: string[] = [];

it('a function sees its event, its environment and what Lambda sets, and nothing of this process', async () => {
  const { lambda } = openFunction('exports.handler = async (event) => ({ event, env: process.env })', {
    environment: { TABLE: 'things' },
  });
  const outcome = await lambda.invoke('worker', { a: 1 });
  const { event, env } = (outcome as { payload: { event: unknown; env: Record<string, string> } }).payload;
  expect(event).toEqual({ a: 1 });
  expect(env).toMatchObject({
    TABLE: 'things',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIAWORKER',
    AWS_LAMBDA_FUNCTION_NAME: 'worker',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
    _HANDLER: 'index.handler',
  });
  expect(env).not.toHaveProperty('VITEST');
});

it('the context tells the request, the function and the time that is left', async () => {
  const code = `exports.handler = async (_, { awsRequestId, functionName, getRemainingTimeInMillis }) =>
    ({ awsRequestId, functionName, left: getRemainingTimeInMillis() })`;
  const { payload } = (await openFunction(code).lambda.invoke('worker', {})) as { payload: Record<string, unknown> };
  expect(payload).toMatchObject({ functionName: 'worker', awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  expect(payload.left).toBeGreaterThan(1_000);
});

it('a worker is kept warm, and a second one starts only for work at the same time', async () => {
  const { lambda } = openFunction(`
    const id = require('node:worker_threads').threadId;
    exports.handler = async ({ wait }) => { if (wait) await new Promise((done) => setTimeout(done, 300)); return id; }`);
  const first = await lambda.invoke('worker', {});
  expect(await lambda.invoke('worker', {})).toEqual(first);
  const ids = await Promise.all([1, 2, 3, 4].map(() => lambda.invoke('worker', { wait: true })));
  expect(new Set(ids.map((outcome) => JSON.stringify(outcome))).size).toBe(2);
});

it.each([
  ['throws', 'exports.handler = async () => { throw new TypeError("no such mail") }', 'TypeError: no such mail'],
  ['calls process.exit', 'exports.handler = async () => process.exit(3)', 'Runtime exited with exit status 3'],
  [
    'leaves a rejection unhandled',
    'exports.handler = () => { Promise.reject(new Error("lost")); return new Promise(() => {}) }',
    'Runtime exited with error: Error: lost',
  ],
  ['cannot be loaded', 'throw new Error("broken bundle")', 'Runtime exited with error: Error: broken bundle'],
  ['runs for ever', 'exports.handler = () => { for (;;); }', 'Task timed out after 1 seconds'],
  ['answers with over 6 MB', 'exports.handler = async () => "x".repeat(7e6)', 'exceeded maximum allowed payload size'],
])('a function that %s ends as an error, and the next event finds a worker', async (_, code, error) => {
  const { lambda, trace } = openFunction(code, { timeout: 1 });
  for (const _ of [1, 2, 3]) {
    expect(await lambda.invoke('worker', {})).toEqual({ ok: false, error: expect.stringContaining(error) });
  }
  expect(trace.recent()).toContainEqual(
    expect.objectContaining({ kind: 'log', from: 'worker', line: { level: 'ERROR', message: expect.any(String) } }),
  );
});

it('what a function prints comes into the trace, JSON as objects', async () => {
  const { lambda, trace } = openFunction(`
    console.log(JSON.stringify({ level: 'INFO', rule: 'granted' }));
    exports.handler = async () => { console.error('plain words') }`);
  await lambda.invoke('worker', {});
  const lines = trace.recent().flatMap((event) => (event.kind === 'log' ? [event.line] : []));
  expect(lines).toEqual([{ level: 'INFO', rule: 'granted' }, 'plain words']);
});

it('closing ends what runs and refuses what waits', async () => {
  const { lambda } = openFunction('exports.handler = () => new Promise(() => {})');
  const outcomes = [1, 2, 3].map(() => lambda.invoke('worker', {}));
  await lambda.close();
  expect((await Promise.all(outcomes)).every(({ ok }) => !ok)).toBe(true);
});

function openFunction(
  code: string,
  options: Parameters<typeof functionResources>[1] = {},
): { lambda: Lambda; trace: Trace } {
  const template = { Resources: functionResources('worker', options) };
  const { assetsDir } = writeAssembly({ worker: code }, template);
  folders.push(assetsDir);
  const endpoint = 'http://127.0.0.1:1';
  const { functions, region } = planTemplate(template, assetsDir, { aws: endpoint, http: endpoint });
  const trace = openTrace();
  const credentials = new Map([['worker', { accessKeyId: 'AKIAWORKER', secretAccessKey: 'secret' }]]);
  const lambda = openLambda({ functions, credentials, endpoint, region, trace });
  open.push(lambda);
  return { lambda, trace };
}
