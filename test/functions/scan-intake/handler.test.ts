import { createHash, randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { endReading } from '../../../functions/scan-intake/reading/reading-thread.ts';
import { evidenceKeys, keep, listEvidence, openEvidence, readEvidenceJson } from '../../../shared/evidence/store.ts';
import { requestIds } from '../../../shared/requests/id.ts';
import type { WrittenRequest } from '../../../shared/requests/request.ts';
import { queueScans, type ScanTask } from '../../../shared/requests/scan-queue.ts';
import { changeRequest, readRequest } from '../../../shared/requests/store.ts';
import { takeUpload, type Upload, uploadPrefix } from '../../../shared/requests/take-upload.ts';
import { walkOn } from '../../walks/walk.ts';
import { leaveStack, pdfOf, requestOf, startWithoutScanIntake } from './scan-desk.ts';

let desk: Awaited<ReturnType<typeof startWithoutScanIntake>>;
let walk: ReturnType<typeof walkOn>;

beforeAll(async () => {
  desk = await startWithoutScanIntake();
  walk = walkOn(desk.stack);
  await walk.haveMembers(
    'm1,anna,Anna Weber,anna@example.org,,garden,en,',
    'm2,bert,Bert Maler,bert@example.org,,,en,',
    'm3,carl,Carl Recht,carl@example.org,,,en,',
  );
});
afterAll(async () => {
  leaveStack();
  await endReading();
  await desk?.stack.stop();
});

const by = { id: 's1', name: 'Rita Reviewer' };

async function upload(files: Record<string, Buffer>, more: Partial<Upload> = {}): Promise<WrittenRequest> {
  const nonce = randomUUID();
  const sent = await Promise.all(
    Object.entries(files).map(async ([name, Body], number) => {
      const key = `${uploadPrefix(nonce)}${number}`;
      await desk.stack.s3.send(new PutObjectCommand({ Bucket: desk.stack.outputs.ScansBucket, Key: key, Body }));
      return { key, name, bytes: Body.length };
    }),
  );
  const at = new Date().toISOString();
  return takeUpload({ nonce, at, by, channel: 'letter', writtenOn: at.slice(0, 10), files: sent, ...more });
}

/** Until no message waits. */
async function drain(): Promise<number> {
  for (let invocations = 0; ; invocations += 1) {
    if (!(await desk.invoke()).waited) return invocations;
  }
}

const holders = async (memberId: string) =>
  Object.keys((await walk.optOut(`member/${memberId}`))?.scopes['profile-images']?.holds ?? {});

const phrase = 'REMOVE FROM MARKETING MATERIALS';

test('a letter that asks and leads to one member holds all that they can ask for, with the words marked', async () => {
  const letter = await pdfOf(
    `Dear team,\n${phrase}\nThank you`,
    'My page: http://site.example/profile/anna\nAnna Weber',
  );
  const { requestId } = await upload({ 'letter.pdf': letter });
  await drain();
  const request = await requestOf(requestId);
  expect(request).toMatchObject({ state: 'review', who: 'member/m1', summary: { memberIds: ['m1'] } });
  expect(request.scans).toMatchObject([{ state: 'read', type: 'PDF', pages: 2, pagesRead: 2 }]);
  expect(request.history.map(({ rule }) => rule)).toEqual(['uploaded-letter', 'scan-read']);
  expect(request.findings).toMatchObject([{ what: 'phrase' }, { what: 'candidate', memberId: 'm1' }]);
  expect(await holders('m1')).toEqual([requestId]);
  expect((await walk.optOut('community/garden'))?.scopes.pages.holds).toHaveProperty(requestId);
  const pages = await readEvidenceJson<{ marks: { what: string; x?: number }[] }[]>(evidenceKeys.text(requestId, '1'));
  expect(pages.map(({ marks }) => marks.map(({ what }) => what))).toEqual([['phrase'], ['candidate', 'candidate']]);
  expect(pages[0]!.marks[0]!.x).toBeGreaterThan(0);
}, 30_000);

test('the opt-out of a letter counts from the moment of the hold, its clock from the postmark', async () => {
  const { requestId, receivedAt, dueAt } = await upload(
    { 'letter.pdf': await pdfOf(`${phrase}\nUser name: bert`) },
    { writtenOn: '2026-01-05' },
  );
  expect(receivedAt).toBe('2026-01-05T12:00:00.000Z');
  expect(dueAt! < '2026-02-01').toBe(true);
  await drain();
  const since = (await walk.optOut('member/m2'))!.scopes['profile-images'].holds[requestId];
  expect(since > new Date(Date.now() - 60_000).toISOString()).toBe(true);
}, 30_000);

test('the same letter sent again is the same request', async () => {
  const more = { nonce: randomUUID(), files: [] as Upload['files'] };
  const key = `${uploadPrefix(more.nonce)}0`;
  const Body = await pdfOf('Hello');
  await desk.stack.s3.send(new PutObjectCommand({ Bucket: desk.stack.outputs.ScansBucket, Key: key, Body }));
  more.files = [{ key, name: 'a.pdf', bytes: 1 }];
  const [first, second] = [await upload({}, more), await upload({}, more)];
  expect(second.requestId).toBe(first.requestId);
  await drain();
  expect((await requestOf(first.requestId)).history).toHaveLength(2);
}, 30_000);

test('what there is no time for goes on where it stopped, and no page is read twice', async () => {
  const { requestId } = await upload({ 'long.pdf': await pdfOf('one', 'two', 'three', 'four') });
  let asked = 0;
  // Asked by middy, for the file, and for each page: time for two of them.
  const broken = await desk.invokeWith({ msLeft: () => (asked++ < 4 ? 300_000 : 0) });
  expect(broken).toEqual({ waited: true, failed: false });
  expect((await requestOf(requestId)).scans).toMatchObject([{ state: 'waiting', pages: 4, pagesRead: 2 }]);
  const before = (await listEvidence(evidenceKeys.scan(requestId, '1'))).size;
  await drain();
  expect((await requestOf(requestId)).scans).toMatchObject([{ state: 'read', pages: 4, pagesRead: 4 }]);
  // Original, four pages with image and text, and the text of all.
  expect([before, (await listEvidence(evidenceKeys.scan(requestId, '1'))).size]).toEqual([5, 10]);
}, 30_000);

test('the last try says where the reading broke off, and the rest of the file is read', async () => {
  const { requestId } = await upload({ 'poison.pdf': await pdfOf('one', 'two', phrase) });
  let asked = 0;
  await desk.invokeWith({ msLeft: () => (asked++ < 3 ? 300_000 : 0) });
  await desk.invokeWith({ receives: 3 });
  await drain();
  const { scans, findings } = await requestOf(requestId);
  expect(scans).toMatchObject([{ state: 'read', pagesRead: 3 }]);
  expect(findings).toContainEqual(expect.objectContaining({ what: 'phrase' }));
  expect(await readEvidenceJson(evidenceKeys.pageText(requestId, '1', 2))).toMatchObject({
    source: 'none',
    problem: 'Reading page 2 broke off each time it was tried: look at it in the original.',
  });
}, 30_000);

test('a file on which every try breaks off before its first page ends with a sentence', async () => {
  const { requestId } = await upload({ 'a.pdf': await pdfOf('one') });
  await desk.invokeWith({ receives: 3 });
  await drain();
  const { scans, state } = await requestOf(requestId);
  expect(state).toBe('review');
  expect(scans).toMatchObject([{ state: 'unreadable', problem: expect.stringMatching(/broke off each time/) }]);
}, 30_000);

/** As it is kept for each page that was read. */
const keepPageText = (requestId: string, scanId: string, page: number, text: string) =>
  keep(evidenceKeys.pageText(requestId, scanId, page), text, 'application/json', inAnHour());
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const send = (task: Partial<ScanTask>, DelaySeconds = 0) =>
  desk.stack.sqs.send(
    new SendMessageCommand({
      QueueUrl: desk.stack.outputs.ScanQueueUrl,
      MessageBody: JSON.stringify(task),
      DelaySeconds,
    }),
  );
async function delayed(): Promise<number> {
  const names = ['ApproximateNumberOfMessagesDelayed'] as const;
  const { Attributes } = await desk.stack.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: desk.stack.outputs.ScanQueueUrl, AttributeNames: [...names] }),
  );
  return Number(Attributes![names[0]]);
}

test('of files with more pages than are read together, the last ones are read in part or say to upload them apart', async () => {
  const { requestId } = await upload({
    'book.pdf': Buffer.from('read already'),
    'in part.pdf': await pdfOf('one', 'two', 'three'),
    'not at all.pdf': await pdfOf('four'),
  });
  await Promise.all(
    Array.from({ length: 198 }, (_, place) => {
      const page = { page: place + 1, text: '', source: 'none', width: 0, height: 0, marks: [] };
      return keepPageText(requestId, '1', page.page, JSON.stringify(page));
    }),
  );
  await changeRequest(await requestOf(requestId), (found) => ({
    ...found,
    scans: found.scans!.map((scan) => (scan.scanId === '1' ? { ...scan, pages: 198, pagesRead: 198 } : scan)),
  }));
  await drain();
  expect((await requestOf(requestId)).scans).toMatchObject([
    { state: 'read', pages: 198 },
    { state: 'read', pages: 2, problem: expect.stringMatching(/2 pages/) },
    { state: 'unreadable', pages: 0, problem: expect.stringMatching(/upload it as a request of its own/) },
  ]);
}, 30_000);

test('what came by a reply while the pages were read waits for its own reading', async () => {
  const { requestId } = await upload({ 'a.pdf': await pdfOf('one') });
  let asked = 0;
  const late = { scanId: '9', name: 'late.pdf', bytes: 9, state: 'waiting' as const, pagesRead: 0 };
  const scans = async () => (await requestOf(requestId)).scans!;
  const adding = async () =>
    changeRequest(await requestOf(requestId), (found) => ({ ...found, scans: [...found.scans!, late] }));
  let added: Promise<unknown> | undefined;
  await desk.invokeWith({
    msLeft: () => {
      if (asked++ === 2) added = adding();
      return 300_000;
    },
  });
  await added;
  expect((await scans()).map(({ state }) => state)).toEqual(['read', 'waiting']);
  await changeRequest(await requestOf(requestId), (found) => ({ ...found, scans: found.scans!.slice(0, 1) }));
}, 30_000);

describe('where what the pages say cannot be put together', () => {
  const spoiled = async () => {
    const { requestId } = await upload({ 'a.pdf': await pdfOf(phrase) });
    await keepPageText(requestId, '1', 1, 'no JSON');
    expect(await desk.invoke()).toEqual({ waited: true, failed: true });
    return requestId;
  };

  test('the last try ends the reading all the same, and a person is told to look', async () => {
    const requestId = await spoiled();
    await desk.invokeWith({ receives: 3 });
    const { scans, findings, history } = await requestOf(requestId);
    expect(scans).toMatchObject([{ state: 'read' }]);
    expect(findings).toEqual([{ what: 'scan', sentence: expect.stringMatching(/look at its image/) }]);
    expect(history.at(-1)).toMatchObject({ rule: 'scan-read', reason: expect.stringMatching(/A person looks/) });
    await drain();
  }, 30_000);

  test('and the process ends of it, the message that the last try sent before ends the reading', async () => {
    const requestId = await spoiled();
    const before = await delayed();
    // In place of the memory that runs out: the last try can neither conclude nor fall back.
    vi.stubEnv('EVIDENCE_BUCKET', 'gone');
    const lastTry = await desk.invokeWith({ receives: 3 });
    vi.stubEnv('EVIDENCE_BUCKET', desk.stack.outputs.EvidenceBucket);
    expect([lastTry.failed, await delayed()]).toEqual([true, before + 1]);
    await queueScans(requestId, { withoutText: ['1'] });
    await drain();
    expect((await requestOf(requestId)).scans).toMatchObject([{ state: 'read' }]);
  }, 30_000);
});

test('paper that a person has decided before it was read holds nothing', async () => {
  const { requestId } = await upload({ 'a.pdf': await pdfOf(`${phrase}\nUser name: carl`) });
  await changeRequest(await requestOf(requestId), (found) => ({
    ...found,
    state: 'declined',
    open: undefined,
    dueAt: undefined,
  }));
  await drain();
  const request = await requestOf(requestId);
  expect(request).toMatchObject({ state: 'declined', scans: [{ state: 'read' }] });
  expect(request.history.at(-1)).toMatchObject({
    rule: 'scan-read',
    reason: expect.stringMatching(/had decided before/),
  });
  expect(await holders('m3')).toEqual([]);
}, 30_000);

test('paper waits while a person decides', async () => {
  const { requestId } = await upload({ 'a.pdf': await pdfOf(`${phrase}\nUser name: carl`) });
  const at = new Date().toISOString();
  const deciding = {
    seen: 1,
    step: { at, state: 'review' as const, rule: 'note', reason: 'x' },
    flags: [],
    answers: [],
    fields: {},
  };
  await changeRequest(await requestOf(requestId), (found) => ({ ...found, deciding }));
  await desk.invoke();
  expect(await holders('m3')).toEqual([]);
  await changeRequest(await requestOf(requestId), ({ deciding: _, ...found }) => found);
  await desk.stack.sqs.send(
    new SendMessageCommand({ QueueUrl: desk.stack.outputs.ScanQueueUrl, MessageBody: JSON.stringify({ requestId }) }),
  );
  await drain();
  expect(await holders('m3')).toEqual([requestId]);
}, 30_000);

test('paper waits longer each time while a person decides, and ends as a dead letter where that has no end', async () => {
  const { requestId } = await upload({ 'a.pdf': await pdfOf('Hello') });
  const step = { at: new Date().toISOString(), state: 'review' as const, rule: 'note', reason: 'x' };
  const deciding = { seen: 1, step, flags: [], answers: [], fields: {} };
  await changeRequest(await requestOf(requestId), (found) => ({ ...found, deciding }));
  const before = await delayed();
  expect(await desk.invoke()).toEqual({ waited: true, failed: false });
  expect(await delayed()).toBe(before + 1);
  await send({ requestId, tries: 14 });
  expect(await desk.invoke()).toEqual({ waited: true, failed: true });
  await changeRequest(await requestOf(requestId), ({ deciding: _, ...found }) => found);
  await drain();
}, 30_000);

test('an upload that dies before its decision is made good by the message that was sent before its record', async () => {
  const nonce = randomUUID();
  const key = `${uploadPrefix(nonce)}0`;
  const Body = await pdfOf('Hello');
  await desk.stack.s3.send(new PutObjectCommand({ Bucket: desk.stack.outputs.ScansBucket, Key: key, Body }));
  const files = [{ key, name: 'a.pdf', bytes: Body.length }];
  const requestId = requestIds(createHash('sha256').update(`upload ${key}`).digest('hex'))[0]!;
  const before = await delayed();

  await dyingFor('REQUESTS_TABLE', () => upload({}, { nonce, files }));
  expect([await delayed(), await readRequest(requestId)]).toEqual([before + 1, undefined]);
  await send({ requestId, unapplied: true });
  expect(await desk.invoke()).toEqual({ waited: true, failed: true });

  await dyingFor('EVIDENCE_BUCKET', () => upload({}, { nonce, files }));
  expect(await requestOf(requestId)).toMatchObject({ state: 'received' });
  await drain();
  expect(await requestOf(requestId)).toMatchObject({ state: 'review', scans: [{ state: 'read' }] });
}, 30_000);

/** As if the process ended where it first needs this. */
async function dyingFor(name: 'REQUESTS_TABLE' | 'EVIDENCE_BUCKET', act: () => Promise<unknown>): Promise<void> {
  const outputs = { REQUESTS_TABLE: 'RequestsTable', EVIDENCE_BUCKET: 'EvidenceBucket' };
  vi.stubEnv(name, 'gone');
  await expect(act()).rejects.toThrow();
  vi.stubEnv(name, desk.stack.outputs[outputs[name]]);
}

test('what was announced and never recorded is let go by the last try', async () => {
  await send({ requestId: 'W-0000-0000-0000-0001', unapplied: true });
  expect((await desk.invokeWith({ receives: 2 })).failed).toBe(true);
  expect(await desk.invokeWith({ receives: 3 })).toEqual({ waited: true, failed: false });
});

test('a file that is put in the place of an uploaded one, before that is copied, never becomes the letter', async () => {
  const nonce = randomUUID();
  const key = `${uploadPrefix(nonce)}0`;
  const put = (Body: string) =>
    desk.stack.s3.send(new PutObjectCommand({ Bucket: desk.stack.outputs.ScansBucket, Key: key, Body }));
  const files = [{ key, name: 'a.pdf', bytes: 3 }];
  await put('the letter');
  await dyingFor('EVIDENCE_BUCKET', () => upload({}, { nonce, files }));
  await put('another');
  const { requestId } = await upload({}, { nonce, files });
  const { body } = await openEvidence(evidenceKeys.original(requestId, '1'));
  expect(await text(body)).toBe('the letter');
  await drain();
});

test('a crash between the record of an upload and its decision is made good by the message that watches over it', async () => {
  const { requestId } = await upload({ 'a.pdf': await pdfOf('Hello') });
  await desk.invoke();
  await changeRequest(await requestOf(requestId), (found) => ({
    ...found,
    state: 'received',
    history: [],
    scans: found.scans!.map(({ type: _type, pages: _pages, ...scan }) => ({ ...scan, state: 'waiting', pagesRead: 0 })),
  }));
  const MessageBody = JSON.stringify({ requestId, unapplied: true });
  await desk.stack.sqs.send(new SendMessageCommand({ QueueUrl: desk.stack.outputs.ScanQueueUrl, MessageBody }));
  await drain();
  expect(await requestOf(requestId)).toMatchObject({ state: 'review', scans: [{ state: 'read' }] });
}, 30_000);

test.each([
  ['no file', { files: [] }, /There is no file/],
  ['a date that is none', { writtenOn: '2026-02-31' }, /is no date/],
  ['a postmark to come', { writtenOn: '2090-01-01' }, /has not come yet/],
  ['a member whom nobody knows', { memberId: 'm99' }, /not in the directory/],
])('an upload with %s is refused by a sentence', async (_name, more, sentence) => {
  await expect(upload({ 'a.pdf': Buffer.from('x') }, more)).rejects.toThrow(sentence);
});

test('a file that did not arrive, or is of another upload, is refused', async () => {
  const nonce = randomUUID();
  const file = (key: string) => ({ nonce, files: [{ key, name: 'a.pdf', bytes: 5 }] });
  await expect(upload({}, file(`${uploadPrefix(nonce)}0`))).rejects.toThrow('"a.pdf" did not arrive: upload it again.');
  await expect(upload({}, file('scans/uploads/other/0'))).rejects.toThrow(/belongs to another upload/);
});

test('what is no task is acknowledged, and so is the test that S3 posts to a new queue', async () => {
  for (const MessageBody of ['hello', '{}', '{"requestId":"W-0000-0000-0000-0000"}', '{"Event":"s3:TestEvent"}']) {
    await desk.stack.sqs.send(new SendMessageCommand({ QueueUrl: desk.stack.outputs.ScanQueueUrl, MessageBody }));
  }
  let failed = 0;
  for (let result = await desk.invoke(); result.waited; result = await desk.invoke()) failed += Number(result.failed);
  expect(failed).toBe(0);
});
