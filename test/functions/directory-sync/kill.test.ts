import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, expect, test } from 'vitest';
import type { Key } from '../../../shared/members/member.ts';
import { directoryCsv } from '../../bench/mails.ts';
import { until } from '../../local-stack.ts';
import { itemsFor, member, sorted } from '../../shared/members/members-table.ts';
import { type StackFile, startStackProcess, stopStackProcess } from '../../stack-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'in-writing-import-'));
const dataDir = join(folder, 'data');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rows = 3000;

test('kill -9 in the middle of an import: the next start goes on, and the table is that of an undisturbed one', async () => {
  const first = await startStackProcess(dataDir);
  await until(() => read(first.file, 'directory/results/delta-demo-directory.json'));
  const full = { Key: 'directory/full-site-removals-confirmed.csv', Body: directoryCsv(rows) };
  await s3(first.file).send(new PutObjectCommand({ Bucket: first.file.outputs.IntakeBucket, ...full }));
  await until(async () => (await itemsIn(first.file)).length > rows);
  await stopStackProcess(first.process, 'SIGKILL');

  const second = await startStackProcess(dataDir);
  const result = await until(() => read(second.file, 'directory/results/full-site-removals-confirmed.json'), 60);
  expect(result).toMatchObject({ outcome: 'imported', counts: { changed: 0, bad: 0 } });
  expect(await itemsIn(second.file)).toEqual(itemsFor(Array.from({ length: rows }, (_, number) => personOf(number))));
  await stopStackProcess(second.process);
}, 120_000);

const personOf = (number: number) =>
  member({
    memberId: `m${number}`,
    handle: `member${number}`,
    name: `Member ${number}`,
    primaryEmail: `member-${number}@example.org`,
    locale: 'en',
    createdAt: '2020-01-01T00:00:00.000Z',
  });

const connection = ({ aws: endpoint, region, accessKeyId, secretAccessKey }: StackFile) => ({
  endpoint,
  region,
  credentials: { accessKeyId, secretAccessKey },
});

const s3 = (file: StackFile) => new S3Client(connection(file));

async function read(file: StackFile, key: string) {
  const command = new GetObjectCommand({ Bucket: file.outputs.IntakeBucket, Key: key });
  const answer = await s3(file)
    .send(command)
    .catch(() => undefined);
  return answer && JSON.parse(await answer.Body!.transformToString());
}

/** All items but that of the lease. */
async function itemsIn(file: StackFile): Promise<Key[]> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(connection(file)));
  const items: Key[] = [];
  let next: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: file.outputs.MembersTable, ExclusiveStartKey: next, ConsistentRead: true }),
    );
    items.push(...((page.Items ?? []) as Key[]));
    next = page.LastEvaluatedKey;
  } while (next);
  return sorted(items.filter(({ pk }) => pk !== 'import'));
}
