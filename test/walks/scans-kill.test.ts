import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, expect, test } from 'vitest';
import { directoryCsv } from '../bench/mails.ts';
import { pdfOf } from '../functions/scan-intake/scan-desk.ts';
import { until } from '../local-stack.ts';
import { type StackFile, startStackProcess, stopStackProcess } from '../stack-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'in-writing-scans-kill-'));
const dataDir = join(folder, 'data');
let stack: Awaited<ReturnType<typeof startStackProcess>> | undefined;
afterAll(async () => {
  if (stack) await stopStackProcess(stack.process);
  rmSync(folder, { recursive: true, force: true });
});

const text = 'Dear team,\nplease look at what follows.\nThere is more of it on the next page, and on the one after.';

test('kill -9 while a letter is read: it goes on where it stopped, and the images are held', async () => {
  stack = await startStackProcess(dataDir);
  await put('IntakeBucket', 'directory/delta-kill.csv', directoryCsv(1));
  await until(async () => (await items('MembersTable')).some(({ pk }) => pk === 'member/m0'), 60);
  const letter = await pdfOf(...Array(11).fill(text), `REMOVE FROM MARKETING MATERIALS\nUser name: member0`);
  await put('ScansBucket', 'scans/inbox/letter.pdf', letter);
  await until(async () => (await scan())?.pagesRead >= 2, 60);
  await stopStackProcess(stack.process, 'SIGKILL');

  stack = await startStackProcess(dataDir);
  const before = await scan();
  expect(before).toMatchObject({ state: 'waiting', pages: 12 });
  expect(before.pagesRead).toBeLessThan(12);
  await until(async () => (await scan()).state === 'read', 60);
  const [request, ...others] = await items('RequestsTable');
  expect(others).toEqual([]);
  expect(request!.history.map(({ rule }: { rule: string }) => rule)).toEqual(['scanner', 'scan-read']);
  const [optOut] = await items('OptOutsTable');
  expect(optOut!.scopes['profile-images'].holds).toHaveProperty(request!.requestId);
  // The original, an image and a text of each page, the text of all, and the history: nothing is there twice.
  expect(await evidenceVersions(request!.requestId)).toBe(1 + 2 * 12 + 1 + 2);
}, 150_000);

const scan = async () => (await items('RequestsTable'))[0]?.scans[0];

async function put(bucket: string, Key: string, Body: string | Buffer): Promise<void> {
  const { file } = stack!;
  const s3 = new S3Client(connection(file));
  await s3.send(new PutObjectCommand({ Bucket: file.outputs[bucket], Key, Body }));
  s3.destroy();
}

async function items(table: string) {
  const { file } = stack!;
  const client = new DynamoDBClient(connection(file));
  const { Items } = await DynamoDBDocumentClient.from(client).send(
    new ScanCommand({ TableName: file.outputs[table], ConsistentRead: true }),
  );
  client.destroy();
  return Items ?? [];
}

async function evidenceVersions(requestId: string): Promise<number> {
  const { file } = stack!;
  const s3 = new S3Client(connection(file));
  const Prefix = `requests/${requestId}/`;
  const { KeyCount } = await s3.send(new ListObjectsV2Command({ Bucket: file.outputs.EvidenceBucket, Prefix }));
  s3.destroy();
  return KeyCount!;
}

const connection = ({ aws, region, accessKeyId, secretAccessKey }: StackFile) => ({
  endpoint: aws,
  region,
  credentials: { accessKeyId, secretAccessKey },
});
