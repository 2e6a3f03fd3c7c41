import { createHash } from 'node:crypto';
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportKeys } from '../../../shared/exports/store.ts';
import { type LocalStack, startLocalStack, until } from '../../local-stack.ts';
import { type Walk, walkOn } from '../../walks/walk.ts';
import { exportsOf } from './exports-of.ts';
import { readZip } from './read-zip.ts';

let stack: LocalStack;
let walk: Walk;
let exports: ReturnType<typeof exportsOf>;

beforeAll(async () => {
  stack = await startLocalStack();
  walk = walkOn(stack);
  exports = exportsOf(stack);
  await walk.haveMembers('m1,ann,Ann Example,ann@example.org,,,en,2020-01-01T00:00:00Z');
});
afterAll(async () => {
  exports?.stop();
  await stack?.stop();
});

const phrase = 'REMOVE FROM MARKETING MATERIALS';
const sendMail = (messageId: string, change = {}) =>
  stack.send({ from: 'ann@example.org', to: 'privacy@inwriting.example', subject: phrase, messageId, ...change });

async function dossierOf(requestId: string) {
  const exportId = await exports.start(requestId);
  const job = await exports.settled(exportId);
  expect(job).toMatchObject({ state: 'done' });
  const zip = await exports.file(exportId);
  return { exportId, job, zip, files: readZip(zip), cover: readZip(zip).get('cover.txt')!.toString() };
}

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

test('the dossier of a granted request holds the evidence, the items, a cover, and sums that fit', async () => {
  await sendMail('<ann-1@example.org>');
  const { requestId } = await walk.settled('<ann-1@example.org>');
  await walk.answerTo('<ann-1@example.org>');
  await until(async () => (await walk.deliveries()).find(({ deliveredAt }) => deliveredAt));
  const { job, zip, files, cover } = await dossierOf(requestId);

  expect([...files.keys()]).toEqual([
    'evidence/answers/arrival-granted-0.eml',
    'evidence/history/0001-phrase-from-member.json',
    'evidence/mail.eml',
    'request.json',
    'members.json',
    'opt-outs.json',
    'deliveries.json',
    'cover.html',
    'cover.txt',
    'SHA256SUMS',
  ]);
  const sums = files.get('SHA256SUMS')!.toString().trimEnd().split('\n');
  expect(sums).toEqual([...files].slice(0, -1).map(([path, content]) => `${sha256(content)}  ${path}`));
  expect(job.file).toMatchObject({ bytes: zip.length, sha256: sha256(zip), contentType: 'application/zip' });
  expect(job.file?.name).toMatch(new RegExp(`^dossier-${requestId}-\\d{4}-\\d\\d-\\d\\d\\.zip$`));

  expect(JSON.parse(files.get('request.json')!.toString())).toMatchObject({ requestId, state: 'granted' });
  expect(cover).toMatch(/^From: ann@example\.org$/m);
  expect(cover).toContain('About: Ann Example (@ann, m1)');
  expect(cover).toMatch(/^Decided: .+ after it came, by rule phrase-from-member\. The subject carries the phrase/m);
  expect(cover).toMatch(/^Letter: granted\nTo: ann@example\.org\nQueued: .+\nSent: .+\nWhat became of it: delivered /m);
  expect(cover).toMatch(/^Whose: member\/m1\nWhat: profile-images\nState: blocked/m);
  expect(cover).toContain(sha256(files.get('evidence/mail.eml')!));
});

test('the cover is one page without script, and what a stranger wrote is text in it', async () => {
  await sendMail('<evil@example.org>', {
    from: '"</td><script>alert(1)</script>" <evil@example.net>',
    subject: '<img src=x onerror=alert(2)> WARNING',
  });
  const { requestId } = await walk.settled('<evil@example.org>');
  const page = (await dossierOf(requestId)).files.get('cover.html')!.toString();
  expect(page).toContain('content="default-src &#39;none&#39;; style-src');
  expect(page).toContain('&lt;img src=x onerror=alert(2)&gt; WARNING');
  expect(page).not.toMatch(/<(script|img|link|iframe)|<[^>]+ (src|on\w+)=|url\(/i);
});

test('a quarantined mail is there as it came, under a name that nothing opens, and the cover warns', async () => {
  const eicar = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*';
  await sendMail('<virus@example.org>', { attachments: [{ filename: 'a.txt', content: eicar }] });
  const { requestId, state } = await walk.settled('<virus@example.org>');
  expect(state).toBe('quarantined');
  const { files, cover } = await dossierOf(requestId);
  expect(files.has('evidence/mail.eml.quarantined')).toBe(true);
  expect(files.has('evidence/mail.eml')).toBe(false);
  expect(cover).toContain('WARNING: The virus scan did not pass this mail.');
  expect(files.get('cover.html')!.toString()).not.toContain('href="evidence/mail.eml');
});

test('the paper of a letter is in the dossier with endings that fit, whatever the files were called', async () => {
  const requestId = 'W-0000-0000-0000-0001';
  const scan = { bytes: 3, pagesRead: 1 };
  const item = {
    ...{ requestId, version: 1, hash: 'f'.repeat(64), channel: 'letter', state: 'review', confirmations: {} },
    receivedAt: '2026-03-02T09:00:00Z',
    decision: { state: 'review', rule: 'upload', reason: 'A person decides.', effects: [], answers: [] },
    summary: { memberIds: ['m1'] },
    thread: { references: [] },
    history: [{ number: 1, at: '2026-03-02T09:00:01Z', state: 'review', rule: 'upload', reason: 'A person decides.' }],
    scans: [
      { ...scan, scanId: '1', name: '../letter.pdf', state: 'read', type: 'PDF' },
      { ...scan, scanId: '2', name: 'setup.pdf', state: 'unreadable' },
    ],
  };
  await stack.dynamodb.send(new PutCommand({ TableName: stack.outputs.RequestsTable, Item: item }));
  const evidence = (name: string, Body: string, ContentType = 'application/octet-stream') =>
    stack.s3.send(
      new PutObjectCommand({
        ...{ Bucket: stack.outputs.EvidenceBucket, Key: `requests/${requestId}/${name}` },
        ...{ Body, ContentType },
      }),
    );
  await evidence('scans/1/original', '%PDF');
  await evidence('scans/1/pages/0001', 'PNG', 'image/png');
  await evidence('scans/1/pages/0001.json', '{}', 'application/json');
  await evidence('scans/2/original', 'MZ');
  const { number, ...lost } = item.history[0]!;
  await evidence('history/0002-grant.json', JSON.stringify({ requestId, ...lost, number: number + 1, rule: 'grant' }));

  const { files, cover } = await dossierOf(requestId);
  expect([...files.keys()].filter((path) => path.startsWith('evidence/scans'))).toEqual([
    'evidence/scans/1/original.pdf',
    'evidence/scans/1/pages/0001.png',
    'evidence/scans/1/pages/0001.json',
    'evidence/scans/2/original.bin',
  ]);
  expect(cover).toContain('nobody should open it: evidence/scans/2/original.bin');
  expect(cover).toContain('Received: 2 March 2026 at 09:00:00, by letter');
  expect(cover).toContain('A person decides. (prepared, but somebody else was first)');
});

test('a message that comes again makes no second file', async () => {
  const { exportId, job } = await dossierOf((await walk.settled('<ann-1@example.org>')).requestId);
  const version = async () => {
    const Key = exportKeys.file(exportId);
    return (await stack.s3.send(new HeadObjectCommand({ Bucket: stack.outputs.ExportsBucket, Key }))).VersionId;
  };
  const first = await version();
  await stack.sqs.send(
    new SendMessageCommand({ QueueUrl: stack.outputs.ExportsQueueUrl, MessageBody: JSON.stringify({ exportId }) }),
  );
  await until(() =>
    stack.trace.recent().some((event) => {
      const text = event.kind === 'log' ? JSON.stringify(event.line) : '';
      return text.includes('export is settled already') && text.includes(exportId);
    }),
  );
  expect(await version()).toBe(first);
  expect(await exports.settled(exportId)).toEqual(job);
});

test('a request that does not exist is a sentence, and nobody tries again', async () => {
  const exportId = await exports.start('W-ZZZZ-ZZZZ-ZZZZ-ZZZZ');
  expect(await exports.settled(exportId)).toMatchObject({
    state: 'failed',
    final: true,
    sentence: 'There is no request W-ZZZZ-ZZZZ-ZZZZ-ZZZZ: look its number up in the queue.',
  });
});
