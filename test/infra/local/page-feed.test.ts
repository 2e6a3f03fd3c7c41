import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openChanges } from '../../../infra/local/changes.ts';
import { streamFeed } from '../../../infra/local/page-feed.ts';
import { openTrace, type Step, type Trace } from '../../../infra/local/trace.ts';
import { until } from '../../local-stack.ts';

let subscribers = 0;
const trace = counted(openTrace());
const server = createServer((_, response) => streamFeed({ trace, changes: openChanges([]) }, response));
let address: string;

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((closed) => server.close(closed)));

test('of a flood the page gets the end and the number of what it missed, and a closed page costs nothing', async () => {
  const stop = new AbortController();
  const { body } = await fetch(address, { signal: stop.signal });
  await until(() => subscribers === 1);
  for (let number = 1; number <= 600; number += 1) trace.add(call({ ms: number }));

  const events = await firstEvents(body!);
  expect(events[0]).toEqual({ kind: 'skipped', count: 100 });
  expect([events[1].ms, events.at(-1).ms, events.length]).toEqual([101, 600, 501]);

  stop.abort();
  await until(() => subscribers === 0);
});

test('what the operator does, and polls of empty queues, are left out', async () => {
  const stop = new AbortController();
  const { body } = await fetch(address, { signal: stop.signal });
  await until(() => subscribers === 1);
  trace.add(call({ from: 'operator' }));
  trace.add(call({ action: 'sqs:ReceiveMessage', ms: 20_001 }));
  trace.add(call({ action: 'sqs:ReceiveMessage', ms: 300 }));
  expect((await firstEvents(body!)).map(({ action, ms }) => [action, ms])).toEqual([['sqs:ReceiveMessage', 300]]);
  stop.abort();
  await until(() => subscribers === 0);
});

function call(change: Partial<Step>): Step {
  const at = new Date().toISOString();
  const decision = { allowed: true, because: 'a test', status: 200, ms: 1 };
  const what = { from: 'inbound-mail', service: 'sqs', action: 'sqs:SendMessage', resource: '*' };
  return { kind: 'call', at, ...what, ...decision, ...change };
}

// biome-ignore lint/suspicious/noExplicitAny: events of several kinds, compared field by field.
async function firstEvents(body: ReadableStream<Uint8Array>): Promise<any[]> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (let text = ''; ; ) {
    text += (await reader.read()).value ?? '';
    const message = /^data: (.*)\n\n/m.exec(text);
    if (message) return JSON.parse(message[1]!);
  }
}

function counted(inner: Trace): Trace {
  return {
    ...inner,
    subscribe(subscriber) {
      subscribers += 1;
      const end = inner.subscribe(subscriber);
      return () => {
        subscribers -= 1;
        end();
      };
    },
  };
}
