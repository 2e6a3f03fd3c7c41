import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Change, openChanges } from '../../../infra/local/changes.ts';
import { openDynamoDb } from '../../../infra/local/dynamodb.ts';
import { until } from '../../local-stack.ts';
import { serve } from './serve.ts';

const dir = mkdtempSync(join(tmpdir(), 'in-writing-changes-'));
const table = {
  logicalId: 'Things',
  name: 'things',
  arn: 'arn:aws:dynamodb:us-east-1:000000000000:table/things',
  attributes: [{ AttributeName: 'id', AttributeType: 'S' }],
  keySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  indexes: [],
};
const changes = openChanges([table]);
let dynamodb: Awaited<ReturnType<typeof openDynamoDb>>;
let server: Awaited<ReturnType<typeof serve>>;
let client: DynamoDBDocumentClient;

beforeAll(async () => {
  dynamodb = await openDynamoDb({ dir, tables: [table] });
  server = await serve(() => changes.watch(dynamodb));
  client = DynamoDBDocumentClient.from(new DynamoDBClient(server.client));
});
afterAll(async () => {
  client.destroy();
  await server.close();
  await dynamodb.close();
  rmSync(dir, { recursive: true, force: true });
});

const TableName = 'things';
const key = { id: { S: 'a' } };

test('a put, an update and a delete each tell the item before and after', async () => {
  const seen: Change[] = [];
  const end = changes.subscribe((change) => seen.push(change));
  await client.send(new PutCommand({ TableName, Item: { id: 'a', weight: 1 } }));
  const UpdateExpression = 'SET weight = :two';
  const ExpressionAttributeValues = { ':two': 2 };
  await client.send(new UpdateCommand({ TableName, Key: { id: 'a' }, UpdateExpression, ExpressionAttributeValues }));
  await client.send(new DeleteCommand({ TableName, Key: { id: 'a' } }));
  await until(() => seen.length === 3);
  end();
  const one = { ...key, weight: { N: '1' } };
  const two = { ...key, weight: { N: '2' } };
  expect(seen.map(({ before, after }) => [before, after])).toEqual([
    [undefined, one],
    [one, two],
    [two, undefined],
  ]);
  expect(seen[0]).toMatchObject({ by: 'operator', table: 'things', key });
});

test('a write whose condition fails tells nothing', async () => {
  const seen: Change[] = [];
  const end = changes.subscribe((change) => seen.push(change));
  const refused = new PutCommand({ TableName, Item: { id: 'b' }, ConditionExpression: 'attribute_exists(id)' });
  await expect(client.send(refused)).rejects.toThrow('conditional');
  await client.send(new PutCommand({ TableName, Item: { id: 'c' } }));
  await until(() => seen.length > 0);
  end();
  expect(seen.map((change) => change.key)).toEqual([{ id: { S: 'c' } }]);
});

test('without a listener nothing is read besides the write itself', async () => {
  let handled = 0;
  const counting = changes.watch({
    ...dynamodb,
    handle: async () => {
      handled += 1;
    },
  });
  const message = { headers: { 'x-amz-target': 'DynamoDB_20120810.PutItem' } };
  const body = Buffer.from(JSON.stringify({ TableName, Item: { id: { S: 'd' } } }));
  await counting.handle({ message, body } as never, {} as never);
  expect(handled).toBe(1);
});
