import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { createTransport } from 'nodemailer';
import { afterAll, expect, test } from 'vitest';
import { directoryCsv, optOutMail } from '../bench/mails.ts';
import { until } from '../local-stack.ts';
import { type StackFile, startStackProcess, stopStackProcess } from '../stack-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'in-writing-kill-'));
const dataDir = join(folder, 'data');
let stack: Awaited<ReturnType<typeof startStackProcess>> | undefined;
afterAll(async () => {
  if (stack) await stopStackProcess(stack.process);
  rmSync(folder, { recursive: true, force: true });
});

const mails = 12;
/** Milliseconds between SMTP's last yes and the kill: before, amid and behind the work on the mails. */
const moments = [0, 40, 150];

test('kill -9 at any moment after a mail was accepted: nothing is lost, and each member has one answer', async () => {
  stack = await startStackProcess(dataDir);
  await loadMembers(stack.file, mails * moments.length);
  for (const [round, moment] of moments.entries()) {
    await sendMails(stack.file, round * mails, (round + 1) * mails);
    await new Promise((resolve) => setTimeout(resolve, moment));
    await stopStackProcess(stack.process, 'SIGKILL');
    stack = await startStackProcess(dataDir);
  }
  const all = mails * moments.length;
  const { file } = stack;
  await until(async () => (await blocked(file)).length === all, 60);
  const sent = await until(async () => {
    const deliveries = await scan(file, 'DeliveriesTable');
    return deliveries.filter(({ sentAt }) => sentAt).length === all ? deliveries : undefined;
  }, 60);
  const requests = await scan(file, 'RequestsTable');
  expect(requests.map(({ state }) => state)).toEqual(Array(all).fill('granted'));
  expect(sent).toHaveLength(all);

  const answers = await answersPerMember(file);
  const possible = sent.filter(({ possibleDuplicate }) => possibleDuplicate).length;
  expect(Object.keys(answers)).toHaveLength(all);
  expect(Object.values(answers).reduce((sum, count) => sum + count, 0) - all).toBeLessThanOrEqual(possible);
}, 150_000);

async function loadMembers(file: StackFile, count: number): Promise<void> {
  const s3 = new S3Client(connection(file));
  const Bucket = file.outputs.IntakeBucket;
  await s3.send(new PutObjectCommand({ Bucket, Key: 'directory/delta-kill.csv', Body: directoryCsv(count) }));
  await until(async () => (await scan(file, 'MembersTable')).some(({ pk }) => pk === `member/m${count - 1}`), 60);
}

async function sendMails({ smtp }: StackFile, from: number, to: number): Promise<void> {
  const transport = createTransport({ url: smtp, pool: true, maxConnections: 4, tls: { rejectUnauthorized: false } });
  const numbers = Array.from({ length: to - from }, (_, place) => from + place);
  await Promise.all(
    numbers.map((number) => {
      const mail = optOutMail(number);
      return transport.sendMail({ envelope: { from: mail.from, to: 'privacy@inwriting.example' }, raw: mail.raw });
    }),
  );
  transport.close();
}

const blocked = async (file: StackFile) =>
  (await scan(file, 'OptOutsTable')).filter(
    (item) => Object.keys(item.scopes['profile-images'].blockedBy).length === 1,
  );

async function answersPerMember({ http }: StackFile): Promise<Record<string, number>> {
  const { messages } = (await (await fetch(`${http}/_local/mailbox`)).json()) as { messages: { to: string }[] };
  return Object.fromEntries(
    Object.entries(Object.groupBy(messages, ({ to }) => to)).map(([to, all]) => [to, all!.length]),
  );
}

async function scan(file: StackFile, table: string) {
  const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient(connection(file)));
  const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: file.outputs[table], ConsistentRead: true }));
  return Items;
}

const connection = ({ aws, region, accessKeyId, secretAccessKey }: StackFile) => ({
  endpoint: aws,
  region,
  credentials: { accessKeyId, secretAccessKey },
});
