import { createRequire } from 'node:module';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Stack } from '../../../infra/local/stack.ts';
import { clientSettings, endSmallStacks, startSmallStack } from './small-stack.ts';
import { apiResources, functionResources, queueResources, tableResource } from './small-template.ts';

const { resolve } = createRequire(import.meta.url);

/** A function that makes the call it is told to over HTTP, and answers with what came of it. */
const caller = `
  exports.handler = async ({ queryStringParameters: { client, command, input } }) => {
    const sdk = require({
      dynamodb: ${JSON.stringify(resolve('@aws-sdk/client-dynamodb'))},
      s3: ${JSON.stringify(resolve('@aws-sdk/client-s3'))},
      sqs: ${JSON.stringify(resolve('@aws-sdk/client-sqs'))},
    }[client]);
    const Client = { dynamodb: sdk.DynamoDBClient, s3: sdk.S3Client, sqs: sdk.SQSClient }[client];
    return new Client({}).send(new sdk[command + 'Command'](JSON.parse(input))).then(
      () => ({ outcome: 'done' }), ({ name, message }) => ({ outcome: name, message }));
  };`;

let stack: Stack;
beforeAll(async () => {
  const table = { 'Fn::GetAtt': ['Table', 'Arn'] };
  const allow = [
    { Action: ['dynamodb:GetItem', 'dynamodb:Query'], Resource: table },
    { Action: 's3:GetObject', Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, '/open/*']] } },
  ];
  const Resources = {
    ...functionResources('reader', { allow, timeout: 20, memory: 512 }),
    ...apiResources('reader'),
    ...tableResource,
    ...queueResources(),
    Bucket: { Type: 'AWS::S3::Bucket', Metadata: { 'aws:cdk:path': 'small/records/files/Resource' } },
  };
  stack = await startSmallStack({ Resources }, { reader: caller });
});
afterAll(endSmallStacks);

it('the operator may do everything, and each call is one step of the trace', async () => {
  const s3 = new S3Client(clientSettings(stack));
  await s3.send(new PutObjectCommand({ Bucket: 'small-records-files', Key: 'a b/c', Body: 'text' }));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'small-records-files', Key: 'a b/c' }));
  expect(await Body?.transformToString()).toBe('text');
  s3.destroy();
  expect(stack.trace.recent()).toContainEqual({
    kind: 'call',
    at: expect.any(String),
    from: 'operator',
    service: 's3',
    action: 's3:PutObject',
    resource: 'arn:aws:s3:::small-records-files/a b/c',
    allowed: true,
    because: '"the operator may do everything" allows it',
    status: 200,
    ms: expect.any(Number),
  });
});

it('a function may make the calls that its role allows', async () => {
  const input = { TableName: 'small-records-things', Key: { id: { S: 'a' } } };
  expect(await callAsReader('dynamodb', 'GetItem', input)).toEqual({ outcome: 'done' });
});

const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/small-records-things';
const query = { KeyConditionExpression: 'id = :a', ExpressionAttributeValues: { ':a': { S: 'a' } } };

it.each([
  ['dynamodb', 'PutItem', { TableName: 'small-records-things', Item: { id: { S: 'a' } } }, 'dynamodb:PutItem', table],
  [
    'dynamodb',
    'Query',
    { ...query, TableName: 'small-records-things', IndexName: 'open' },
    'dynamodb:Query',
    `${table}/index/open`,
  ],
  [
    's3',
    'GetObject',
    { Bucket: 'small-records-files', Key: 'closed/a' },
    's3:GetObject',
    'arn:aws:s3:::small-records-files/closed/a',
  ],
  [
    's3',
    'PutObject',
    { Bucket: 'small-records-files', Key: 'open/a', Body: 'x' },
    's3:PutObject',
    'arn:aws:s3:::small-records-files/open/a',
  ],
  [
    'sqs',
    'SendMessage',
    { QueueUrl: 'QUEUE', MessageBody: 'x' },
    'sqs:SendMessage',
    'arn:aws:sqs:us-east-1:000000000000:small-work-queue',
  ],
])(
  '%s refuses %s without a grant, and the error names function, action, resource and file',
  async (client, command, input, action, resource) => {
    const url = stack.plan.queues.find(({ name }) => name === 'small-work-queue')!.url;
    const { outcome, message } = await callAsReader(
      client,
      command,
      JSON.parse(JSON.stringify(input).replace('QUEUE', url)),
    );
    expect(outcome).toMatch(/^AccessDenied/);
    expect(message).toBe(
      `reader is not authorized to perform ${action} on ${resource}, because no policy of its role allows it: ` +
        'grant it in infra/constructs/reader.ts.',
    );
    const steps = stack.trace
      .recent()
      .filter((event) => event.kind === 'call' && event.from === 'reader' && !event.allowed);
    expect(steps).toContainEqual(expect.objectContaining({ action, resource }));
  },
);

it('a key that nobody was given is refused', async () => {
  const credentials = { accessKeyId: 'AKIASTRANGER', secretAccessKey: 'x' };
  const s3 = new S3Client({ ...clientSettings(stack), credentials });
  const reading = s3.send(new GetObjectCommand({ Bucket: 'small-records-files', Key: 'a' }));
  await expect(reading).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  s3.destroy();
});

it('a presigned URL is a call of whoever signed it', async () => {
  const signed = (keyId: string) =>
    `${stack.addresses.aws}/small-records-files/a%20b/c?X-Amz-Credential=${keyId}%2F20260101%2Fus-east-1%2Fs3%2Faws4_request`;
  expect((await fetch(signed(stack.credentials.accessKeyId))).status).toBe(200);
  expect((await fetch(signed('AKIASTRANGER'))).status).toBe(403);
});

it('a service that the stack does not have is named', async () => {
  const authorization = `AWS4-HMAC-SHA256 Credential=${stack.credentials.accessKeyId}/1/us-east-1/kms/aws4_request`;
  const response = await fetch(stack.addresses.aws, { method: 'POST', headers: { authorization }, body: '{}' });
  expect(await response.text()).toContain('The local stack has no service \\"kms\\"');
});

async function callAsReader(
  client: string,
  command: string,
  input: object,
): Promise<{ outcome: string; message?: string }> {
  const query = new URLSearchParams({ client, command, input: JSON.stringify(input) });
  return (await fetch(`${stack.addresses.http}/?${query}`)).json() as Promise<{ outcome: string }>;
}
