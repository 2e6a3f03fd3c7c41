import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { bundleFunctions } from '../../infra/bundle.ts';
import { variables } from '../../shared/env.ts';
import { type StackFile, withStackProcess } from '../stack-process.ts';
import { messageOf, start } from './child.ts';
import { type Figure, median } from './figures.ts';
import type { Measured } from './one-mail.ts';
import { inScratchFolder } from './scratch-folder.ts';

const megabytes = 35;
const runs = 5;

/** One mail with a 35 MB attachment through the deployed bundle, in a process of its own. */
export const memory = (): Promise<Figure[]> =>
  inScratchFolder(async (folder) => {
    const file = join(folder, 'large.eml');
    await writeLargeMail(file);
    const bundles = join(folder, 'bundles');
    await bundleFunctions(bundles);
    const ours: Measured[] = [];
    const alone: Measured[] = [];
    await withStackProcess(join(folder, 'data'), async (stack) => {
      const bundle = resolve(bundles, 'inbound-mail/index.js');
      for (let run = 0; run < runs; run += 1) {
        ours.push(await measure(bundle, await upload(stack, file, run), environment(stack)));
        alone.push(await measure('mailparser', [file], {}));
      }
    });
    const peak = Math.max(...ours.map(({ peakMb }) => peakMb));
    const [time, timeAlone] = [ours, alone].map((all) => median(all.map(({ ms }) => ms))) as [number, number];
    return [
      {
        what: `one ${megabytes} MB mail: peak memory of inbound-mail, worst of ${runs}, of the 160 MB allowed`,
        ours: `${peak.toFixed(0)} MB`,
        yardstick: `${Math.max(...alone.map(({ peakMb }) => peakMb)).toFixed(0)} MB, mailparser alone`,
        ratio: peak / 160,
        mark: { most: 1 },
      },
      {
        what: `one ${megabytes} MB mail: time, against streaming mailparser alone`,
        ours: `${time.toFixed(0)} ms`,
        yardstick: `${timeAlone.toFixed(0)} ms`,
        ratio: time / timeAlone,
      },
    ];
  });

async function writeLargeMail(path: string): Promise<void> {
  const head = [
    'From: member-1@example.org',
    'Subject: REMOVE FROM MARKETING MATERIALS',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'The letter is attached.',
    '--b',
    'Content-Type: image/tiff; name=letter.tif',
    'Content-Disposition: attachment; filename=letter.tif',
    'Content-Transfer-Encoding: base64',
    '',
    '',
  ].join('\r\n');
  const line = `${Buffer.alloc(57, 7).toString('base64')}\r\n`;
  const block = line.repeat(10_000);
  const file = await open(path, 'w');
  await file.write(head);
  for (let written = 0; written < megabytes * 1024 * 1024; written += block.length) await file.write(block);
  await file.write('--b--\r\n');
  await file.close();
}

/** Each run a mail of its own, or the second would be a repetition of the first. */
async function upload(file: StackFile, path: string, run: number): Promise<string[]> {
  const s3 = new S3Client({ endpoint: file.aws, region: file.region, credentials: file });
  const Key = `inbound/bench-${run}`;
  const { size } = await stat(path);
  const head = Buffer.from(`X-Run: ${run}\r\n`);
  const Body = Readable.from(following(head, createReadStream(path)));
  await s3.send(
    new PutObjectCommand({ Bucket: file.outputs.RawMailBucket, Key, Body, ContentLength: size + head.length }),
  );
  return [file.outputs.RawMailBucket!, Key];
}

async function* following(head: Buffer, rest: AsyncIterable<Buffer>) {
  yield head;
  yield* rest;
}

const measure = (what: string, parameters: string[], env: Record<string, string>): Promise<Measured> =>
  messageOf(start('one-mail.ts', [what, ...parameters], env));

const environment = ({ aws, region, accessKeyId, secretAccessKey, outputs }: StackFile): Record<string, string> => ({
  AWS_ENDPOINT_URL: aws,
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  POWERTOOLS_SERVICE_NAME: 'inbound-mail',
  [variables.membersTable]: outputs.MembersTable!,
  [variables.optOutsTable]: outputs.OptOutsTable!,
  [variables.requestsTable]: outputs.RequestsTable!,
  [variables.campaignsTable]: outputs.CampaignsTable!,
  [variables.recallsTable]: outputs.RecallsTable!,
  [variables.evidenceBucket]: outputs.EvidenceBucket!,
  [variables.answersQueueUrl]: outputs.AnswersQueueUrl!,
  [variables.mailDomain]: outputs.MailDomain!,
  [variables.siteUrl]: 'http://site.example',
  [variables.faxGateways]: 'none',
  [variables.deadlineDays]: '15',
  [variables.holidays]: 'none',
  [variables.requestRetentionMonths]: '24',
  [variables.automaticRetentionDays]: '30',
});
