import { mkdirSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AwsRequest, AwsService, Need } from './gateway.ts';
import type { TablePlan } from './plan.ts';

export interface DynamoDb extends AwsService {
  /** Waits for what is being written. */
  close(): Promise<void>;
}

/**
 * DynamoDB is dynalite on LevelDB: tables of the plan are created, existing ones are kept with what is in them.
 * It has no transactions, streams, TTL or PartiQL. Its operations are called without its HTTP server, which throws
 * internal errors out of the process. Throws a sentence when the folder is damaged or a table has other keys.
 */
export async function openDynamoDb({ dir, tables }: { dir: string; tables: TablePlan[] }): Promise<DynamoDb> {
  const store = await openStore(dir);
  for (const table of tables) await provide(store, table, dir);
  hurry(store);
  const arns = new Map(tables.map(({ name, arn }) => [name, arn]));
  const arnOf = (name: string) => arns.get(name) ?? `arn:aws:dynamodb:us-east-1:000000000000:table/${name}`;

  return {
    needs: (request) => needs(request, arnOf),
    async handle({ message, body }, response) {
      try {
        const result = await run(store, operationOf(message.headers['x-amz-target']), JSON.parse(String(body)));
        answer(response, 200, result);
      } catch (error) {
        const known = error as { statusCode?: number; body?: object; message: string };
        const internal = { __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError', message: known.message };
        answer(response, known.statusCode ?? 500, known.body ?? internal);
      }
    },
    close: () => store.db.close(),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: dynalite 4.0.0 (exactly pinned) comes without types.
type Untyped = any;
const load: Untyped = createRequire(import.meta.url);

async function openStore(dir: string): Promise<Untyped> {
  mkdirSync(dir, { recursive: true });
  const store = load('dynalite/db/index.js').create({ path: dir, createTableMs: 0 });
  try {
    await store.db.open();
    return store;
  } catch (error) {
    const cause = (error as Error).cause ?? error;
    throw new Error(
      `The tables in ${dir} cannot be opened (${(cause as Error).message}): move the data folder away and start with an empty one.`,
    );
  }
}

/** One operation: dynalite's own checks of the parameters, then its action. Rejects with its error. */
function run(store: Untyped, operation: string, parameters: object): Promise<object> {
  const name = operation.charAt(0).toLowerCase() + operation.slice(1);
  const { types, custom } = validationsOf(name);
  const validations = load('dynalite/validations/index.js');
  const data = validations.checkTypes(parameters, types);
  validations.checkValidations(data, types, custom, store);
  return new Promise((resolve, reject) => {
    load(`dynalite/actions/${name}.js`)(store, data, (error: unknown, result: object) =>
      error ? reject(error) : resolve(result),
    );
  });
}

function validationsOf(name: string): Untyped {
  try {
    return load(`dynalite/validations/${name}.js`);
  } catch {
    const message = `The local DynamoDB does not know ${name}: it has no transactions, streams, TTL or PartiQL.`;
    const body = { __type: 'com.amazon.coral.service#UnknownOperationException', message };
    throw Object.assign(new Error(message), { statusCode: 400, body });
  }
}

async function provide(store: Untyped, plan: TablePlan, dir: string): Promise<void> {
  const found = await lookUp(store, plan.name);
  if (!found) await run(store, 'CreateTable', creation(plan));
  else if (shape(found.KeySchema, found.GlobalSecondaryIndexes) !== shape(plan.keySchema, plan.indexes)) {
    const mend = `remove ${dir} to start with empty tables, or set DATA_DIR to another folder`;
    throw new Error(`The table ${plan.name} has other keys or indexes than the template: ${mend}.`);
  }
  // dynalite marks a table as active a moment later; a kill in between must not leave it unusable.
  const table = found ?? (await lookUp(store, plan.name));
  const indexes = table.GlobalSecondaryIndexes?.map((index: object) => ({ ...index, IndexStatus: 'ACTIVE' }));
  const active = { ...table, TableStatus: 'ACTIVE', ...(indexes && { GlobalSecondaryIndexes: indexes }) };
  await new Promise((done) => store.tableDb.put(plan.name, active, done));
}

/**
 * From now on tables are looked up in memory, for their shape does not change while the stack runs, and items are read
 * at once instead of by a thread: from LevelDB's memory and the system's cache that is faster than waking a thread.
 */
function hurry(store: Untyped): void {
  const known = new Map<string, object>();
  const { getTable, db } = store;
  store.getTable = (name: string, ...rest: Untyped[]) => {
    const callback = rest.at(-1);
    const table = known.get(name);
    if (table) return callback(null, table);
    getTable(name, rest.length === 1 || rest[0], (error: unknown, found: object) => {
      if (!error) known.set(name, found);
      callback(error, found);
    });
  };
  db.get = (key: string, callback: Untyped) => {
    try {
      const value = db.getSync(key);
      queueMicrotask(() => callback(null, value));
    } catch (error) {
      queueMicrotask(() => callback(error));
    }
  };
}

function lookUp(store: Untyped, name: string): Promise<Untyped> {
  return new Promise((resolve) => store.getTable(name, false, (_: unknown, table: object) => resolve(table)));
}

function creation({ name, attributes, keySchema, indexes }: TablePlan): object {
  return {
    TableName: name,
    AttributeDefinitions: attributes,
    KeySchema: keySchema,
    BillingMode: 'PAY_PER_REQUEST',
    ...(indexes.length && { GlobalSecondaryIndexes: indexes }),
  };
}

type KeySchema = TablePlan['keySchema'];

/** What must not differ between a table that is there and the plan, as comparable text. */
function shape(keySchema: KeySchema, indexes: { IndexName: string; KeySchema: KeySchema }[] = []): string {
  const keys = (schema: KeySchema) => schema.map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`);
  return JSON.stringify([keys(keySchema), indexes.map((i) => [i.IndexName, keys(i.KeySchema)]).sort()]);
}

/** Each table that a batch names; a query of an index asks for the index, not for its table. */
function needs({ message, body }: AwsRequest, arnOf: (name: string) => string): Need[] {
  const operation = operationOf(message.headers['x-amz-target']);
  const { TableName, IndexName, RequestItems } = JSON.parse(String(body));
  const tables: string[] = RequestItems ? Object.keys(RequestItems) : TableName ? [TableName] : [];
  const resources = tables.map((name) => (IndexName ? `${arnOf(name)}/index/${IndexName}` : arnOf(name)));
  return (resources.length ? resources : ['*']).map((resource) => ({ action: `dynamodb:${operation}`, resource }));
}

/** `DynamoDB_20120810.PutItem` → `PutItem`. */
function operationOf(target: string | string[] | undefined): string {
  return String(target).split('.').at(-1)!;
}

function answer(response: ServerResponse, status: number, result: object): void {
  const body = Buffer.from(JSON.stringify(result));
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'content-length': body.length }).end(body);
}
