import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { QueuePlan } from '../../../infra/local/plan.ts';
import { openSqs } from '../../../infra/local/sqs.ts';

const arn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

it('messages outlive the process, and one that was in flight when it ended is visible at once', async () => {
  const dir = scratchFolder();
  const first = openSqs({ dir, queues: queues({ visibility: 600 }) });
  first.send(arn('work'), 'one');
  first.send(arn('work'), 'two');
  expect(await first.receive(arn('work'), 1, 0)).toHaveLength(1);
  // Not closed, as after kill -9.
  const second = openSqs({ dir, queues: queues({ visibility: 600 }) });
  const messages = await second.receive(arn('work'), 10, 0);
  expect(messages.map(({ Body }) => Body).sort()).toEqual(['one', 'two']);
  expect(messages.find(({ Body }) => Body === 'one')?.Attributes?.ApproximateReceiveCount).toBe('2');
  second.remove(
    arn('work'),
    messages.map(({ ReceiptHandle }) => ReceiptHandle),
  );
  second.close();
  first.close();
  const third = openSqs({ dir, queues: queues() });
  expect(await third.receive(arn('work'), 10, 0)).toEqual([]);
  third.close();
});

it('a message that is not removed comes again after its visibility timeout, and at last is a dead letter', async () => {
  const sqs = openSqs({ dir: scratchFolder(), queues: queues({ visibility: 1, attempts: 2 }) });
  sqs.send(arn('work'), 'poison');
  expect(await sqs.receive(arn('work'), 1, 0)).toHaveLength(1);
  expect(await sqs.receive(arn('work'), 1, 0)).toHaveLength(0);
  expect(await sqs.receive(arn('work'), 1, 5)).toHaveLength(1);
  expect(await sqs.receive(arn('work'), 1, 1.2)).toHaveLength(0);
  const [letter] = await sqs.receive(arn('dead-letters'), 1, 0);
  expect(letter?.Body).toBe('poison');
  sqs.close();
});

it('a dead letter is still there after a start', async () => {
  const dir = scratchFolder();
  const first = openSqs({ dir, queues: queues({ visibility: 0, attempts: 1 }) });
  first.send(arn('work'), 'poison');
  await first.receive(arn('work'), 1, 0);
  await first.receive(arn('work'), 1, 0);
  first.close();
  const second = openSqs({ dir, queues: queues() });
  expect((await second.receive(arn('dead-letters'), 1, 0))[0]?.Body).toBe('poison');
  second.close();
});

it('a long poll ends with the first message, and release ends it without one', async () => {
  const sqs = openSqs({ dir: scratchFolder(), queues: queues() });
  const waiting = sqs.receive(arn('work'), 10, 20);
  sqs.send(arn('work'), 'now');
  expect(await waiting).toHaveLength(1);
  const inVain = sqs.receive(arn('work'), 10, 20);
  sqs.release();
  expect(await inVain).toEqual([]);
  sqs.close();
});

it('a queue that is there takes the attributes of the template', async () => {
  const dir = scratchFolder();
  openSqs({ dir, queues: queues({ visibility: 600, attempts: 1 }) }).close();
  const sqs = openSqs({ dir, queues: queues({ visibility: 0, attempts: 50 }) });
  sqs.send(arn('work'), 'again');
  for (const _ of [1, 2, 3]) expect(await sqs.receive(arn('work'), 1, 0)).toHaveLength(1);
  sqs.close();
});

it('a damaged folder stops the start with the mend', () => {
  const dir = scratchFolder();
  writeFileSync(join(dir, 'fauxqs.db'), 'this is no database, but long enough to be taken for one'.repeat(20));
  expect(() => openSqs({ dir, queues: queues() })).toThrow(`The queues in ${dir} cannot be opened`);
});

function scratchFolder(): string {
  folders.push(mkdtempSync(join(tmpdir(), 'in-writing-queues-')));
  return folders.at(-1)!;
}

/** `work`, whose dead letters go to `dead-letters`; visibility in seconds. */
function queues({ visibility = 30, attempts = 3 } = {}): QueuePlan[] {
  const redrive = JSON.stringify({ deadLetterTargetArn: arn('dead-letters'), maxReceiveCount: attempts });
  const plan = (name: string, attributes: Record<string, string>) => ({
    logicalId: name,
    name,
    arn: arn(name),
    url: `http://127.0.0.1:1/000000000000/${name}`,
    attributes,
  });
  return [plan('dead-letters', {}), plan('work', { VisibilityTimeout: String(visibility), RedrivePolicy: redrive })];
}
