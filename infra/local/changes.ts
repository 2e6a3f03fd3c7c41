import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AwsRequest, AwsService } from './gateway.ts';
import type { TablePlan } from './plan.ts';

/** One item that a call changed. Items are in DynamoDB's own JSON: `{"subject":{"S":"…"}}`. */
export interface Change {
  at: string;
  /** Who wrote: the function's name or `operator`. */
  by: string;
  /** Name of the table. */
  table: string;
  key: Item;
  /** Absent when the item was not there. */
  before?: Item;
  /** Absent when the item is gone. */
  after?: Item;
}

export type Item = Record<string, unknown>;

export interface Changes {
  /** The same service, watched. */
  watch(service: AwsService): AwsService;
  /** Returns the function that ends the subscription. */
  subscribe(subscriber: (change: Change) => void): () => void;
}

/**
 * Shows what each put, update and delete changes. It reads the item before and after the call, and only while somebody
 * listens: otherwise a call costs nothing more. Batches are left out, since they load tables and would drown the rest.
 */
export function openChanges(tables: TablePlan[]): Changes {
  const feed = new EventEmitter();
  const keysOf = new Map(tables.map(({ name, keySchema }) => [name, keySchema.map((key) => key.AttributeName)]));
  return {
    watch: (service) => ({
      ...service,
      async handle(request, response) {
        const write = feed.listenerCount('change') > 0 && writeIn(request, keysOf);
        if (!write) return service.handle(request, response);
        const before = await read(service, write);
        await service.handle(request, response);
        if (response.statusCode !== 200) return;
        const after = await read(service, write);
        const change: Change = { at: new Date().toISOString(), by: request.caller, ...write, before, after };
        // The trace tells the call in the next turn; what it changed comes after it.
        setImmediate(() => setImmediate(() => feed.emit('change', change)));
      },
    }),
    subscribe(subscriber) {
      feed.on('change', subscriber);
      return () => feed.off('change', subscriber);
    },
  };
}

interface Write {
  table: string;
  key: Item;
}

/** The item that a request writes; undefined for every other request. */
function writeIn({ message, body }: AwsRequest, keysOf: Map<string, string[]>): Write | undefined {
  if (!/\.(Put|Update|Delete)Item$/.test(String(message.headers['x-amz-target']))) return undefined;
  const { TableName: table, Key, Item } = JSON.parse(String(body));
  const names = keysOf.get(table);
  if (!names || !(Key ?? Item)) return undefined;
  return { table, key: Key ?? Object.fromEntries(names.map((name) => [name, Item[name]])) };
}

/** Asks the service itself, past IAM and the trace: what the page looks at is not a call of the system. */
async function read(service: AwsService, { table, key }: Write): Promise<Item | undefined> {
  let answer = '{}';
  const headers = { 'x-amz-target': 'DynamoDB_20120810.GetItem' };
  const request = {
    message: { headers } as unknown as IncomingMessage,
    url: new URL('http://127.0.0.1/'),
    body: Buffer.from(JSON.stringify({ TableName: table, Key: key, ConsistentRead: true })),
    caller: 'operator',
  };
  const response = {
    writeHead: () => response,
    end: (text: Buffer) => {
      answer = String(text);
    },
  };
  await service.handle(request, response as unknown as ServerResponse);
  return JSON.parse(answer).Item;
}
