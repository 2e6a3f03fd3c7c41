import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Bodies, openBodies } from '../../../infra/local/bodies.ts';
import type { ReceiptRulePlan } from '../../../infra/local/plan.ts';
import type { Arrival, Receive } from '../../../infra/local/receiving.ts';
import { openSmtp, type Smtp, type SmtpOptions } from '../../../infra/local/smtp.ts';

let dir: string;
let bodies: Bodies;
let smtp: Smtp;
let received: Omit<Arrival, 'message'>[];
let text: string;
let activeRuleSet: string | undefined;
const sockets: Socket[] = [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'smtp-'));
  bodies = openBodies(join(dir, 'bodies'));
  received = [];
  activeRuleSet = 'set';
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await smtp.close();
  await rm(dir, { recursive: true });
});

test('a mail is handed on with its envelope and its bytes, and the answer names the id of SES', async () => {
  await open();
  const { response } = await send({ text: 'Hello\n.dot\n' });
  expect(response).toBe('250 OK id-1');
  expect(received).toEqual([
    {
      mailFrom: 'a@ada.example',
      recipients: ['privacy@inwriting.example'],
      helo: expect.any(String),
      remoteAddress: '127.0.0.1',
    },
  ]);
  expect(text).toMatch(/\r\n\r\nHello\r\n\.dot\r\n/);
});

test('a null sender and an address with a label are taken', async () => {
  await open();
  await send({ envelope: { from: '', to: ['privacy+w-1234@inwriting.example'] } });
  expect(received).toMatchObject([{ mailFrom: '', recipients: ['privacy+w-1234@inwriting.example'] }]);
});

test('an address that no rule names is refused with 550, the others still get the mail', async () => {
  await open();
  const { rejected } = await send({
    envelope: { from: 'a@ada.example', to: ['privacy@inwriting.example', 'nobody@inwriting.example'] },
  });
  expect(rejected).toEqual(['nobody@inwriting.example']);
  expect(received).toMatchObject([{ recipients: ['privacy@inwriting.example'] }]);
  const nobody = send({ envelope: { from: 'a@ada.example', to: ['nobody@inwriting.example'] } });
  await expect(nobody).rejects.toMatchObject({ responseCode: 550 });
});

test('without an active rule set nothing is taken', async () => {
  await open();
  activeRuleSet = undefined;
  await expect(send({})).rejects.toMatchObject({ responseCode: 550 });
});

test('STARTTLS is offered, with a key that is kept over a restart', async () => {
  await open();
  await send({}, { requireTLS: true });
  const first = await certificate();
  await smtp.close();
  await open();
  expect(await certificate()).toBe(first);
  expect(received).toHaveLength(1);
});

test('a rule that requires TLS refuses a client without it', async () => {
  await open({ rule: { tlsRequired: true } });
  await expect(send({}, { ignoreTLS: true })).rejects.toMatchObject({ responseCode: 530 });
  await send({});
  expect(received).toHaveLength(1);
});

test('a mail announced with more than 40 MB is refused before any of it is sent', async () => {
  await open();
  const client = await talk();
  expect(await client.say('EHLO pc')).toContain('SIZE 41943040');
  expect(await client.say('MAIL FROM:<a@ada.example> SIZE=41943041')).toMatch(/^552 /);
});

test('a mail that turns out to be over 40 MB is refused with 552, nothing is kept and memory stays flat', async () => {
  await open();
  const client = await talk();
  await startData(client);
  const line = Buffer.from(`${'x'.repeat(1022)}\r\n`.repeat(64));
  const before = liveBytes();
  let peak = 0;
  for (let sent = 0; sent < 41 * 2 ** 20; sent += line.length) {
    await client.write(line);
    if (sent % (100 * line.length) === 0) peak = Math.max(peak, liveBytes() - before);
  }
  expect(await client.say('.')).toMatch(/^552 /);
  expect(peak).toBeLessThan(20 * 2 ** 20);
  expect(received).toEqual([]);
  expect(await readdir(join(dir, 'bodies'))).toEqual([]);
  expect(await client.say('NOOP')).toMatch(/^250 /);
});

test('a mail of 39 MB passes through a file, which is gone afterwards', async () => {
  let size = 0;
  let files = 0;
  await open({
    receive: async ({ message }) => {
      files = (await readdir(join(dir, 'bodies'))).length;
      for await (const chunk of bodies.read(message)) size += chunk.length;
      return { messageId: 'large' };
    },
  });
  await send({ raw: Readable.from(Array.from({ length: 39 }, () => `${'x'.repeat(1022)}\r\n`.repeat(1024))) });
  expect(size).toBeGreaterThanOrEqual(39 * 2 ** 20);
  expect(files).toBe(1);
  expect(await readdir(join(dir, 'bodies'))).toEqual([]);
});

test('250 comes only after the mail is stored and the notification is sent', async () => {
  const called = Promise.withResolvers<void>();
  const stored = Promise.withResolvers<{ messageId: string }>();
  await open({
    receive: () => {
      called.resolve();
      return stored.promise;
    },
  });
  const client = await talk();
  await startData(client);
  let answered = false;
  const answer = client.say('Subject: x\r\n\r\nHello\r\n.').finally(() => {
    answered = true;
  });
  await called.promise;
  expect(await (await talk()).say('EHLO another')).toMatch(/^250/);
  expect(answered).toBe(false);
  stored.resolve({ messageId: 'later' });
  expect(await answer).toBe('250 OK later');
});

test('a failure behind the door is a 451 with its reason, and the next mail is taken', async () => {
  let failures = 1;
  await open({
    receive: async () => {
      if (failures-- > 0) throw new Error('ses.amazonaws.com is not authorized to perform s3:PutObject.');
      return { messageId: 'second' };
    },
  });
  await expect(send({})).rejects.toMatchObject({
    responseCode: 451,
    response: expect.stringContaining('s3:PutObject'),
  });
  expect((await send({})).response).toBe('250 OK second');
  expect(await readdir(join(dir, 'bodies'))).toEqual([]);
});

test('a client that says nothing is let go', async () => {
  await open({ idleTimeout: 300 });
  const client = await talk();
  expect(await client.read()).toMatch(/^421 Timeout/);
  await client.ended;
});

test('a client that sends a byte now and then is let go when the whole mail takes too long', async () => {
  await open({ messageTimeout: 200 });
  const client = await talk();
  await startData(client);
  const drip = setInterval(() => client.write('x\r\n'), 20);
  expect(await client.read()).toMatch(/^421 Timeout/);
  clearInterval(drip);
  expect(received).toEqual([]);
});

test('a client that goes away in the middle of a mail leaves nothing behind', async () => {
  await open();
  const client = await talk();
  await startData(client);
  await client.write(`${'x'.repeat(1000)}\r\n`.repeat(200));
  await expect.poll(() => readdir(join(dir, 'bodies')), { timeout: 10_000 }).toHaveLength(1);
  sockets.at(-1)?.destroy();
  await expect.poll(() => readdir(join(dir, 'bodies')), { timeout: 10_000 }).toEqual([]);
  expect(received).toEqual([]);
});

async function open({ rule = {}, ...options }: Partial<SmtpOptions> & { rule?: Partial<ReceiptRulePlan> } = {}) {
  const receive: Receive = async ({ message, ...envelope }) => {
    received.push(envelope);
    text = Buffer.concat(await Array.fromAsync(bodies.read(message))).toString();
    return { messageId: `id-${received.length}` };
  };
  const rules = [{ ...plainRule, ...rule }];
  const receipt = { ruleSets: [], rules };
  const ruleSet = () => activeRuleSet;
  smtp = await openSmtp({
    port: 0,
    dir,
    region: 'us-east-1',
    receipt,
    activeRuleSet: ruleSet,
    bodies,
    receive,
    ...options,
  });
}

async function send(mail: SendMailOptions, options: { requireTLS?: boolean; ignoreTLS?: boolean } = {}) {
  const transport = createTransport({
    host: '127.0.0.1',
    port: smtp.port,
    tls: { rejectUnauthorized: false },
    ...options,
  });
  const sent = { from: 'a@ada.example', to: 'privacy@inwriting.example', subject: 's', text: 'Hello', ...mail };
  const envelope = { from: 'a@ada.example', to: ['privacy@inwriting.example'] };
  return transport.sendMail({ ...sent, envelope: mail.envelope ?? envelope });
}

/** A bare connection, past the greeting. */
async function talk() {
  const socket = connect(smtp.port, '127.0.0.1');
  sockets.push(socket);
  let pending = '';
  let waiting: (() => void) | undefined;
  socket.on('data', (chunk) => {
    pending += chunk;
    waiting?.();
  });
  const ended = new Promise<void>((resolve) => socket.on('end', resolve));
  const read = async () => {
    while (!/^\d{3} .*\r\n/m.test(pending)) await new Promise<void>((resolve) => (waiting = resolve));
    const reply = pending.trimEnd();
    pending = '';
    return reply;
  };
  const write = (data: string | Buffer) => new Promise<void>((written) => socket.write(data, () => written()));
  const say = async (line: string) => {
    await write(`${line}\r\n`);
    return read();
  };
  await read();
  return { say, read, write, ended };
}

async function startData({ say }: Awaited<ReturnType<typeof talk>>): Promise<void> {
  for (const line of ['EHLO pc', 'MAIL FROM:<a@ada.example>', 'RCPT TO:<privacy@inwriting.example>', 'DATA'])
    await say(line);
}

async function certificate(): Promise<string> {
  const { connect: secure } = await import('node:tls');
  const client = await talk();
  await client.say('EHLO pc');
  await client.say('STARTTLS');
  const tls = secure({ socket: sockets.at(-1), rejectUnauthorized: false });
  await new Promise((resolve) => tls.once('secureConnect', resolve));
  const { fingerprint256 } = tls.getPeerCertificate();
  tls.destroy();
  return fingerprint256;
}

/** Bytes of buffers that are still held: what is only waiting to be collected does not count. */
function liveBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().arrayBuffers;
}

const plainRule: ReceiptRulePlan = {
  logicalId: 'Rule',
  name: 'rule',
  ruleSet: 'set',
  arn: 'arn:aws:ses:us-east-1:000000000000:receipt-rule-set/set:receipt-rule/rule',
  enabled: true,
  scan: true,
  tlsRequired: false,
  recipients: ['privacy@inwriting.example'],
  s3: { bucket: 'raw-mail', prefix: 'inbound/' },
};
