import { GetObjectCommand } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type ParsedMail, simpleParser } from 'mailparser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { begin as beginNotice } from '../../functions/change-notices/begin.ts';
import { claimNotice, release } from '../../functions/change-notices/claim-notice.ts';
import { queueNotices, queueTest, testBatch } from '../../shared/deliveries/notices-queue.ts';
import { type NoticeDelivery, noticeDeliveryKey, noticeDeliveryOf } from '../../shared/deliveries/of-notice.ts';
import type { Notice } from '../../shared/notices/notice.ts';
import { cancelNotice, pauseNotice } from '../../shared/notices/steps.ts';
import { kindOf } from '../../shared/notices/tally.ts';
import { createNotice } from '../../shared/notices/write.ts';
import { type LocalStack, startLocalStack, until } from '../local-stack.ts';
import { anna, doneOf, draft, inMilliseconds, now, type Officers, officersOf } from './notice-officers.ts';
import { type Walk, walkOn } from './walk.ts';

const addresses: Record<string, [address: string, locale: string]> = {
  a1: ['ann@example.org', 'en'],
  a2: ['bounce+a2@simulator.amazonses.com', 'en'],
  a3: ['complaint@simulator.amazonses.com', 'en-GB'],
  // The local SES takes no white space, and the real one no letters beyond ASCII before the @.
  a4: ['"a b"@example.org', ''],
  b1: ['bob@bücher.example', 'de'],
  b2: ['bounce+b2@simulator.amazonses.com', 'de-AT'],
  b3: ['jörg@example.org', 'de'],
  b4: ['berta@example.org', 'de'],
  c1: ['ooto@simulator.amazonses.com', 'fr'],
  c2: ['suppressionlist@simulator.amazonses.com', 'fr'],
  c3: ['claire@example.org', 'fr'],
  c4: ['carl@example.org', 'fr-CA'],
};
const ids = Object.keys(addresses);

let stack: LocalStack;
let walk: Walk;
let officers: Officers;
let notice: Notice;

beforeAll(async () => {
  stack = await startLocalStack();
  walk = walkOn(stack);
  officers = officersOf(stack);
  await walk.haveMembers(
    ...ids.map((id) => {
      const [address, locale] = addresses[id]!;
      return `${id},handle_${id},<b>Name</b> ${id},"${address.replaceAll('"', '""')}",,,${locale},2020-01-01T00:00:00Z`;
    }),
  );
  notice = await officers.due(inThreeLanguages);
  await officers.run();
}, 60_000);
afterAll(async () => {
  officers?.leave();
  await stack?.stop();
});

const inThreeLanguages = {
  texts: {
    en: { subject: 'Our policy changes', markdown: 'From **June** on, <script>alert(1)</script>.' },
    de: { subject: 'Unsere Regeln ändern sich', markdown: 'Ab **Juni**.' },
    fr: { subject: 'Nos règles changent', markdown: 'À partir de **juin**.' },
  },
};

const mailsTo = (address: string): Promise<ParsedMail[]> =>
  Promise.all(
    stack.mailbox
      .list()
      .filter(({ to }) => to.includes(address))
      .map(({ id }) => simpleParser(stack.mailbox.read(id)!)),
  );
const deliveryOf = async (memberId: string, of = notice) => (await noticeDeliveryOf(of.noticeId, memberId))!;
const kindOfMember = (memberId: string, kind: ReturnType<typeof kindOf>) =>
  until(async () => {
    const delivery = await deliveryOf(memberId);
    return kindOf(delivery) === kind ? delivery : undefined;
  });
const mark = async (address: string) => {
  const Key = { pk: `unreachable/${address}`, sk: 'address' };
  return (await stack.dynamodb.send(new GetCommand({ TableName: stack.outputs.MembersTable, Key }))).Item;
};

test('each member has one mail in their own language, from the notices’ address, to which people can answer', async () => {
  await kindOfMember('a1', 'delivered');
  await kindOfMember('b4', 'delivered');
  await kindOfMember('c4', 'delivered');
  const [english, ...more] = await mailsTo('ann@example.org');
  expect(more).toEqual([]);
  expect(english!.from?.value).toEqual([{ address: 'notices@inwriting.example', name: 'Example Community' }]);
  expect(english!.replyTo?.text).toContain('privacy@inwriting.example');
  expect(english!.to).toMatchObject({ text: 'ann@example.org' });
  const header = (name: string) => english!.headers.get(name);
  expect(header('auto-submitted')).toBe('auto-generated');
  expect(header('x-auto-response-suppress')).toBe('All');
  expect(header('content-language')).toBe('en');
  expect(header('list')).toBeUndefined();
  expect(english!.subject).toBe('Our policy changes');
  expect(english!.html).not.toContain('<script>');
  expect(english!.text).toContain(`/notices/${notice.noticeId}?lang=en`);
  const subjects = await Promise.all(['berta@example.org', 'carl@example.org'].map(mailsTo));
  expect(subjects.flat().map(({ subject }) => subject)).toEqual(['Unsere Regeln ändern sich', 'Nos règles changent']);
});

test('a domain with letters beyond ASCII gets its mail, and an address that SES refuses fails alone, with the reason', async () => {
  await kindOfMember('b1', 'delivered');
  expect(await mailsTo('bob@xn--bcher-kva.example')).toHaveLength(1);
  expect((await kindOfMember('a4', 'failed')).failure).toMatch(/^SES refused it: /);
  expect((await kindOfMember('b3', 'failed')).failure).toContain('letters beyond ASCII');
});

test('a hard bounce marks the address, and so does the list of SES; an answer from a holiday does not', async () => {
  const bounced = await kindOfMember('a2', 'bounced');
  await kindOfMember('b2', 'bounced');
  expect((await kindOfMember('c2', 'bounced')).bouncedAtDetail).toBe('Permanent Suppressed');
  const found = await until(() => mark('bounce+a2@simulator.amazonses.com'));
  expect(found).toMatchObject({ since: bounced.bouncedAt, batch: bounced.batch, detail: 'Permanent General' });
  await until(() => mark('suppressionlist@simulator.amazonses.com'));
  await until(async () => (await deliveryOf('c1')).delayedAt);
  await kindOfMember('c1', 'delivered');
  expect(await mark('ooto@simulator.amazonses.com')).toBeUndefined();
});

test('a complaint switches marketing mail off, once, as a request with the event as evidence', async () => {
  await kindOfMember('a3', 'complained');
  const optOut = await until(() => walk.optOut('member/a3'));
  const request = (await walk.requests()).find(({ who }) => who === 'member/a3')!;
  expect(Object.keys(optOut.scopes['marketing-email'].blockedBy)).toEqual([request.requestId]);
  expect(request).toMatchObject({ channel: 'other', decision: { rule: 'complaint' } });
  const settled = await until(async () => (await walk.requests()).find(({ state }) => state === 'granted'));
  expect(settled.history).toMatchObject([{ rule: 'complaint', state: 'granted' }]);
  const kept = { Bucket: stack.outputs.EvidenceBucket, Key: `requests/${request.requestId}/event.json` };
  const { Body } = await stack.s3.send(new GetObjectCommand(kept));
  expect(JSON.parse(await Body!.transformToString()).complaint.complaintFeedbackType).toBe('abuse');
  await tell('a3', 'Complaint', { complaint: { timestamp: now(), complaintFeedbackType: 'abuse' } });
  await tell('b4', 'Complaint', { complaint: { timestamp: now(), complaintFeedbackType: 'not-spam' } });
  await told();
  expect(await walk.requests()).toHaveLength(1);
  expect(await walk.optOut('member/a3')).toEqual(optOut);
});

test('the numbers add up to the audience', async () => {
  await officers.run();
  const deliveries = await officers.deliveries(notice.noticeId);
  const kinds = Object.groupBy(deliveries, kindOf);
  const counts = Object.fromEntries(Object.entries(kinds).map(([kind, all]) => [kind, all.length]));
  expect(counts).toEqual({ delivered: 6, bounced: 3, complained: 1, failed: 2 });
});

test('the next notice reaches a marked address by the site alone, until a mail is delivered there again', async () => {
  const next = await officers.due();
  await officers.run();
  expect(await deliveryOf('a2', next)).toMatchObject({ toldBy: 'banner' });
  await until(async () => (await deliveryOf('c3', next)).sentAt);
  expect(await mailsTo('bounce+a2@simulator.amazonses.com')).toHaveLength(1);
  const { bouncedAt } = await deliveryOf('a2');
  await tell('a2', 'Delivery', { delivery: { timestamp: bouncedAt } });
  await told();
  expect(await mark('bounce+a2@simulator.amazonses.com')).toBeDefined();
  await tell('a2', 'Delivery', { delivery: { timestamp: inMilliseconds(60_000) } });
  await until(async () => !(await mark('bounce+a2@simulator.amazonses.com')));
});

test('the same message of the queue ten times over sends nothing again', async () => {
  const before = stack.mailbox.list().length;
  const message = { noticeId: notice.noticeId, language: 'de', recipients: recipients('b1', 'b2', 'b3', 'b4') };
  await queueNotices(Array.from({ length: 10 }, () => message));
  await until(async () => (await waiting()) === 0);
  expect(stack.mailbox.list().length).toBe(before);
});

test('a mail of which nobody knows whether it went out goes out, and is marked as possible duplicate', async () => {
  const other = await sending();
  const key = noticeDeliveryKey(other.noticeId, 'c3');
  // As a process leaves it that died between SES's yes and its own write.
  await put({ ...key, memberId: 'c3', to: 'claire@example.org', queuedAt: now(), leaseUntil: inMilliseconds(-1000) });
  const before = (await mailsTo('claire@example.org')).length;
  await queueNotices([{ noticeId: other.noticeId, language: 'en', recipients: recipients('c3') }]);
  const delivery = await until(async () => {
    const found = await deliveryOf('c3', other);
    return found.sentAt && found.messageId ? found : undefined;
  });
  expect(delivery.possibleDuplicate).toBe(true);
  expect((await mailsTo('claire@example.org')).length).toBe(before + 1);
});

test('paused, a message that waits goes back into the queue; cancelled, its mails are marked as not sent', async () => {
  const other = await sending();
  doneOf(await pauseNotice(other.noticeId, { by: anna, at: now() }));
  const message = { noticeId: other.noticeId, language: 'en', recipients: recipients('a1', 'c4') };
  await queueNotices([message]);
  await until(async () => (await delayed()) === 1);
  expect(await noticeDeliveryOf(other.noticeId, 'a1')).toBeUndefined();
  doneOf(await cancelNotice(other.noticeId, { by: anna, at: now() }));
  await queueNotices([message]);
  const skipped = await until(() =>
    noticeDeliveryOf(other.noticeId, 'c4').then((one) => (one?.skippedAt ? one : null)),
  );
  expect(skipped).toMatchObject({ skipped: 'The notice was cancelled before this mail was sent.' });
  expect(skipped.sentAt).toBeUndefined();
});

test('a test mail of a draft goes to the officer, is named as one, and belongs to no count', async () => {
  const written = doneOf(await createNotice({ nonce: 'a test mail of a draft', by: anna, at: now(), draft: draft() }));
  const { noticeId } = written;
  await queueTest({ noticeId, language: 'de', test: { to: 'anna@site.example', delivery: 'test-1' } });
  const [mail] = await until(async () => {
    const mails = await mailsTo('anna@site.example');
    return mails.length > 0 ? mails : undefined;
  });
  expect(mail!.subject).toBe('[Test] Unsere Datenschutzerklärung ändert sich');
  expect(await officers.deliveries(noticeId)).toEqual([]);
  const batch = testBatch(noticeId);
  await until(async () => (await walk.deliveries()).find((one) => one.batch === batch && one.deliveredAt));
});

/** A notice that is being sent, and of which change-notices has queued nothing yet. */
async function sending(): Promise<Notice> {
  const other = await officers.due();
  const work = (await claimNotice(await officers.read(other.noticeId), 'killed'))!;
  await beginNotice(work);
  await release(work);
  return other;
}

const recipients = (...members: string[]) => members.map((memberId) => ({ memberId, to: addresses[memberId]![0] }));

const put = (Item: Partial<NoticeDelivery> & { leaseUntil: string }) =>
  stack.dynamodb.send(new PutCommand({ TableName: stack.outputs.DeliveriesTable, Item }));

/** An event of SES about a member's mail of the first notice. */
async function tell(memberId: string, eventType: string, detail: object): Promise<void> {
  const { batch, delivery } = noticeDeliveryKey(notice.noticeId, memberId);
  const body = { eventType, mail: { timestamp: now(), tags: { delivery: [`${batch}_${delivery}`] } }, ...detail };
  await stack.sqs.send(new SendMessageCommand({ QueueUrl: queue('feedback').url, MessageBody: JSON.stringify(body) }));
}

/** Once all events are taken in. */
const told = () => until(async () => (await countOf(queue('feedback').url)) === 0);
const waiting = () => countOf(stack.outputs.NoticesQueueUrl!);
const delayed = () => countOf(stack.outputs.NoticesQueueUrl!, ['ApproximateNumberOfMessagesDelayed']);

async function countOf(
  QueueUrl: string,
  names: (
    | 'ApproximateNumberOfMessages'
    | 'ApproximateNumberOfMessagesNotVisible'
    | 'ApproximateNumberOfMessagesDelayed'
  )[] = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
): Promise<number> {
  const { Attributes = {} } = await stack.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: names }));
  return names.reduce((sum, name) => sum + Number(Attributes[name]), 0);
}

const queue = (name: string) => stack.plan.queues.find((one) => one.name.includes(name) && !one.name.includes('dead'))!;
