import { randomUUID } from 'node:crypto';
import { HeadObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { evidenceKeys, readEvidenceJson } from '../../shared/evidence/store.ts';
import type { Scan, WrittenRequest } from '../../shared/requests/request.ts';
import { takeUpload, type Upload, uploadPrefix } from '../../shared/requests/take-upload.ts';
import { leaveStack, lockedPdf, pdfOf, useStack } from '../functions/scan-intake/scan-desk.ts';
import { type LocalStack, startLocalStack, until } from '../local-stack.ts';
import { faxTiff } from '../scans.ts';
import { type Walk, walkOn } from './walk.ts';

let stack: LocalStack;
let walk: Walk;
let unreadable: WrittenRequest;

beforeAll(async () => {
  stack = await startLocalStack();
  useStack(stack);
  walk = walkOn(stack);
  await walk.haveMembers(
    'm1,anna,Anna Weber,anna@example.org,,garden,en,',
    'm2,bert,Bert Maler,bert@example.org,,,en,',
    'm3,carl,Carl Recht,carl@example.org,,,en,',
    'm4,dora,Dora Amsel,dora@elsewhere.invalid,,,en,',
    'm5,emil,Emil Busch,emil@example.org,,,en,',
  );
  // Fifty pages take a while: they are read beside all that follows.
  unreadable = await upload({
    'program.pdf': Buffer.from(`MZ${'\0'.repeat(300)}`),
    'empty.pdf': Buffer.alloc(0),
    'locked.pdf': await lockedPdf(),
    'long.pdf': await pdfOf(...Array.from({ length: 51 }, () => longLetter)),
  });
});
afterAll(async () => {
  leaveStack();
  await stack?.stop();
});

const phrase = 'REMOVE FROM MARKETING MATERIALS';
let count = 0;

/** Enough text of its own that nothing needs to be recognised on the image. */
const longLetter = 'Dear team,\nplease call me about my account, as I have asked before.\nKind regards\nBert Maler';

async function send(
  to: string,
  attachments: Record<string, Buffer>,
  more: Record<string, unknown> = {},
): Promise<string> {
  count += 1;
  const messageId = `<scans-${count}@example.org>`;
  const files = Object.entries(attachments).map(([filename, content]) => ({ filename, content }));
  const mail = { from: 'gateway@fax.example', subject: 'Fax', text: '', ...more };
  await stack.send({ ...mail, to: `${to}@inwriting.example`, messageId, attachments: files });
  return messageId;
}

const requestOf = async (requestId: string): Promise<WrittenRequest> =>
  (await walk.requests()).find((one) => one.requestId === requestId) as WrittenRequest;

/** The request once all its paper is read. */
const read = (requestId: string): Promise<WrittenRequest> =>
  until(async () => {
    const request = await requestOf(requestId);
    return request?.scans?.every(({ state }) => state !== 'waiting') ? request : undefined;
  }, 30);

const holders = async (memberId: string): Promise<string[]> =>
  Object.keys((await walk.optOut(`member/${memberId}`))?.scopes['profile-images']?.holds ?? {});

/** Larger than a logo, as scans are. */
const heavy = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc(25_000, '\n')]);

const faxPages = [
  ['FAX', '', 'To: Example Community', 'Pages: 3'],
  ['Dear team,', '', 'please', phrase, 'all images of my profile page.'],
  ['My page is http://site.example/profile/anna', '', 'Kind regards', 'Anna Weber'],
];

test('a fax that asks and names a profile is read page by page, and the images of its member are held', async () => {
  const messageId = await send('fax', { 'fax.tif': await faxTiff({ pages: faxPages, resolution: 'fine' }) });
  const { requestId, who } = await walk.settled(messageId);
  expect(who).toBeUndefined();
  await until(async () => {
    const [scan] = (await requestOf(requestId)).scans ?? [];
    return scan?.state === 'waiting' && scan.pages === 3 && scan.pagesRead > 0;
  }, 30);
  const request = await read(requestId);
  expect(request).toMatchObject({ state: 'review', channel: 'fax', who: 'member/m1', summary: { memberIds: ['m1'] } });
  expect(request.scans).toMatchObject([{ state: 'read', type: 'TIFF', pages: 3, pagesRead: 3 }]);
  expect(request.history.map(({ rule }) => rule)).toEqual(['fax', 'scan-read']);
  expect(await holders('m1')).toEqual([requestId]);
  expect((await walk.optOut('community/garden'))?.scopes['header-graphic'].holds).toHaveProperty(requestId);
  expect(await evidenceOf(requestId)).toEqual(
    expect.arrayContaining([
      'mail.eml',
      'scans/1/original',
      'scans/1/pages/0003',
      'scans/1/pages/0003.json',
      'scans/1/text.json',
    ]),
  );
  const pages = await readEvidenceJson<{ marks: { what: string; x: number }[] }[]>(evidenceKeys.text(requestId, '1'));
  expect(pages.flatMap(({ marks }) => marks)).toContainEqual(
    expect.objectContaining({ what: 'phrase', x: expect.any(Number) }),
  );
}, 60_000);

test('a letter uploaded at the desk is read, and its clock starts with the postmark', async () => {
  const request = await upload(
    { 'letter.pdf': await pdfOf(`${phrase}\nUser name: bert`) },
    { writtenOn: '2026-03-02' },
  );
  expect(request).toMatchObject({ state: 'review', channel: 'letter', receivedAt: '2026-03-02T12:00:00.000Z' });
  expect(request.history).toMatchObject([{ rule: 'uploaded-letter', by: { name: 'Rita Reviewer' } }]);
  expect(await read(request.requestId)).toMatchObject({ who: 'member/m2' });
  expect(await holders('m2')).toEqual([request.requestId]);
});

test('a letter uploaded in the name of a member is held before anybody has read it', async () => {
  const { requestId } = await upload({ 'by-hand.pdf': await pdfOf('…') }, { memberId: 'm5' });
  expect(await holders('m5')).toEqual([requestId]);
  await read(requestId);
});

test('what a scanner drops becomes a request, and its event twice is the same one', async () => {
  const Key = 'scans/inbox/Post vom 1. März +1.pdf';
  const Body = await pdfOf('Dear team,\nplease call me.\nKind regards\nBert Maler');
  await stack.s3.send(new PutObjectCommand({ Bucket: stack.outputs.ScansBucket, Key, Body }));
  const dropped = () => walk.requests().then((all) => all.filter(({ decision }) => decision.rule === 'scanner'));
  const [{ requestId }] = (await until(async () => ((await dropped()).length > 0 ? dropped() : undefined))) as [
    WrittenRequest,
  ];
  const request = await read(requestId);
  expect(request).toMatchObject({ state: 'review', summary: { subject: 'Post vom 1. März +1.pdf', memberIds: [] } });
  expect(request.findings).toMatchObject([{ what: 'candidate', memberId: 'm2' }]);
  await announceAgain(Key);
  await until(queueIsEmpty);
  expect(await dropped()).toEqual([request]);
});

test('a letter attached to a mail holds for its sender, authenticated or not, once its text asks', async () => {
  const letter = heavy(await pdfOf(`${phrase}\nThank you`));
  const messageId = await send(
    'privacy',
    { 'letter.pdf': letter },
    { from: 'dora@elsewhere.invalid', subject: 'My letter' },
  );
  const { requestId, decision, who } = await walk.settled(messageId);
  expect([decision.rule, who]).toEqual(['scan-attached', 'member/m4']);
  await read(requestId);
  expect(await holders('m4')).toEqual([requestId]);
});

test('a stranger who asks by mail and says by letter who they are is held by the two together', async () => {
  const letter = heavy(await pdfOf('My page is http://site.example/profile/carl'));
  const messageId = await send('privacy', { 'letter.pdf': letter }, { from: 'new@example.com', subject: phrase });
  const { requestId, who } = await walk.settled(messageId);
  expect(who).toBe('address/new@example.com');
  expect(await read(requestId)).toMatchObject({ who: 'member/m3', decision: { rule: 'phrase-from-stranger' } });
  expect(await holders('m3')).toEqual([requestId]);
});

test('paper that comes with a reply is read as part of the request that it answers', async () => {
  const first = await send('privacy', {}, { from: 'bert@example.org', subject: 'A question', text: 'How do I do it?' });
  const { requestId } = await walk.settled(first);
  const replyTo = (await walk.answerTo(first)).replyTo!.value[0]!.address!;
  await send(
    replyTo.split('@')[0]!,
    { 'letter.pdf': heavy(await pdfOf(phrase)) },
    { from: 'bert@example.org', subject: 'Re' },
  );
  await until(async () => (await requestOf(requestId)).scans?.[0]?.state === 'read');
  expect(await holders('m2')).toContain(requestId);
});

test('a message that comes five times changes nothing', async () => {
  const { requestId } = await upload({ 'letter.pdf': await pdfOf('Hello') });
  const before = await read(requestId);
  const MessageBody = JSON.stringify({ requestId });
  for (let number = 0; number < 5; number += 1)
    await stack.sqs.send(new SendMessageCommand({ QueueUrl: stack.outputs.ScanQueueUrl, MessageBody }));
  await until(queueIsEmpty);
  expect(await requestOf(requestId)).toEqual(before);
});

test('what cannot be read says why, and a person decides', async () => {
  const { state, scans, findings } = await read(unreadable.requestId);
  expect(state).toBe('review');
  expect(scans!.map(({ state: outcome }: Scan) => outcome)).toEqual(['unreadable', 'unreadable', 'unreadable', 'read']);
  expect(scans!.map(({ problem }: Scan) => problem)).toEqual([
    expect.stringMatching(/program/),
    expect.stringMatching(/empty/),
    expect.stringMatching(/locked with a password/),
    expect.stringMatching(/more than 50 pages/),
  ]);
  expect(findings!.filter(({ what }) => what === 'scan')).toHaveLength(4);
}, 60_000);

async function upload(files: Record<string, Buffer>, more: Partial<Upload> = {}): Promise<WrittenRequest> {
  const nonce = randomUUID();
  const sent = await Promise.all(
    Object.entries(files).map(async ([name, Body], number) => {
      const key = `${uploadPrefix(nonce)}${number}`;
      await stack.s3.send(new PutObjectCommand({ Bucket: stack.outputs.ScansBucket, Key: key, Body }));
      return { key, name, bytes: Body.length };
    }),
  );
  const by = { id: 's1', name: 'Rita Reviewer' };
  return takeUpload({ nonce, at: new Date().toISOString(), by, channel: 'letter', files: sent, ...more });
}

/** S3 may announce one object more than once. */
async function announceAgain(key: string): Promise<void> {
  const name = stack.outputs.ScansBucket!;
  const { VersionId, ETag, ContentLength } = await stack.s3.send(new HeadObjectCommand({ Bucket: name, Key: key }));
  const object = {
    key: encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/'),
    size: ContentLength,
    eTag: ETag,
    versionId: VersionId,
    sequencer: '1',
  };
  const MessageBody = JSON.stringify({
    Records: [{ eventTime: new Date().toISOString(), s3: { bucket: { name }, object } }],
  });
  await stack.sqs.send(new SendMessageCommand({ QueueUrl: stack.outputs.ScanQueueUrl, MessageBody }));
}

/** No message waits or is being worked on; those that are sent for later do not count. */
async function queueIsEmpty(): Promise<boolean> {
  const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const { Attributes = {} } = await stack.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: stack.outputs.ScanQueueUrl, AttributeNames: [...names] }),
  );
  return names.every((name) => Attributes[name] === '0');
}

async function evidenceOf(requestId: string): Promise<string[]> {
  const Prefix = `requests/${requestId}/`;
  const { Contents = [] } = await stack.s3.send(
    new ListObjectsV2Command({ Bucket: stack.outputs.EvidenceBucket, Prefix }),
  );
  return Contents.map(({ Key }) => Key!.slice(Prefix.length));
}
