import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SESClient } from '@aws-sdk/client-ses';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { assemble } from '../infra/local/assemble.ts';
import { type Stack, startStack } from '../infra/local/stack.ts';
import { readTemplate, type Template } from '../infra/local/template.ts';

export interface LocalStackOptions {
  /** Goes on with the data of an earlier stack; by default a scratch folder, which `stop` removes. */
  dataDir?: string;
  /** Changes the template before it runs: a grant less, a shorter visibility timeout. */
  change?(template: Template): void;
  /** What SES lets the account send; by default more than a test sends. */
  quota?: { max24HourSend: number; maxSendRate: number };
}

/** The whole system on a scratch folder and free ports, with the operator's clients. */
export interface LocalStack extends Stack {
  dataDir: string;
  dynamodb: DynamoDBDocumentClient;
  s3: S3Client;
  sqs: SQSClient;
  ses: SESClient;
  /** Sends over the SMTP port, as a mail client does; rejects with the server's reply. Returns the last reply. */
  send(mail: SendMailOptions): Promise<string>;
  /** Stops and removes the scratch folder, but not one that was given. */
  stop(): Promise<void>;
}

/** Bundles and synthesizes once for all tests (see assemble.ts), then starts. Call `stop` in afterAll. */
export async function startLocalStack({ dataDir, change, quota }: LocalStackOptions = {}): Promise<LocalStack> {
  const scratch = mkdtempSync(join(tmpdir(), 'in-writing-walk-'));
  const data = dataDir ?? join(scratch, 'data');
  const stack = await startStack({
    ...(await changedAssembly(scratch, change)),
    dataDir: data,
    quota,
    ...{ httpPort: 0, smtpPort: 0, awsPort: 0 },
  });
  const { addresses, region, credentials } = stack;
  const settings = { endpoint: addresses.aws, region, credentials };
  const clients = { s3: new S3Client(settings), sqs: new SQSClient(settings), ses: new SESClient(settings) };
  const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient(settings));
  const transport = createTransport({ url: addresses.smtp, pool: true, tls: { rejectUnauthorized: false } });
  return {
    ...stack,
    ...clients,
    dynamodb,
    dataDir: data,
    send: async (mail) => (await transport.sendMail(mail)).response,
    async stop() {
      transport.close();
      for (const client of [...Object.values(clients), dynamodb]) client.destroy();
      await stack.stop();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

/** Waits until the condition gives something, and gives it back; throws with the condition's text after some seconds. */
export async function until<T>(condition: () => T | Promise<T>, seconds = 15): Promise<NonNullable<T>> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await pause(20)) {
    const found = await condition();
    if (found) return found;
  }
  throw new Error(`This did not happen within ${seconds} seconds: ${condition}`);
}

async function changedAssembly(scratch: string, change?: LocalStackOptions['change']) {
  const assembly = await assemble();
  if (!change) return assembly;
  const template = readTemplate(assembly.templateFile);
  change(template);
  const templateFile = join(scratch, 'changed.template.json');
  writeFileSync(templateFile, JSON.stringify(template));
  return { ...assembly, templateFile };
}
