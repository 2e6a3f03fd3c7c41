import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalStack, startLocalStack, until } from '../local-stack.ts';
import { type Walk, walkOn } from './walk.ts';

let stack: LocalStack;
let walk: Walk;

beforeAll(async () => {
  stack = await startLocalStack();
  walk = walkOn(stack);
  await walk.haveMembers(
    'm1,ann,Ann Example,ann@example.org,ann@work.example,,en,2020-01-01T00:00:00Z',
    'm2,max,Max Manager,max@example.org,,gardeners;cyclists,en,2020-01-01T00:00:00Z',
    'm3,eve,Eve Example,eve@members.invalid,,,en,2020-01-01T00:00:00Z',
  );
});
afterAll(() => stack?.stop());

const phrase = 'REMOVE FROM MARKETING MATERIALS';
const optOutMail = (from: string, messageId: string, change = {}) =>
  stack.send({ from, to: 'privacy@inwriting.example', subject: phrase, text: 'Thank you.', messageId, ...change });

test("a member's mail with the phrase blocks their images, and the answer arrives in its thread", async () => {
  const references = ['<first@example.org>', '<second@example.org>'];
  await optOutMail('Ann <ann@example.org>', '<ann-1@example.org>', { references });
  const request = await walk.settled('<ann-1@example.org>');
  expect(request).toMatchObject({ state: 'granted', channel: 'email', decision: { rule: 'phrase-from-member' } });
  expect(request.requestId).toMatch(/^W(-[0-9A-Z]{4}){4}$/);

  const optOut = await walk.optOut('member/m1');
  expect(optOut?.scopes['profile-images'].blockedBy).toEqual({ [request.requestId]: request.receivedAt });

  const answer = await walk.answerTo('<ann-1@example.org>');
  expect([answer.references].flat()).toEqual([...references, '<ann-1@example.org>']);
  expect(answer.headers.get('auto-submitted')).toBe('auto-replied');
  expect(answer.subject).toContain(request.requestId);
  expect(answer.replyTo?.value[0]?.address).toMatch(/^privacy\+[0-9a-z]+@inwriting\.example$/);
  expect(answer.replyTo!.value[0]!.address!.split('@')[0]!.length).toBeLessThanOrEqual(64);
  expect(answer.messageId).toMatch(/@email\.amazonses\.com>$/);
  expect(answer.text).toContain('images of your profile page');
  expect(answer.html).toContain('images of your profile page');
});

test("a manager's mail also blocks the header graphic and the pages of every community managed", async () => {
  await optOutMail('max@example.org', '<max-1@example.org>');
  const { requestId } = await walk.settled('<max-1@example.org>');
  for (const community of ['community/gardeners', 'community/cyclists']) {
    const optOut = await walk.optOut(community);
    expect(Object.keys(optOut?.scopes['header-graphic'].blockedBy)).toEqual([requestId]);
    expect(Object.keys(optOut?.scopes.pages.blockedBy)).toEqual([requestId]);
  }
});

test('a mail that may be forged holds the images, and the primary address hears of it', async () => {
  await optOutMail('eve@members.invalid', '<eve-1@members.invalid>');
  const request = await walk.settled('<eve-1@members.invalid>');
  expect(request.state).toBe('held');
  const { blockedBy, holds } = (await walk.optOut('member/m3'))!.scopes['profile-images'];
  expect([Object.keys(blockedBy), Object.keys(holds)]).toEqual([[], [request.requestId]]);
  expect([(await walk.answerTo('<eve-1@members.invalid>')).to].flat()[0]?.text).toContain('eve@members.invalid');
});

test('every other mail waits for a person', async () => {
  await optOutMail('ann@example.org', '<ann-2@example.org>', { subject: 'A question' });
  expect(await walk.settled('<ann-2@example.org>')).toMatchObject({
    state: 'review',
    decision: { rule: 'written-request' },
  });
});

test('the evidence holds the mail as it arrived, every step, and the answer', async () => {
  const { requestId } = await walk.settled('<ann-1@example.org>');
  const { GetObjectCommand, ListObjectsV2Command } = await import('@aws-sdk/client-s3');
  const Bucket = stack.outputs.EvidenceBucket;
  await walk.answerTo('<ann-1@example.org>');
  const listed = await stack.s3.send(new ListObjectsV2Command({ Bucket, Prefix: `requests/${requestId}/` }));
  const keys = listed.Contents!.map(({ Key }) => Key!.slice(`requests/${requestId}/`.length));
  expect(keys).toEqual(['answers/arrival-granted-0.eml', 'history/0001-phrase-from-member.json', 'mail.eml']);
  const mail = await stack.s3.send(new GetObjectCommand({ Bucket, Key: `requests/${requestId}/mail.eml` }));
  expect(await mail.Body!.transformToString()).toContain('Message-ID: <ann-1@example.org>');
  expect(mail.ObjectLockMode).toBe('GOVERNANCE');
});

test('log lines carry ids and rules, and no address of anybody', async () => {
  const lines = await until(() => {
    const found = stack.trace.recent().filter((event) => event.kind === 'log');
    return found.length > 0 && found;
  });
  const text = JSON.stringify(lines);
  expect(text).toContain('phrase-from-member');
  expect(text).not.toMatch(/ann@|max@|eve@/);
});
