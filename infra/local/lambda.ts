import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { FunctionPlan } from './plan.ts';
import type { Trace } from './trace.ts';

/** What a worker is started with. */
export type FunctionSetup = Pick<FunctionPlan, 'name' | 'arn' | 'codeDir' | 'handler' | 'memoryMb'>;

export interface Invocation {
  /** The event as JSON. */
  payload: string;
  requestId: string;
  /** Milliseconds since 1970 by which the answer must have come. */
  deadline: number;
}

/** What a worker sends: an answer or an error, and what the function has printed. */
export interface Answer {
  payload?: string;
  error?: string;
  printed?: string;
}

export type Outcome = { ok: true; payload: unknown } | { ok: false; error: string };

export interface Lambda {
  /** Runs the function once; a busy one waits for a free worker. Errors of the function are outcomes, not exceptions. */
  invoke(name: string, event: unknown): Promise<Outcome>;
  /** Ends all workers, whatever they do. */
  close(): Promise<void>;
}

export interface LambdaParts {
  functions: FunctionPlan[];
  /** Credentials of each function, by its name. */
  credentials: Map<string, { accessKeyId: string; secretAccessKey: string }>;
  endpoint: string;
  region: string;
  trace: Trace;
}

/**
 * Functions run as deployed: the bundle of the template in a worker thread with the template's environment, up to two
 * threads for each queue of a function. A worker is kept for the next event, as a warm start is. What threads cannot
 * show: the time zone and /tmp of their own, and memory outside of V8's heap.
 */
export function openLambda(parts: LambdaParts): Lambda {
  const pools = new Map(parts.functions.map((plan) => [plan.name, openPool(plan, parts)]));
  return {
    invoke(name, event) {
      const pool = pools.get(name);
      if (!pool) throw new Error(`The template has no function "${name}".`);
      return pool.invoke(JSON.stringify(event));
    },
    close: async () => void (await Promise.all([...pools.values()].map((pool) => pool.close()))),
  };
}

function openPool(plan: FunctionPlan, parts: LambdaParts) {
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const waiting: ((worker: Worker | undefined) => void)[] = [];
  const env = environmentOf(plan, parts);
  let closed = false;

  return {
    async invoke(payload: string): Promise<Outcome> {
      const worker = await freeWorker();
      if (!worker) return { ok: false, error: 'The stack is stopping.' };
      const outcome = await run(worker, plan, payload);
      if (!outcome.ok) addLine(parts.trace, plan.name, JSON.stringify({ level: 'ERROR', message: outcome.error }));
      handOn(worker);
      return outcome;
    },
    async close() {
      closed = true;
      for (const resolve of waiting.splice(0)) resolve(undefined);
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };

  function freeWorker(): Worker | undefined | Promise<Worker | undefined> {
    if (closed) return undefined;
    return idle.pop() ?? (all.size < plan.concurrency ? start() : new Promise((resolve) => waiting.push(resolve)));
  }

  /** Gives the worker, or a new one where it has died, to whoever waits longest. */
  function handOn(worker: Worker): void {
    const first = waiting.shift();
    if (first) first(all.has(worker) ? worker : start());
    else if (all.has(worker)) idle.push(worker);
  }

  function start(): Worker {
    const { name, arn, codeDir, handler, memoryMb } = plan;
    const worker = new Worker(new URL('./lambda-worker.ts', import.meta.url), {
      name,
      env,
      workerData: { name, arn, codeDir, handler, memoryMb } satisfies FunctionSetup,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    all.add(worker);
    const forget = () => {
      all.delete(worker);
      if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1);
    };
    worker.on('error', forget).on('exit', forget);
    worker.on('message', ({ printed }: Answer) => {
      for (const line of printed ? printed.trimEnd().split('\n') : []) addLine(parts.trace, name, line);
    });
    return worker;
  }
}

/** One invocation: ends with the answer, the end of the thread or the function's timeout, whichever is first. */
function run(worker: Worker, { timeoutSeconds }: FunctionPlan, payload: string): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const fail = (error: string) => resolve({ ok: false, error });
  let timedOut = false;
  const onMessage = ({ payload: result, error }: Answer) => {
    if (result !== undefined) resolve(checkSize(result));
    if (error !== undefined) fail(error);
  };
  const onError = (error: Error) => fail(`Runtime exited with error: ${error?.name}: ${error?.message}`);
  const onExit = (code: number) =>
    fail(timedOut ? `Task timed out after ${timeoutSeconds} seconds` : `Runtime exited with exit status ${code}`);
  const timer = setTimeout(() => {
    timedOut = true;
    worker.terminate();
  }, timeoutSeconds * 1000);
  worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  const deadline = Date.now() + timeoutSeconds * 1000;
  worker.postMessage({ payload, requestId: randomUUID(), deadline } satisfies Invocation);
  return promise.finally(() => {
    clearTimeout(timer);
    worker.off('message', onMessage).off('error', onError).off('exit', onExit);
  });
}

/** Lambda answers with 6 MB at most. */
const maxAnswer = 6 * 1024 * 1024;

function checkSize(result: string): Outcome {
  const size = Buffer.byteLength(result);
  if (size <= maxAnswer) return { ok: true, payload: JSON.parse(result) };
  return {
    ok: false,
    error: `Response payload size (${size} bytes) exceeded maximum allowed payload size (${maxAnswer} bytes).`,
  };
}

/** Exactly the template's variables, and those that Lambda itself sets. */
function environmentOf(plan: FunctionPlan, { credentials, endpoint, region }: LambdaParts): Record<string, string> {
  const { accessKeyId, secretAccessKey } = credentials.get(plan.name)!;
  return {
    ...plan.environment,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL: endpoint,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: `${plan.memoryMb}`,
    AWS_LAMBDA_FUNCTION_NAME: plan.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${plan.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_REGION: region,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    // The developer's own ~/.aws must not reach the SDK.
    HOME: plan.codeDir,
    LAMBDA_TASK_ROOT: plan.codeDir,
    LANG: 'en_US.UTF-8',
    PATH: '/usr/local/bin:/usr/bin:/bin',
    TZ: ':UTC',
    _HANDLER: plan.handler,
  };
}

/** A line of JSON becomes an object, so that the page can show its fields. */
function addLine(trace: Trace, from: string, text: string): void {
  trace.add({ kind: 'log', at: new Date().toISOString(), from, line: parse(text) });
}

function parse(text: string): Record<string, unknown> | string {
  if (!text.startsWith('{')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
