import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { type StackFile, withStackProcess } from '../stack-process.ts';
import { messageOf, start } from './child.ts';
import { type Figure, percentile } from './figures.ts';
import type { Sent } from './load.ts';
import { directoryCsv } from './mails.ts';
import { inScratchFolder } from './scratch-folder.ts';

const connections = 20;

/** Both sides are warm when the clock starts: compiled code, open connections, imported modules. */
const warmUp = 400;

/**
 * SMTP accepted → flag set, through the whole stack, against the naive server in the same run. Flags are counted in the
 * table afterwards, so a lost mail shows.
 */
export async function endToEnd(mails = 2_000): Promise<Figure[]> {
  const naive = await inScratchFolder((folder) => measureNaive(folder, mails));
  const ours = await inScratchFolder((folder) => measureStack(folder, mails));
  const both = (of: (run: Run) => string) => ({ ours: of(ours), yardstick: of(naive) });
  return [
    {
      what: `end to end, ${mails} mails over ${connections} connections: mails/s until the last flag`,
      ...both(({ perSecond }) => perSecond.toFixed(0)),
      ratio: ours.perSecond / naive.perSecond,
      mark: { least: 0.25 },
    },
    {
      what: 'end to end: flags in the table',
      ...both(({ flags }) => String(flags)),
      ratio: ours.flags / mails,
      mark: { least: 1 },
    },
    {
      what: 'end to end: accepted → flag, p50 and p99',
      ...both(({ waits }) => `${percentile(waits, 50)} and ${percentile(waits, 99)} ms`),
    },
  ];
}

interface Run {
  flags: number;
  perSecond: number;
  /** Milliseconds from SMTP's yes to the flag, per mail. The naive server says yes after it set the flag. */
  waits: number[];
}

async function measureNaive(folder: string, mails: number): Promise<Run> {
  const server = start('naive.ts', [join(folder, 'tables')], anyCredentials);
  try {
    return await flagsOf(server, mails);
  } finally {
    server.kill();
  }
}

async function flagsOf(server: ChildProcess, mails: number): Promise<Run> {
  const { smtp, aws } = await messageOf<{ smtp: number; aws: string }>(server);
  const dynamo = DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint: aws, region: 'us-east-1', credentials: anyKeys }),
  );
  await dynamo.send(
    new CreateTableCommand({
      TableName: 'flags',
      KeySchema: [{ AttributeName: 'subject', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'subject', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  await send(smtp, mails, warmUp);
  const sent = await send(smtp, 0, mails);
  const flags = new Map((await scan(dynamo, 'flags')).map((item) => [item.blockedBy as string, item.at as number]));
  return summary(sent, flags);
}

const measureStack = (folder: string, mails: number): Promise<Run> =>
  withStackProcess(folder, async (file) => {
    const dynamo = tablesOf(file);
    await loadDirectory(file, dynamo, mails + warmUp);
    const port = Number(new URL(file.smtp).port);
    await send(port, mails, warmUp);
    await settled(dynamo, file.outputs, warmUp);
    const sent = await send(port, 0, mails);
    return summary(sent, await settled(dynamo, file.outputs, mails + warmUp));
  });

/** Message-ID → when the flag was set: the entry of the decision is made right after its flags. */
async function settled(
  dynamo: DynamoDBDocumentClient,
  outputs: StackFile['outputs'],
  mails: number,
): Promise<Map<string, number>> {
  for (let waited = 0; waited < 120; waited += 1) {
    const blocked = await scan(dynamo, outputs.OptOutsTable!);
    if (blocked.length >= mails) break;
    await pause(1_000);
  }
  const blocked = new Set(
    (await scan(dynamo, outputs.OptOutsTable!)).flatMap((item) => Object.keys(item.scopes['profile-images'].blockedBy)),
  );
  const requests = (await scan(dynamo, outputs.RequestsTable!)).filter(({ requestId }) => blocked.has(requestId));
  return new Map(
    requests.map(({ thread, history }) => [thread.messageId, Date.parse(history[0]?.at ?? new Date().toISOString())]),
  );
}

function summary(sent: Sent[], all: Map<string, number>): Run {
  const flags = new Map(
    sent.flatMap(({ messageId }) => (all.has(messageId) ? [[messageId, all.get(messageId)!]] : [])),
  );
  const first = Math.min(...sent.map(({ began }) => began));
  const last = Math.max(...flags.values());
  return {
    flags: flags.size,
    perSecond: sent.length / ((last - first) / 1000),
    waits: sent.flatMap(({ messageId, accepted }) =>
      flags.has(messageId) ? Math.max(0, flags.get(messageId)! - accepted) : [],
    ),
  };
}

const send = (port: number, first: number, mails: number): Promise<Sent[]> =>
  messageOf(start('load.ts', [port, first, mails, connections].map(String)));

async function loadDirectory(file: StackFile, dynamo: DynamoDBDocumentClient, mails: number): Promise<void> {
  const s3 = new S3Client(connection(file));
  await s3.send(
    new PutObjectCommand({
      Bucket: file.outputs.IntakeBucket,
      Key: 'directory/delta-bench.csv',
      Body: directoryCsv(mails),
    }),
  );
  for (let loaded = 0; loaded < mails; ) {
    await pause(500);
    const items = await scan(dynamo, file.outputs.MembersTable!);
    loaded = items.filter(({ pk }) => /^address\/member-/.test(pk)).length;
  }
}

async function scan(dynamo: DynamoDBDocumentClient, TableName: string) {
  const items = [];
  for await (const page of paginateScan({ client: dynamo }, { TableName, ConsistentRead: true }))
    items.push(...(page.Items ?? []));
  return items;
}

const connection = ({ aws, region, accessKeyId, secretAccessKey }: StackFile) => ({
  endpoint: aws,
  region,
  credentials: { accessKeyId, secretAccessKey },
});

const tablesOf = (file: StackFile) => DynamoDBDocumentClient.from(new DynamoDBClient(connection(file)));

const anyKeys = { accessKeyId: 'bench', secretAccessKey: 'bench' };
const anyCredentials = { AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench', AWS_REGION: 'us-east-1' };
