import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signToken, type TokenKeys } from '../../shared/tokens.ts';
import { type LocalStack, startLocalStack, until } from '../local-stack.ts';
import { type Walk, walkOn } from './walk.ts';

let stack: LocalStack;
let walk: Walk;

beforeAll(async () => {
  stack = await startLocalStack();
  walk = walkOn(stack);
  await walk.haveMembers(
    ...Array.from(
      { length: 14 },
      (_, number) => `m${number},user${number},Member Number${number},m${number}@example.org,,,en,`,
    ),
    'f1,flood,Flo Flood,flood@elsewhere.invalid,,,en,',
    's1,share1,Ann Share,house@elsewhere.invalid,,,en,',
    's2,share2,Bob Share,house@elsewhere.invalid,,,en,',
    'h1,hofer1,Maria Hofer,hofer@example.org,,,de,',
    'h2,hofer2,Josef Hofer,sepp@example.org,hofer@example.org,,de,',
  );
});
afterAll(() => stack?.stop());

const phrase = 'REMOVE FROM MARKETING MATERIALS';
let count = 0;

/** A mail over SMTP, whose Message-ID is returned; the sender's domain decides whether it is authenticated. */
async function send(from: string, mail: Record<string, unknown> = {}): Promise<string> {
  count += 1;
  const messageId = `<triage-${count}@example.org>`;
  await stack.send({ from, to: 'privacy@inwriting.example', subject: phrase, text: 'Thank you.', messageId, ...mail });
  return messageId;
}

/** A raw mail with verdicts as SES would give them. */
async function receive(
  headers: string[],
  verdicts = {},
  to = 'privacy@inwriting.example',
  mailFrom = 'someone@example.org',
): Promise<string> {
  count += 1;
  const messageId = `<triage-${count}@example.org>`;
  const raw = [...headers, `Message-ID: ${messageId}`, '', 'Hello', ''].join('\r\n');
  await stack.receive({
    mailFrom,
    recipients: [to],
    helo: 'mx.example.org',
    remoteAddress: '127.0.0.1',
    raw: [Buffer.from(raw)],
    verdicts,
  });
  return messageId;
}

const outcome = async (messageId: string) => {
  const { state, decision, requestId } = await walk.settled(messageId);
  return { state, rule: decision.rule, requestId };
};
const images = async (memberId: string) => (await walk.optOut(`member/${memberId}`))?.scopes['profile-images'];
const isHeldBy = async (memberId: string, requestId: string) =>
  Object.hasOwn((await images(memberId))?.holds ?? {}, requestId);

/** The decision names every answer that is ever queued for a request, so an empty list is final. */
async function nothingSentFor(messageId: string): Promise<void> {
  expect((await walk.settled(messageId)).decision.answers).toEqual([]);
  expect(await walk.answersTo(messageId)).toEqual([]);
}

test('row 1: a virus is quarantined and answered nothing, yet the phrase from a member holds', async () => {
  const messageId = await receive(['From: m1@example.org', `Subject: ${phrase}`], { virus: 'FAIL' });
  const { state, rule, requestId } = await outcome(messageId);
  expect([state, rule]).toEqual(['quarantined', 'virus']);
  expect(await isHeldBy('m1', requestId)).toBe(true);
  await nothingSentFor(messageId);
});

test('row 2: a fax waits for a person, and its sender address is matched with nobody', async () => {
  const messageId = await send('m2@example.org', { to: 'fax@inwriting.example' });
  expect(await outcome(messageId)).toMatchObject({ state: 'review', rule: 'fax' });
  const { who, summary } = await walk.settled(messageId);
  expect([who, summary.memberIds]).toEqual([undefined, []]);
  expect(await images('m2')).toBeUndefined();
  await nothingSentFor(messageId);
});

test("row 3: a mail to a member's own unsubscribe address switches marketing mail off, even an automatic one", async () => {
  const token = signToken({ purpose: 'unsubscribe', subject: Buffer.from('m3') }, await tokenKeys());
  const messageId = await receive(
    ['From: x@elsewhere.invalid', 'Auto-Submitted: auto-generated'],
    {},
    `unsubscribe+${token}@inwriting.example`,
  );
  expect(await outcome(messageId)).toMatchObject({ state: 'granted', rule: 'unsubscribe-link' });
  expect((await walk.optOut('member/m3'))?.scopes['marketing-email'].blockedBy).not.toEqual({});
  await nothingSentFor(messageId);
});

test('row 4: automatic mail is ignored and never answered; with the phrase and not about a mail of ours, a person looks', async () => {
  const ignored = await send('m4@example.org', {
    subject: 'Out of office',
    headers: { 'Auto-Submitted': 'auto-replied' },
  });
  expect(await outcome(ignored)).toMatchObject({ state: 'ignored', rule: 'automatic-mail' });
  const listed = await send('m4@example.org', { headers: { 'List-Id': '<talk.example.org>' } });
  const { state, rule, requestId } = await outcome(listed);
  expect([state, rule]).toEqual(['review', 'automatic-with-phrase']);
  expect(await isHeldBy('m4', requestId)).toBe(true);
  await nothingSentFor(ignored);
  expect(await walk.answersTo(listed)).toEqual([]);
});

test('row 5: a mail to the plain unsubscribe address counts from a member, and is answered', async () => {
  const messageId = await send('m5@example.org', { to: 'unsubscribe@inwriting.example', subject: 'stop' });
  expect(await outcome(messageId)).toMatchObject({ state: 'granted', rule: 'unsubscribe-address' });
  expect((await walk.answerTo(messageId)).subject).toMatch(/No more marketing mail/);
});

test('row 6: a reply is attached to its request with its own evidence, and reopens it without weakening the flag', async () => {
  const first = await send('m6@example.org');
  const { requestId } = await outcome(first);
  const replyTo = (await walk.answerTo(first)).replyTo!.value[0]!.address!;
  await send('other@elsewhere.invalid', { to: replyTo, subject: 'Re: Done', text: 'But only my photograph, please.' });
  const reopened = await until(async () =>
    (await walk.requests()).find((one) => one.requestId === requestId && one.state === 'review'),
  );
  expect(reopened.history.at(-1).rule).toMatch(/^reply-/);
  expect(Object.keys((await images('m6'))!.blockedBy)).toEqual([requestId]);
  expect(await evidenceOf(requestId)).toContainEqual(expect.stringMatching(/^replies\/[0-9a-f]{64}\.eml$/));
});

test('a mail that only looks like a reply is attached to nothing', async () => {
  const first = await send('m7@example.org');
  const { requestId } = await outcome(first);
  const forged = 'privacy+00000000000000000000000000000000000000000000000000@inwriting.example';
  const second = await send('m7@example.org', { to: forged, subject: `Re: ${requestId}`, inReplyTo: first });
  expect(await outcome(second)).toMatchObject({ state: 'review', rule: 'written-request' });
  expect((await walk.settled(first)).history).toHaveLength(1);
});

test('row 7: the phrase from an authenticated member is granted at once', async () => {
  const messageId = await send('m8@example.org');
  expect(await outcome(messageId)).toMatchObject({ state: 'granted', rule: 'phrase-from-member' });
  expect((await walk.answerTo(messageId)).subject).toMatch(/^Done/);
});

test('a second request for what is blocked already changes nothing and is answered so', async () => {
  const before = await walk.optOut('member/m8');
  const messageId = await send('m8@example.org');
  expect(await outcome(messageId)).toMatchObject({ state: 'granted', rule: 'already-in-effect' });
  expect((await walk.answerTo(messageId)).subject).toMatch(/already/);
  expect(await walk.optOut('member/m8')).toEqual(before);
});

test('row 8: the phrase from an address that two members share holds for both, and both are asked in their language', async () => {
  const messageId = await send('hofer@example.org');
  const { state, rule, requestId } = await outcome(messageId);
  expect([state, rule]).toEqual(['held', 'phrase-unconfirmed']);
  expect([await isHeldBy('h1', requestId), await isHeldBy('h2', requestId)]).toEqual([true, true]);
  const asked = await until(async () => {
    const answers = await walk.answersTo(messageId);
    return answers.length === 2 ? answers : undefined;
  });
  expect(asked.map(({ subject }) => subject)).toEqual([
    expect.stringMatching(/^Bitte bestätigen/),
    expect.stringMatching(/^Bitte bestätigen/),
  ]);
  expect(asked.map(({ to }) => [to].flat()[0]!.value[0]!.address).sort()).toEqual([
    'hofer@example.org',
    'sepp@example.org',
  ]);
  expect(asked[0]!.text).toMatch(/\/confirm\/[0-9a-z]+/);
});

test('row 8: DMARC FAIL makes a hold, whatever else the mail claims', async () => {
  const messageId = await receive(
    [
      'From: m9@example.org',
      `Subject: ${phrase}`,
      'Authentication-Results: amazonses.com; dmarc=pass header.from=example.org',
    ],
    { dmarc: 'FAIL', spf: 'FAIL' },
  );
  const { state, requestId } = await outcome(messageId);
  expect(state).toBe('held');
  expect(await isHeldBy('m9', requestId)).toBe(true);
});

test('row 9: a stranger with the phrase is asked which profile is theirs, and a person sees whom the mail speaks of', async () => {
  const messageId = await send('new.address@example.com', {
    text: 'I am Member Number10, see http://site.example/profile/user10',
  });
  expect(await outcome(messageId)).toMatchObject({ state: 'review', rule: 'phrase-from-stranger' });
  expect((await walk.settled(messageId)).decision.found).toContainEqual(
    expect.objectContaining({ what: 'candidate', memberId: 'm10' }),
  );
  expect((await walk.answerTo(messageId)).subject).toMatch(/Which profile/);
  expect(await images('m10')).toBeUndefined();
});

test('a stranger whose address is not certain is not answered', async () => {
  const messageId = await send('anybody@elsewhere.invalid');
  expect(await outcome(messageId)).toMatchObject({ state: 'review', rule: 'phrase-from-stranger' });
  await nothingSentFor(messageId);
});

test('row 10: a near miss holds and is read by a person', async () => {
  const messageId = await send('m11@example.org', { subject: 'Remove from marketing material' });
  const { state, rule, requestId } = await outcome(messageId);
  expect([state, rule]).toEqual(['review', 'near-miss']);
  expect(await isHeldBy('m11', requestId)).toBe(true);
  expect((await walk.answerTo(messageId)).text).toMatch(/You will have an answer by/);
});

test('row 11: an attached scan is opened, and what cannot be read of it says why', async () => {
  const attachments = [{ filename: 'letter.pdf', contentType: 'application/pdf', content: Buffer.alloc(30_000, 1) }];
  const messageId = await send('m12@example.org', { subject: 'My letter', attachments });
  const { state, rule, requestId } = await outcome(messageId);
  expect([state, rule]).toEqual(['review', 'scan-attached']);
  const [scan] = await until(async () => {
    const { scans } = (await walk.requests()).find((one) => one.requestId === requestId)!;
    return scans[0].state === 'waiting' ? undefined : scans;
  });
  expect(scan).toMatchObject({ name: 'letter.pdf', state: 'unreadable', problem: expect.stringMatching(/\.$/) });
});

test('row 12: anything else is another written request', async () => {
  const messageId = await send('m12@example.org', {
    subject: 'A question about my account',
    to: 'Privacy@inwriting.example',
  });
  expect(await outcome(messageId)).toMatchObject({ state: 'review', rule: 'written-request' });
});

test('row 12: suspected spam is looked at last, and a stranger gets no answer to it', async () => {
  const messageId = await receive(['From: x@example.net', 'Subject: win'], { spam: 'FAIL' });
  expect((await walk.settled(messageId)).decision).toMatchObject({ rule: 'written-request', last: true, answers: [] });
});

test('five forged questions cannot silence the link that asks a member, and people who share a mailbox get one each', async () => {
  for (let number = 0; number < 5; number += 1)
    await send('house@elsewhere.invalid', { subject: `Question ${number}` });
  const messageId = await send('house@elsewhere.invalid');
  const asked = await until(async () => {
    const answers = await walk.answersTo(messageId);
    return answers.length === 2 ? answers : undefined;
  });
  expect(asked.every(({ text }) => text?.includes('/confirm/'))).toBe(true);
});

test('forty requests in one name at once are all held, and none waits for its message to come back', async () => {
  const ids = await Promise.all(Array.from({ length: 40 }, () => send('flood@elsewhere.invalid')));
  const held = await Promise.all(ids.map((messageId) => walk.settled(messageId)));
  expect(held.map(({ state }) => state)).toEqual(Array(40).fill('held'));
  expect(Object.keys((await images('f1'))!.holds)).toHaveLength(40);
});

test('a Message-ID that no queue takes does not keep a request from being seen', async () => {
  count += 1;
  const raw = [
    'From: m13@example.org',
    `Subject: ${phrase}`,
    'Message-ID: <=?utf-8?q?a=EF=BF=BF?=@x>',
    '',
    'Hello',
    '',
  ].join('\r\n');
  await stack.receive({
    mailFrom: 'm13@example.org',
    recipients: ['privacy@inwriting.example'],
    helo: 'x',
    remoteAddress: '127.0.0.1',
    raw: [Buffer.from(raw)],
    verdicts: {},
  });
  await until(async () =>
    (await walk.requests()).find(({ summary, state }) => summary.from === 'm13@example.org' && state === 'granted'),
  );
});

test('no address gets more than five answers a day', async () => {
  for (let number = 0; number < 8; number += 1) await send('m0@example.org', { subject: `Question ${number}` });
  const settled = await until(async () => {
    const deliveries = (await walk.deliveries()).filter(({ to }) => to === 'm0@example.org');
    return deliveries.filter(({ sentAt, skippedAt }) => sentAt || skippedAt).length === 8 ? deliveries : undefined;
  }, 30);
  expect(settled.filter(({ sentAt }) => sentAt)).toHaveLength(5);
  expect(settled.filter(({ skippedAt }) => skippedAt)).toHaveLength(3);
});

async function tokenKeys(): Promise<TokenKeys> {
  const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  const { region, credentials, addresses } = stack;
  const client = new SecretsManagerClient({ endpoint: addresses.aws, region, credentials });
  const [secret] = stack.plan.secrets;
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secret!.arn }));
  return { current: 1, keys: { 1: JSON.parse(SecretString!).k1 } };
}

async function evidenceOf(requestId: string): Promise<string[]> {
  const Prefix = `requests/${requestId}/`;
  const { Contents } = await stack.s3.send(new ListObjectsV2Command({ Bucket: stack.outputs.EvidenceBucket, Prefix }));
  return Contents!.map(({ Key }) => Key!.slice(Prefix.length));
}
