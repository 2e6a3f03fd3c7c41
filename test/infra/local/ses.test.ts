import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeActiveReceiptRuleSetCommand,
  GetSendQuotaCommand,
  ListIdentitiesCommand,
  SESClient,
  SendRawEmailCommand,
  type SendRawEmailCommandInput,
  SetActiveReceiptRuleSetCommand,
} from '@aws-sdk/client-ses';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SentMail } from '../../../infra/local/mailbox.ts';
import { openSes, type Ses, type SesOptions } from '../../../infra/local/ses.ts';
import { openTrace } from '../../../infra/local/trace.ts';
import { serve } from './serve.ts';

const arn = 'arn:aws:ses:us-east-1:000000000000';

let dir: string;
let ses: Ses;
let server: Awaited<ReturnType<typeof serve>>;
let client: SESClient;
let now: number;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ses-'));
  now = Date.parse('2026-12-01T10:00:00.000Z');
  ses = open();
  server = await serve(() => ses);
  client = new SESClient(server.client);
});

afterEach(async () => {
  client.destroy();
  await server.close();
  ses.close();
  await rm(dir, { recursive: true });
});

const answer = `From: In Writing <privacy@inwriting.example>
To: Ada <a@ada.example>
Bcc: file@inwriting.example
Subject: Done
Date: Mon, 1 Jan 2001 00:00:00 +0000
Message-ID: <own
 @inwriting.example>
In-Reply-To: <1@ada.example>

Hello
`.replaceAll('\n', '\r\n');

test('Message-ID and Date are replaced, Bcc goes, and everything else is sent as it is', async () => {
  const { MessageId = '' } = await send();
  expect(MessageId).toMatch(/^0100[0-9a-f]{12}-[0-9a-f-]{36}-000000$/);
  expect(ses.mailbox.read(MessageId)?.toString()).toBe(
    [
      'From: In Writing <privacy@inwriting.example>',
      'To: Ada <a@ada.example>',
      'Subject: Done',
      'In-Reply-To: <1@ada.example>',
      `Message-ID: <${MessageId}@email.amazonses.com>`,
      'Date: Tue, 01 Dec 2026 10:00:00 +0000',
      '',
      'Hello\r\n',
    ].join('\r\n'),
  );
});

test('the mailbox lists what was sent with envelope and tags, tells who listens, and keeps it over a restart', async () => {
  const heard = Promise.withResolvers<SentMail>();
  ses.mailbox.subscribe(heard.resolve);
  const { MessageId: id } = await send({
    ConfigurationSetName: 'answers',
    Tags: [
      { Name: 'delivery', Value: 'W-1_1' },
      { Name: 'kind', Value: 'granted' },
    ],
  });
  const mail = {
    id,
    at: '2026-12-01T10:00:00.000Z',
    from: 'privacy@inwriting.example',
    to: ['a@ada.example'],
    subject: 'Done',
    tags: { delivery: 'W-1_1', kind: 'granted' },
    configurationSet: 'answers',
  };
  expect(await heard.promise).toEqual(mail);
  await send({ Destinations: ['b@ada.example'] });
  ses.close();
  ses = open();
  expect(ses.mailbox.list().map(({ to }) => to)).toEqual([['a@ada.example'], ['b@ada.example']]);
  expect(ses.mailbox.list()[0]).toEqual(mail);
  expect(ses.mailbox.read(id ?? '')?.toString()).toContain('Hello');
  expect(ses.mailbox.read('other')).toBeUndefined();
});

test('without destinations the recipients are those of To, Cc and Bcc', async () => {
  await send({ Destinations: undefined });
  expect(ses.mailbox.list()[0]?.to).toEqual(['a@ada.example', 'file@inwriting.example']);
});

test.each<[string, string, Partial<SendRawEmailCommandInput>]>([
  [
    'a From domain that is not verified',
    'MessageRejected',
    { RawMessage: raw(answer.replace('privacy@inwriting', 'x@other')) },
  ],
  [
    'a domain that only ends like a verified one',
    'MessageRejected',
    { RawMessage: raw(answer.replace('privacy@in', 'x@notin')) },
  ],
  ['an envelope sender that is not verified', 'MessageRejected', { Source: 'x@other.example' }],
  ['a mail without From', 'InvalidParameterValue', { RawMessage: raw('Subject: x\r\n\r\n') }],
  ['a mail over 10 MB', 'InvalidParameterValue', { RawMessage: raw(answer + 'x'.repeat(10 * 2 ** 20)) }],
  ['more than 50 recipients', 'InvalidParameterValue', { Destinations: Array(51).fill('a@ada.example') }],
  ['a recipient without a domain', 'InvalidParameterValue', { Destinations: ['ada'] }],
  ['a tag with a blank', 'InvalidParameterValue', { Tags: [{ Name: 'delivery', Value: 'W-1 1' }] }],
  ['an unknown configuration set', 'ConfigurationSetDoesNotExist', { ConfigurationSetName: 'other' }],
])('%s is refused', async (_what, code, input) => {
  await expect(send(input)).rejects.toMatchObject({ Error: { Code: code } });
  expect(ses.mailbox.list()).toEqual([]);
});

test('a subdomain of a verified domain may send, and so does a mail of just 10 MB', async () => {
  await send({ RawMessage: raw(answer.replace('privacy@', 'privacy@mail.')) });
  await send({ RawMessage: raw(answer.padEnd(10 * 2 ** 20, 'x')) });
  expect(ses.mailbox.list()).toHaveLength(2);
});

test('above the rate SES throttles, and a second later it takes mail again', async () => {
  ses.close();
  ses = open({ quota: { max24HourSend: 100, maxSendRate: 2 } });
  await send({ Destinations: ['a@ada.example', 'b@ada.example'] });
  await expect(send()).rejects.toMatchObject({
    Error: { Code: 'Throttling', Message: 'Maximum sending rate exceeded.' },
  });
  now += 500;
  await send();
  expect(ses.mailbox.list()).toHaveLength(2);
});

test('the day has a limit, counted in recipients and over restarts, and GetSendQuota tells it', async () => {
  ses.close();
  ses = open({ quota: { max24HourSend: 3, maxSendRate: 100 } });
  await send({ Destinations: ['a@ada.example', 'b@ada.example'] });
  now += 60_000;
  await send();
  ses.close();
  ses = open({ quota: { max24HourSend: 3, maxSendRate: 100 } });
  await expect(send()).rejects.toMatchObject({
    Error: { Code: 'Throttling', Message: 'Daily message quota exceeded.' },
  });
  expect(await client.send(new GetSendQuotaCommand())).toMatchObject({
    Max24HourSend: 3,
    MaxSendRate: 100,
    SentLast24Hours: 3,
  });
  now += 86_400_000 - 30_000;
  expect((await client.send(new GetSendQuotaCommand())).SentLast24Hours).toBe(1);
  await send();
});

test('no rule set is active at first; one can be activated, is kept over a restart, and can be switched off', async () => {
  const active = async () => (await client.send(new DescribeActiveReceiptRuleSetCommand())).Metadata?.Name;
  const activate = (RuleSetName?: string) => client.send(new SetActiveReceiptRuleSetCommand({ RuleSetName }));
  expect([await active(), ses.activeRuleSet()]).toEqual([undefined, undefined]);
  await activate('inwriting-receiving-rule-set');
  ses.close();
  ses = open();
  expect([await active(), ses.activeRuleSet()]).toEqual(Array(2).fill('inwriting-receiving-rule-set'));
  await expect(activate('other')).rejects.toMatchObject({ name: 'RuleSetDoesNotExistException' });
  await activate();
  expect(await active()).toBeUndefined();
});

test('a call that is not known is refused by name', async () => {
  await expect(client.send(new ListIdentitiesCommand())).rejects.toThrow('ListIdentities');
});

test('sending needs the right to the identity and to the configuration set, from the address in From', async () => {
  const RawMessage = Buffer.from(answer).toString('base64');
  const needs = (parameters: Record<string, string>) => {
    const body = Buffer.from(new URLSearchParams(parameters).toString());
    return ses.needs({ message: {} as never, url: new URL('http://x'), body, caller: 'mail-sender' });
  };
  const context = { 'ses:FromAddress': 'privacy@inwriting.example' };
  expect(needs({ Action: 'SendRawEmail', 'RawMessage.Data': RawMessage, ConfigurationSetName: 'answers' })).toEqual([
    { action: 'ses:SendRawEmail', resource: `${arn}:identity/inwriting.example`, context },
    { action: 'ses:SendRawEmail', resource: `${arn}:configuration-set/answers`, context },
  ]);
  expect(needs({ Action: 'GetSendQuota' })).toEqual([{ action: 'ses:GetSendQuota', resource: '*' }]);
});

test('the trace says that a mail was sent, by its ids alone', async () => {
  ses.close();
  const trace = openTrace();
  ses = open({ trace });
  const { MessageId: id } = await send({ Tags: [{ Name: 'delivery', Value: 'W-1_1' }] });
  expect(trace.recent()).toEqual([
    { kind: 'mail', at: expect.any(String), what: 'sent', id, detail: { delivery: 'W-1_1' } },
  ]);
});

function send(input: Partial<SendRawEmailCommandInput> = {}) {
  return client.send(new SendRawEmailCommand({ RawMessage: raw(answer), Destinations: ['a@ada.example'], ...input }));
}

function raw(text: string) {
  return { Data: Buffer.from(text) };
}

function open(options: Partial<SesOptions> = {}): Ses {
  return openSes({
    dir,
    region: 'us-east-1',
    accountId: '000000000000',
    identities: [{ logicalId: 'Identity', domain: 'inwriting.example', arn: `${arn}:identity/inwriting.example` }],
    configurationSets: [
      { logicalId: 'Set', name: 'answers', arn: `${arn}:configuration-set/answers`, eventDestinations: [] },
    ],
    receipt: { ruleSets: [{ logicalId: 'Rules', name: 'inwriting-receiving-rule-set' }], rules: [] },
    now: () => now,
    ...options,
  });
}
