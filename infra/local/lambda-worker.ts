import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { Answer, FunctionSetup, Invocation } from './lambda.ts';

/**
 * One execution environment of a function, in a thread of its own: loads the bundle once, then answers one invocation
 * at a time. Whatever ends the thread (process.exit, an unhandled rejection) is an invocation error in lambda.ts.
 */
const setup = workerData as FunctionSetup;
const takePrinted = forwardOutput();
const [file, exported] = setup.handler.split('.') as [string, string];
const handler = createRequire(`${setup.codeDir}/`)(`./${file}.js`)[exported];

parentPort!.on('message', async ({ payload, requestId, deadline }: Invocation) => {
  const answer = await answerTo(payload, requestId, deadline);
  parentPort!.postMessage({ ...answer, printed: takePrinted() } satisfies Answer);
});

async function answerTo(payload: string, requestId: string, deadline: number): Promise<Answer> {
  try {
    return { payload: JSON.stringify((await handler(JSON.parse(payload), contextOf(requestId, deadline))) ?? null) };
  } catch (error) {
    return { error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

function contextOf(awsRequestId: string, deadline: number) {
  return {
    awsRequestId,
    functionName: setup.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: setup.arn,
    memoryLimitInMB: String(setup.memoryMb),
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

/**
 * Keeps what the function prints until the event loop turns or the answer takes it along, so that a burst of lines is
 * one message to the parent.
 */
function forwardOutput(): () => string {
  let printed = '';
  const take = () => {
    const text = printed;
    printed = '';
    return text;
  };
  const flush = () => {
    if (printed) parentPort!.postMessage({ printed: take() } satisfies Answer);
  };
  const write = (chunk: Uint8Array | string, encoding?: unknown, done?: unknown) => {
    if (!printed) setImmediate(flush);
    printed += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    const callback = typeof encoding === 'function' ? encoding : done;
    if (typeof callback === 'function') queueMicrotask(() => callback());
    return true;
  };
  process.stdout.write = write;
  process.stderr.write = write;
  process.on('exit', flush);
  return take;
}
