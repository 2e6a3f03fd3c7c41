import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, expect, it } from 'vitest';
import { type DynamoDb, openDynamoDb } from '../../../infra/local/dynamodb.ts';
import { openGateway } from '../../../infra/local/gateway.ts';
import type { TablePlan } from '../../../infra/local/plan.ts';
import { openTrace } from '../../../infra/local/trace.ts';

const table: TablePlan = {
  logicalId: 'Things',
  name: 'things',
  arn: 'arn:aws:dynamodb:us-east-1:000000000000:table/things',
  attributes: ['id', 'open'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  keySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  indexes: [
    {
      IndexName: 'open',
      KeySchema: [{ AttributeName: 'open', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

it('items are there after the stack was stopped and started again', async () => {
  const dir = scratchFolder();
  const first = await connect(dir);
  await first.client.send(new PutItemCommand({ TableName: 'things', Item: { id: { S: 'a' }, open: { S: 'yes' } } }));
  await first.close();

  const { client } = await connect(dir);
  const { Item } = await client.send(new GetItemCommand({ TableName: 'things', Key: { id: { S: 'a' } } }));
  expect(Item?.open?.S).toBe('yes');
  const byIndex = { TableName: 'things', IndexName: 'open', KeyConditionExpression: '#o = :o' };
  const values = { ExpressionAttributeNames: { '#o': 'open' }, ExpressionAttributeValues: { ':o': { S: 'yes' } } };
  expect((await client.send(new QueryCommand({ ...byIndex, ...values }))).Count).toBe(1);
});

it('a conditional write that fails is told apart from an error', async () => {
  const { client } = await connect(scratchFolder());
  const put = new PutItemCommand({
    TableName: 'things',
    Item: { id: { S: 'a' } },
    ConditionExpression: 'attribute_not_exists(id)',
  });
  await client.send(put);
  await expect(client.send(put)).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
});

it('a table or an operation that is not there is an error with a name, and the process lives on', async () => {
  const { client, url } = await connect(scratchFolder());
  const missing = new GetItemCommand({ TableName: 'nothing', Key: { id: { S: 'a' } } });
  await expect(client.send(missing)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  const headers = {
    authorization: 'Credential=KEY/1/us-east-1/dynamodb/aws4_request',
    'x-amz-target': 'D.TransactWriteItems',
  };
  const response = await fetch(url, { method: 'POST', headers, body: '{"TransactItems":[]}' });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain('it has no transactions');
});

it('a table whose keys differ from the template stops the start with the mend', async () => {
  const dir = scratchFolder();
  await (await openDynamoDb({ dir, tables: [table] })).close();
  const changed = { ...table, keySchema: [{ AttributeName: 'name', KeyType: 'HASH' }] };
  await expect(openDynamoDb({ dir, tables: [changed] })).rejects.toThrow(
    `The table things has other keys or indexes than the template: remove ${dir} to start with empty tables`,
  );
});

it('a damaged folder stops the start with the mend', async () => {
  const dir = scratchFolder();
  await (await openDynamoDb({ dir, tables: [table] })).close();
  writeFileSync(join(dir, 'CURRENT'), 'garbage');
  await expect(openDynamoDb({ dir, tables: [table] })).rejects.toThrow(`move the data folder away`);
  expect(readdirSync(dir)).toContain('CURRENT');
});

it.each([
  ['PutItem', { TableName: 'things' }, ['dynamodb:PutItem things']],
  ['Query', { TableName: 'things' }, ['dynamodb:Query things']],
  ['Query', { TableName: 'things', IndexName: 'open' }, ['dynamodb:Query things/index/open']],
  [
    'BatchGetItem',
    { RequestItems: { things: {}, more: {} } },
    ['dynamodb:BatchGetItem things', 'dynamodb:BatchGetItem more'],
  ],
  ['ListTables', {}, ['dynamodb:ListTables *']],
])('%s of %j asks IAM for %j', async (operation, parameters, wanted) => {
  const dynamodb = await openDynamoDb({ dir: scratchFolder(), tables: [table] });
  cleanUp.push(dynamodb.close);
  const message = { headers: { 'x-amz-target': `DynamoDB_20120810.${operation}` } };
  const request = { message, body: Buffer.from(JSON.stringify(parameters)) } as never;
  const asked = dynamodb.needs(request).map(({ action, resource }) => `${action} ${resource.split('table/').at(-1)}`);
  expect(asked).toEqual(wanted);
});

function scratchFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'in-writing-tables-'));
  cleanUp.push(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

async function connect(dir: string) {
  const dynamodb = await openDynamoDb({ dir, tables: [table] });
  const principals = new Map([['KEY', { caller: 'operator', statements: [] }]]);
  const authorize = () => ({ allowed: true, because: 'a test' });
  const gateway = openGateway({ services: { dynamodb }, principals, authorize, trace: openTrace() });
  const server = createServer(gateway.listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'KEY', secretAccessKey: 'secret' };
  const client = new DynamoDBClient({ endpoint: url, region: 'us-east-1', credentials });
  const close = closeOnce(client, server, dynamodb);
  cleanUp.push(close);
  return { client, url, close };
}

function closeOnce(client: DynamoDBClient, server: Server, dynamodb: DynamoDb): () => Promise<void> {
  let closing: Promise<void> | undefined;
  const close = async () => {
    client.destroy();
    server.close();
    server.closeAllConnections();
    await dynamodb.close();
  };
  return () => {
    closing ??= close();
    return closing;
  };
}
