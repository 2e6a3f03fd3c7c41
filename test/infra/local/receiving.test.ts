import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Bodies, openBodies } from '../../../infra/local/bodies.ts';
import { openGateway } from '../../../infra/local/gateway.ts';
import { openIam } from '../../../infra/local/iam.ts';
import type { BucketPlan, ReceiptRulePlan, Statement } from '../../../infra/local/plan.ts';
import { matchRules } from '../../../infra/local/receipt-rules.ts';
import { openReceiving, type Receive } from '../../../infra/local/receiving.ts';
import { openS3, type S3 } from '../../../infra/local/s3.ts';
import { openTrace, type Trace } from '../../../infra/local/trace.ts';
import { openVerdicts } from '../../../infra/local/verdicts.ts';
import { serve } from './serve.ts';

const accountId = '000000000000';
const topicArn = `arn:aws:sns:us-east-1:${accountId}:mail`;
const bucket: BucketPlan = {
  logicalId: 'RawMail',
  name: 'raw-mail',
  arn: 'arn:aws:s3:::raw-mail',
  versioned: true,
  objectLock: false,
  notifications: [],
};

let dir: string;
let s3: S3;
let server: Awaited<ReturnType<typeof serve>>;
let client: S3Client;
let bodies: Bodies;
let trace: Trace;
let published: string[];
let rules: ReceiptRulePlan[];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'receiving-'));
  s3 = openS3({ dir: join(dir, 's3'), buckets: [bucket], region: 'us-east-1', notify: async () => {} });
  server = await serve(() => s3, { readBody: false });
  client = new S3Client(server.client);
  bodies = openBodies(join(dir, 'bodies'));
  trace = openTrace();
  published = [];
  rules = [rule()];
});

afterEach(async () => {
  client.destroy();
  await server.close();
  await s3.close();
  await rm(dir, { recursive: true });
});

const mail =
  'From: Ada <a@ada.example>\r\nTo: privacy@inwriting.example\r\nSubject: =?utf-8?q?H=C3=A9?=\r\n folded\r\nMessage-ID: <1@ada.example>\r\n\r\nHello\r\n';

test('the object is the mail as it came, under the trace headers of SES in their order', async () => {
  const { messageId } = await deliver(mail);
  expect(messageId).toMatch(/^[a-z0-9]{40}$/);
  const stored = await read(`inbound/${messageId}`);
  expect(stored.endsWith(mail)).toBe(true);
  const trail = stored.slice(0, -mail.length);
  expect([...trail.matchAll(/^([\w-]+):/gm)].map(([, name]) => name)).toEqual([
    'Return-Path',
    'Received',
    'X-SES-Spam-Verdict',
    'X-SES-Virus-Verdict',
    'Received-SPF',
    'Authentication-Results',
    'X-SES-RECEIPT',
    'X-SES-DKIM-SIGNATURE',
  ]);
  expect(trail).toContain(
    `by inbound-smtp.us-east-1.amazonaws.com with SMTP id ${messageId}\r\n for privacy@inwriting.example;`,
  );
  expect(trail).toContain('Authentication-Results: amazonses.com;\r\n spf=pass ');
  expect(trail).toMatch(/^(?:[^\r\n]+\r\n)+$/);
});

test('the notification says what SES says: envelope, verdicts, headers and where the mail lies', async () => {
  const { messageId } = await deliver(mail);
  const [notification] = published.map((message) => JSON.parse(message));
  expect(notification).toMatchObject({
    notificationType: 'Received',
    mail: {
      source: 'a@ada.example',
      messageId,
      destination: ['privacy@inwriting.example'],
      headersTruncated: false,
      commonHeaders: {
        returnPath: 'a@ada.example',
        from: ['Ada <a@ada.example>'],
        to: ['privacy@inwriting.example'],
        messageId: '<1@ada.example>',
        subject: '=?utf-8?q?H=C3=A9?= folded',
      },
    },
    receipt: {
      recipients: ['privacy@inwriting.example'],
      spfVerdict: { status: 'PASS' },
      dkimVerdict: { status: 'GRAY' },
      dmarcVerdict: { status: 'PASS' },
      spamVerdict: { status: 'PASS' },
      virusVerdict: { status: 'PASS' },
      action: {
        type: 'S3',
        topicArn,
        bucketName: 'raw-mail',
        objectKeyPrefix: 'inbound/',
        objectKey: `inbound/${messageId}`,
      },
    },
  });
  const names = notification.mail.headers.map(({ name }: { name: string }) => name);
  expect(names.slice(0, 2)).toEqual(['Return-Path', 'Received']);
  expect(names.slice(-4)).toEqual(['From', 'To', 'Subject', 'Message-ID']);
});

test('more than 10 KB of headers are cut in the notification, not in the mail', async () => {
  const long = `X-Long: ${'x'.repeat(11_000)}\r\n${mail}`;
  const { messageId } = await deliver(long);
  const { headers, headersTruncated } = JSON.parse(published[0] ?? '').mail;
  expect(headersTruncated).toBe(true);
  expect(JSON.stringify(headers).length).toBeLessThan(14_000);
  expect((await read(`inbound/${messageId}`)).endsWith(long)).toBe(true);
});

test('a rule gets the recipients that it names, and mail that fits two rules is stored by both', async () => {
  rules = [
    rule(),
    rule({ name: 'all', recipients: ['inwriting.example'], scan: false, s3: { bucket: 'raw-mail', prefix: 'all/' } }),
  ];
  const recipients = ['privacy+w-1234@inwriting.example', 'fax@inwriting.example'];
  const { messageId } = await deliver(mail, { recipients });
  expect(JSON.parse(published[0] ?? '').receipt.recipients).toEqual(['privacy+w-1234@inwriting.example']);
  expect(published).toHaveLength(1);
  expect(await read(`all/${messageId}`)).not.toContain('X-SES-Spam-Verdict');
});

test.each([
  ['privacy@inwriting.example', 'privacy@inwriting.example', true],
  ['privacy@inwriting.example', 'Privacy+label@InWriting.example', true],
  ['privacy@inwriting.example', 'privacy.x@inwriting.example', false],
  ['inwriting.example', 'anything@inwriting.example', true],
  ['inwriting.example', 'anything@sub.inwriting.example', false],
  ['.inwriting.example', 'anything@sub.inwriting.example', true],
])('the condition %s on mail to %s gives %s', (condition, recipient, expected) => {
  const plan = { ruleSets: [], rules: [rule({ recipients: [condition] })] };
  expect(matchRules(plan, 'set', [recipient]).length > 0).toBe(expected);
  expect(matchRules(plan, undefined, [recipient])).toEqual([]);
});

test('without the grant of the bucket the mail is refused with what to grant, and nothing is stored', async () => {
  const receive = open([grant('sns:Publish', topicArn)]);
  await expect(deliver(mail, { receive })).rejects.toThrow(
    /ses\.amazonaws\.com is not authorized to perform s3:PutObject on arn:aws:s3:::raw-mail\/inbound\/.*infra\/constructs\/receiving\.ts/,
  );
  expect((await client.send(new ListObjectsV2Command({ Bucket: 'raw-mail' }))).KeyCount).toBe(0);
});

test('without the grant of the topic the client is told to come again, though the mail is stored', async () => {
  const receive = open([grant('s3:PutObject', `${bucket.arn}/inbound/*`)]);
  await expect(deliver(mail, { receive })).rejects.toThrow('sns:Publish');
  expect(published).toEqual([]);
});

test('a 30 MB mail goes through whole', async () => {
  const body = 'line of a scan in base64\r\n'.repeat(1_200_000);
  const { messageId } = await deliver(mail + body);
  const got = await client.send(new GetObjectCommand({ Bucket: 'raw-mail', Key: `inbound/${messageId}` }));
  let size = 0;
  for await (const chunk of got.Body as Readable) size += chunk.length;
  expect(size).toBeGreaterThan(mail.length + body.length);
});

test('mail of any kind is taken: empty, without headers, with NUL bytes or bare carriage returns', async () => {
  for (const odd of [
    '',
    'no header at all',
    '\r\n',
    'Subject: \0\r\n\r\n\0',
    'From: a@ada.example\rSubject: x\r\rbody',
  ]) {
    const { messageId } = await deliver(odd);
    expect((await read(`inbound/${messageId}`)).endsWith(odd)).toBe(true);
  }
  expect(published).toHaveLength(5);
});

test('pretended verdicts stand in the notification and in the trace headers', async () => {
  const { messageId } = await deliver(mail, { forced: { dmarc: 'FAIL', virus: 'FAIL' } });
  expect(JSON.parse(published[0] ?? '').receipt).toMatchObject({
    dmarcVerdict: { status: 'FAIL' },
    dmarcPolicy: 'reject',
  });
  expect(await read(`inbound/${messageId}`)).toMatch(/X-SES-Virus-Verdict: FAIL\r\n.*dmarc=fail/s);
});

test('the trace shows the mail accepted, stored and told, with the two calls that SES made', async () => {
  await deliver(mail);
  const events = trace
    .recent()
    .map((event) => (event.kind === 'mail' ? event.what : event.kind === 'call' ? event.action : ''));
  expect(events).toEqual(['accepted', 's3:PutObject', 'stored', 'sns:Publish', 'notified']);
});

function open(statements: Statement[]): Receive {
  const policies = [bucket.arn, topicArn].map((arn) => ({ arn, statements }));
  const constructFiles = { [bucket.arn]: 'infra/constructs/receiving.ts', [topicArn]: 'infra/constructs/receiving.ts' };
  const authorize = openIam({ accountId, resourcePolicies: policies, functions: [], schedules: [], constructFiles });
  const gateway = openGateway({ services: {}, principals: new Map(), authorize, trace });
  const ses = { caller: 'ses.amazonaws.com', service: 'ses.amazonaws.com', statements: [] };
  return openReceiving({
    accountId,
    region: 'us-east-1',
    receipt: { ruleSets: [{ logicalId: 'Set', name: 'set' }], rules },
    activeRuleSet: () => 'set',
    bodies,
    judge: openVerdicts(),
    put: s3.put,
    publish: async (_topic, message) => {
      published.push(message);
    },
    asSes: (service, need, work) => gateway.perform(ses, service, need, work),
    trace,
  });
}

async function deliver(
  text: string,
  { receive = open(all()), ...more }: Partial<Parameters<Receive>[0]> & { receive?: Receive } = {},
) {
  const message = await bodies.keep(Readable.from([Buffer.from(text)]));
  const envelope = {
    mailFrom: 'a@ada.example',
    recipients: ['privacy@inwriting.example'],
    helo: 'pc',
    remoteAddress: '127.0.0.1',
  };
  return receive({ ...envelope, message, ...more });
}

async function read(key: string): Promise<string> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: 'raw-mail', Key: key }));
  return (await Body?.transformToString()) ?? '';
}

function rule(changes: Partial<ReceiptRulePlan> = {}): ReceiptRulePlan {
  return {
    logicalId: 'Rule',
    name: 'rule',
    ruleSet: 'set',
    arn: `arn:aws:ses:us-east-1:${accountId}:receipt-rule-set/set:receipt-rule/rule`,
    enabled: true,
    scan: true,
    tlsRequired: false,
    recipients: ['privacy@inwriting.example'],
    s3: { bucket: 'raw-mail', prefix: 'inbound/', topicArn },
    ...changes,
  };
}

function all(): Statement[] {
  return [grant('s3:PutObject', `${bucket.arn}/*`), grant('sns:Publish', topicArn)];
}

/** As the construct grants it: to SES, for this account's rule. */
function grant(action: string, resource: string): Statement {
  const conditions = { StringEquals: { 'aws:SourceAccount': [accountId], 'aws:SourceArn': [rule().arn] } };
  const rest = { notActions: [], notResources: [], principals: ['ses.amazonaws.com'], conditions };
  return { source: action, effect: 'Allow', actions: [action], resources: [resource], ...rest };
}
