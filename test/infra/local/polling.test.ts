import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import type { Stack } from '../../../infra/local/stack.ts';
import { until } from '../../local-stack.ts';
import { clientSettings, endSmallStacks, startSmallStack } from './small-stack.ts';
import { consume, functionResources, mappingResource, queueResources } from './small-template.ts';

afterEach(endSmallStacks);

describe('a function with an event source', () => {
  it('gets messages as Lambda writes them, and what it worked through is gone', async () => {
    const stack = await start('exports.handler = async ({ Records }) => console.log(JSON.stringify(Records[0]))');
    await send(stack, 'hello');
    const [record] = await printed(stack, 1);
    expect(record).toMatchObject({
      body: 'hello',
      eventSource: 'aws:sqs',
      eventSourceARN: stack.plan.eventSources[0]?.queueArn,
      awsRegion: 'us-east-1',
      attributes: { ApproximateReceiveCount: '1' },
    });
    await until(() => calls(stack, 'sqs:DeleteMessage').length);
  });

  it('sees only the failed message of a batch again, and a message that always fails becomes a dead letter', async () => {
    const stack = await start(
      `exports.handler = async ({ Records }) => {
        console.log(JSON.stringify({ bodies: Records.map(({ body }) => body) }));
        const bad = Records.filter(({ body }) => body === 'bad');
        return { batchItemFailures: bad.map(({ messageId }) => ({ itemIdentifier: messageId })) };
      }`,
      { window: 1, visibility: 2 },
    );
    await Promise.all(['good', 'bad', 'fine'].map((body) => send(stack, body)));
    const lines = await printed(stack, 2);
    expect((lines[0]!.bodies as string[]).toSorted()).toEqual(['bad', 'fine', 'good']);
    expect(lines[1]?.bodies).toEqual(['bad']);
    await until(async () => (await deadLetters(stack)) === 1);
    expect(await printed(stack, 2)).toHaveLength(2);
  });

  it.each([
    ['an error', 'throw new Error("no")'],
    ['a failure that names no message', 'return { batchItemFailures: [{ itemIdentifier: "" }] }'],
    ['a failure of a message that was not in the batch', 'return { batchItemFailures: [{ itemIdentifier: "x" }] }'],
  ])('gets the whole batch again after %s', async (_, body) => {
    const stack = await start(`
      exports.handler = async ({ Records: [{ attributes }] }) => {
        console.log(JSON.stringify({ count: attributes.ApproximateReceiveCount }));
        if (attributes.ApproximateReceiveCount === '1') { ${body} }
      }`);
    await send(stack, 'hello');
    expect(await printed(stack, 2)).toEqual([{ count: '1' }, { count: '2' }]);
  });

  it('works on two batches at once', async () => {
    const stack = await start(
      `exports.handler = async ({ Records }) => {
        console.log(JSON.stringify({ began: Records[0].body }));
        await new Promise((done) => setTimeout(done, 500));
        console.log(JSON.stringify({ ended: Records[0].body }));
      }`,
      { batchSize: 1 },
    );
    await Promise.all(['a', 'b'].map((body) => send(stack, body)));
    expect((await printed(stack, 4)).map((line) => Object.keys(line)[0])).toEqual(['began', 'began', 'ended', 'ended']);
  });

  it('that may not read its queue is named with the action and the construct file', async () => {
    const stack = await start('exports.handler = async () => {}', { allow: [] });
    expect(await until(() => calls(stack, 'sqs:ReceiveMessage')[0])).toMatchObject({
      from: 'worker',
      allowed: false,
      status: 403,
      because: 'no policy of its role allows it: grant it in infra/constructs/worker.ts',
    });
  });

  it('has its message again after a stop in the middle of it', async () => {
    const code = `exports.handler = async () => {
      console.log(JSON.stringify({ began: true }));
      if (!process.env.QUICK) await new Promise(() => {});
    }`;
    const first = await start(code, { visibility: 600 });
    await send(first, 'hello');
    await printed(first, 1);
    await first.stop();
    const second = await start(code, { visibility: 600, environment: { QUICK: '1' }, dataDir: first.dataDir });
    expect(await printed(second, 1)).toEqual([{ began: true }]);
  }, 20_000);
});

interface Options {
  batchSize?: number;
  window?: number;
  visibility?: number;
  environment?: Record<string, string>;
  allow?: (typeof consume)[];
  dataDir?: string;
}

function start(code: string, { visibility = 1, allow = [consume], environment, dataDir, ...mapping }: Options = {}) {
  const Resources = {
    ...functionResources('worker', { allow, environment, timeout: 60 }),
    ...queueResources({ visibility, attempts: 2 }),
    ...mappingResource('worker', mapping),
  };
  return startSmallStack({ Resources }, { worker: code }, { dataDir });
}

async function send(stack: Stack, MessageBody: string): Promise<void> {
  const QueueUrl = stack.plan.queues.find(({ name }) => name === 'small-work-queue')?.url;
  const client = new SQSClient(clientSettings(stack));
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  client.destroy();
}

async function deadLetters(stack: Stack): Promise<number> {
  const { SQSClient, GetQueueAttributesCommand } = await import('@aws-sdk/client-sqs');
  const QueueUrl = stack.plan.queues.find(({ name }) => name === 'small-work-dead-letters')?.url;
  const client = new SQSClient(clientSettings(stack));
  const AttributeNames = ['ApproximateNumberOfMessages' as const];
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
  client.destroy();
  return Number(Attributes?.ApproximateNumberOfMessages);
}

/** The JSON lines that the functions have printed, once there are so many. */
function printed({ trace }: Stack, count: number): Promise<Record<string, unknown>[]> {
  return until(() => {
    const lines = trace
      .recent()
      .flatMap((event) => (event.kind === 'log' && typeof event.line !== 'string' ? [event.line] : []));
    const own = lines.filter(({ level }) => level !== 'ERROR');
    return own.length >= count && own;
  }) as Promise<Record<string, unknown>[]>;
}

function calls({ trace }: Stack, action: string) {
  return trace.recent().flatMap((event) => (event.kind === 'call' && event.action === action ? [event] : []));
}
