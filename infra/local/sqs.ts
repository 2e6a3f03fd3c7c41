import { mkdirSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
// fauxqs offers its parts only behind a server of its own, which listens on every interface and knows no IAM.
import { PersistenceManager } from '../../node_modules/fauxqs/dist/persistence.js';
import { SnsStore } from '../../node_modules/fauxqs/dist/sns/snsStore.js';
import { changeMessageVisibility } from '../../node_modules/fauxqs/dist/sqs/actions/changeMessageVisibility.js';
import { changeMessageVisibilityBatch } from '../../node_modules/fauxqs/dist/sqs/actions/changeMessageVisibilityBatch.js';
import { deleteMessage } from '../../node_modules/fauxqs/dist/sqs/actions/deleteMessage.js';
import { deleteMessageBatch } from '../../node_modules/fauxqs/dist/sqs/actions/deleteMessageBatch.js';
import { getQueueAttributes } from '../../node_modules/fauxqs/dist/sqs/actions/getQueueAttributes.js';
import { getQueueUrl } from '../../node_modules/fauxqs/dist/sqs/actions/getQueueUrl.js';
import { receiveMessage } from '../../node_modules/fauxqs/dist/sqs/actions/receiveMessage.js';
import { sendMessage } from '../../node_modules/fauxqs/dist/sqs/actions/sendMessage.js';
import { sendMessageBatch } from '../../node_modules/fauxqs/dist/sqs/actions/sendMessageBatch.js';
import { SqsStore } from '../../node_modules/fauxqs/dist/sqs/sqsStore.js';
import type { AwsRequest, AwsService, Need } from './gateway.ts';
import type { QueuePlan } from './plan.ts';

export interface Sqs extends AwsService {
  /** Puts a message into a queue; it is on disk when this returns. */
  send(queueArn: string, body: string): void;
  /** Long polling: up to `max` messages (10 at most), or none after `seconds`. */
  receive(queueArn: string, max: number, seconds: number): Promise<Message[]>;
  remove(queueArn: string, receiptHandles: string[]): void;
  /** Ends all long polls, so that the stack can stop. */
  release(): void;
  close(): void;
}

/** As ReceiveMessage returns it, with all system attributes. */
export interface Message {
  MessageId: string;
  ReceiptHandle: string;
  MD5OfBody: string;
  Body: string;
  Attributes?: Record<string, string>;
  MessageAttributes?: Record<string, { DataType: string; StringValue?: string; BinaryValue?: string }>;
}

/**
 * SQS is fauxqs on SQLite, without its server: queues of the plan are created, or kept and given the plan's attributes.
 * What was in flight when the last process ended is visible at once: nobody works on it any more.
 * Throws a sentence when the folder is damaged.
 */
export function openSqs({ dir, queues }: { dir: string; queues: QueuePlan[] }): Sqs {
  const persistence = openPersistence(dir);
  const store = new SqsStore();
  persistence.loadSqsAndSns(store, new SnsStore());
  store.persistence = persistence;
  for (const plan of queues) provide(store, plan, persistence);
  const urls = new Map(queues.map(({ arn, url }) => [arn, url]));
  const arns = new Map(queues.map(({ arn, name }) => [name, arn]));
  const urlOf = (arn: string) => urls.get(arn) ?? arn;

  return {
    needs: (request) => needs(request, arns),
    async handle({ message, body }, response) {
      try {
        const { run } = operationOf(message.headers['x-amz-target']);
        answer(response, 200, await run(JSON.parse(String(body)), store, message));
      } catch (error) {
        fail(response, error as SqsFailure);
      }
    },
    send: (arn, body) => void sendMessage({ QueueUrl: urlOf(arn), MessageBody: body }, store),
    async receive(arn, max, seconds) {
      const wanted = {
        QueueUrl: urlOf(arn),
        MaxNumberOfMessages: max,
        WaitTimeSeconds: seconds,
        AttributeNames: ['All'],
      };
      return ((await receiveMessage(wanted, store)) as { Messages?: Message[] }).Messages ?? [];
    },
    remove(arn, receiptHandles) {
      const Entries = receiptHandles.map((ReceiptHandle, index) => ({ Id: `${index}`, ReceiptHandle }));
      if (Entries.length) persistence.atOnce(() => deleteMessageBatch({ QueueUrl: urlOf(arn), Entries }, store));
    },
    release: () => store.shutdown(),
    close: () => persistence.close(),
  };
}

interface Persistence extends PersistenceManager {
  /** Several writes as one transaction. */
  atOnce<T>(work: () => T): T;
}

function openPersistence(dir: string): Persistence {
  try {
    mkdirSync(dir, { recursive: true });
    const persistence = new PersistenceManager(dir);
    const { db } = persistence as unknown as { db: Database };
    // A killed process loses nothing by this, only a power cut could; and a message costs no wait for the disk.
    db.exec('PRAGMA synchronous = NORMAL');
    const ready = 'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL';
    db.exec(ready);
    // fauxqs 2.4.1 sets a NOT NULL column to NULL here, and a message whose visibility is set to 0 is lost.
    const makeReady = db.prepare(`${ready} WHERE message_id = ?`);
    persistence.updateMessageReady = (messageId) => void makeReady.run(messageId);
    return Object.assign(persistence, { atOnce: <T>(work: () => T) => atOnce(db, work) });
  } catch (error) {
    throw new Error(
      `The queues in ${dir} cannot be opened (${(error as Error).message}): move the data folder away and start with an empty one.`,
    );
  }
}

interface Database {
  exec(sql: string): void;
  prepare(sql: string): { run(...values: unknown[]): unknown };
}

function atOnce<T>(db: Database, work: () => T): T {
  db.exec('BEGIN');
  try {
    return work();
  } finally {
    db.exec('COMMIT');
  }
}

function provide(store: SqsStore, { name, arn, url, attributes }: QueuePlan, persistence: Persistence): void {
  const queue = store.getQueueByName(name) ?? store.createQueue(name, url, arn, attributes);
  queue.persistence = persistence;
  queue.setAttributes({ RedrivePolicy: '', ...attributes });
  // Moving to the dead-letter queue is a removal and an insertion: a kill in between must not lose the message.
  const dequeue = queue.dequeue.bind(queue);
  queue.dequeue = (...args) => persistence.atOnce(() => dequeue(...args));
}

// biome-ignore lint/suspicious/noExplicitAny: fauxqs takes the parameters, and a request that it hardly looks at, as they come.
type Run = (parameters: any, store: SqsStore, request?: any) => unknown;

/** Operations, and the IAM action of each: batches have none of their own. */
const operations: Record<string, { action: string; run: Run }> = {
  ChangeMessageVisibility: { action: 'sqs:ChangeMessageVisibility', run: changeMessageVisibility },
  ChangeMessageVisibilityBatch: { action: 'sqs:ChangeMessageVisibility', run: changeMessageVisibilityBatch },
  DeleteMessage: { action: 'sqs:DeleteMessage', run: deleteMessage },
  DeleteMessageBatch: { action: 'sqs:DeleteMessage', run: deleteMessageBatch },
  GetQueueAttributes: { action: 'sqs:GetQueueAttributes', run: getQueueAttributes },
  GetQueueUrl: { action: 'sqs:GetQueueUrl', run: getQueueUrl },
  ReceiveMessage: { action: 'sqs:ReceiveMessage', run: receiveMessage },
  SendMessage: { action: 'sqs:SendMessage', run: sendMessage },
  SendMessageBatch: { action: 'sqs:SendMessage', run: sendMessageBatch },
};

/** `AmazonSQS.SendMessage` → the operation. */
function operationOf(target: string | string[] | undefined) {
  const name = String(target).split('.').at(-1)!;
  const operation = operations[name];
  if (operation) return operation;
  throw Object.assign(new Error(`The local SQS does not know ${name}.`), {
    code: 'UnsupportedOperation',
    statusCode: 400,
  });
}

function needs({ message, body }: AwsRequest, arns: Map<string, string>): Need[] {
  const name = String(message.headers['x-amz-target']).split('.').at(-1)!;
  const { QueueUrl, QueueName } = JSON.parse(String(body));
  const queue = QueueName ?? String(QueueUrl).split('/').at(-1);
  const resource = arns.get(queue) ?? `arn:aws:sqs:us-east-1:000000000000:${queue}`;
  return [{ action: operations[name]?.action ?? `sqs:${name}`, resource }];
}

interface SqsFailure extends Error {
  code?: string;
  statusCode?: number;
  /** `AWS.SimpleQueueService.NonExistentQueue;Sender`: the name that the SDK shows. */
  queryErrorHeader?: string;
}

function fail(response: ServerResponse, error: SqsFailure): void {
  if (error.queryErrorHeader) response.setHeader('x-amzn-query-error', error.queryErrorHeader);
  const __type = `com.amazonaws.sqs#${error.code ?? 'InternalFailure'}`;
  answer(response, error.statusCode ?? 500, { __type, message: error.message });
}

function answer(response: ServerResponse, status: number, result: unknown): void {
  const body = Buffer.from(JSON.stringify(result ?? {}));
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'content-length': body.length }).end(body);
}
