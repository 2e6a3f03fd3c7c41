import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Context, SQSEvent } from 'aws-lambda';
import { handler } from '../../../functions/directory-sync/handler.ts';
import { openS3 } from '../../../infra/local/s3.ts';
import { forgetClients, s3 } from '../../../shared/aws.ts';
import { type ImportProgress, type ImportResult, progressKey, resultKey } from '../../../shared/members/imports.ts';
import { type MembersTable, openMembersTable } from '../../shared/members/members-table.ts';

/** The function directory-sync with its bucket, table and queue around it, and the test in the place of Lambda. */
export interface Intake {
  table: MembersTable;
  /** Messages that wait; S3 and the function itself put them there. */
  queue: { body: string; delay: number }[];
  put(key: string, body: string | Buffer): Promise<void>;
  /** Invokes the function with the next message; what it reports as failed goes back into the queue. */
  invoke(options?: { msLeft?(): number }): Promise<{ failed: boolean }>;
  /** Until the queue is empty; the number of invocations. */
  drain(options?: { msLeft?(): number }): Promise<number>;
  result(key: string): Promise<ImportResult>;
  progress(key: string): Promise<ImportProgress>;
  /** Called before each request of the function reaches its service; one that throws breaks the connection. */
  beforeRequest: (service: string, operation: string) => void;
  close(): Promise<void>;
}

const bucket = 'intake';
const queueArn = 'arn:aws:sqs:us-east-1:000000000000:directory-sync-queue';

export async function openIntake(): Promise<Intake> {
  const table = await openMembersTable();
  const dir = await mkdtemp(join(tmpdir(), 'intake-'));
  const dynamoEndpoint = process.env.AWS_ENDPOINT_URL!;
  const queue: Intake['queue'] = [];
  const objects = openS3({
    dir,
    region: 'us-east-1',
    buckets: [plan],
    notify: async (_queue, _bucket, body) => void queue.push({ body, delay: 0 }),
  });
  const server = createServer((request, response) => void serve(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  forgetClients();

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const service = /Credential=[^/]+\/\d+\/[^/]+\/(\w+)/.exec(message.headers.authorization ?? '')?.[1] ?? '';
    const operation = String(message.headers['x-amz-target'] ?? `${message.method} ${message.url}`);
    try {
      intake.beforeRequest(service, operation);
    } catch {
      return void message.socket.destroy();
    }
    if (service === 's3') {
      const url = new URL(message.url!, 'http://127.0.0.1');
      return objects.handle({ message, url, caller: 'test' }, response);
    }
    const body = await buffer(message);
    if (service === 'sqs') return accept(JSON.parse(String(body)), response);
    const headers = Object.entries(message.headers).filter(([name]) => /^(x-amz|auth|content-type)/.test(name));
    const answer = await fetch(dynamoEndpoint, { method: 'POST', headers: headers as [string, string][], body });
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  }

  function accept(sent: { QueueUrl: string; MessageBody: string; DelaySeconds: number }, response: ServerResponse) {
    if (sent.QueueUrl.endsWith('/000000000000/directory-sync-queue')) {
      queue.push({ body: sent.MessageBody, delay: sent.DelaySeconds });
    }
    const MD5OfMessageBody = createHash('md5').update(sent.MessageBody).digest('hex');
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify({ MessageId: '1', MD5OfMessageBody }));
  }

  const intake: Intake = {
    table,
    queue,
    beforeRequest: () => {},
    async put(Key, Body) {
      await s3().send(new PutObjectCommand({ Bucket: bucket, Key, Body: Buffer.from(Body) }));
    },
    async invoke({ msLeft = () => 900_000 } = {}) {
      const message = queue.shift()!;
      const answer = await handler(eventOf(message.body), contextOf(msLeft));
      const failed = answer!.batchItemFailures.length > 0;
      if (failed) queue.unshift(message);
      return { failed };
    },
    async drain(options) {
      let invocations = 0;
      for (; queue.length > 0; invocations += 1) {
        if ((await intake.invoke(options)).failed) throw new Error('The function failed.');
      }
      return invocations;
    },
    result: (key) => read(resultKey(key)),
    progress: (key) => read(progressKey(key)),
    async close() {
      s3().destroy();
      server.closeAllConnections();
      server.close();
      objects.close();
      await table.close();
      await rm(dir, { recursive: true });
    },
  };
  return intake;
}

const plan = {
  logicalId: 'Intake',
  name: bucket,
  arn: `arn:aws:s3:::${bucket}`,
  versioned: true,
  objectLock: false,
  notifications: [{ event: 's3:ObjectCreated:*', prefix: 'directory/', suffix: '.csv', queueArn }],
};

async function read<T>(Key: string): Promise<T> {
  const { Body } = await s3().send(new GetObjectCommand({ Bucket: bucket, Key }));
  return JSON.parse(await Body!.transformToString()) as T;
}

let invocation = 0;

const contextOf = (msLeft: () => number) =>
  ({
    awsRequestId: `invocation-${++invocation}`,
    functionName: 'directory-sync',
    functionVersion: '1',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:directory-sync',
    memoryLimitInMB: '1024',
    getRemainingTimeInMillis: msLeft,
  }) as Context;

const eventOf = (body: string): SQSEvent => ({
  Records: [
    {
      messageId: 'message',
      receiptHandle: 'receipt',
      body,
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: '0',
        SenderId: 'test',
        ApproximateFirstReceiveTimestamp: '0',
      },
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: queueArn,
      awsRegion: 'us-east-1',
    },
  ],
});
