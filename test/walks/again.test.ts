import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalStack, startLocalStack, until } from '../local-stack.ts';
import { type Walk, walkOn } from './walk.ts';

let stack: LocalStack;
let walk: Walk;

beforeAll(async () => {
  stack = await startLocalStack();
  walk = walkOn(stack);
  await walk.haveMembers('m1,ann,Ann Example,ann@example.org,,,en,2020-01-01T00:00:00Z');
});
afterAll(() => stack?.stop());

const mail = {
  from: 'ann@example.org',
  to: 'privacy@inwriting.example',
  subject: 'REMOVE FROM MARKETING MATERIALS',
  messageId: '<ann@example.org>',
  date: new Date('2026-11-22T10:00:00Z'),
  text: 'Thank you.',
};

test('the same mail sent again by its SMTP server is the same request, with one answer', async () => {
  await stack.send(mail);
  const first = await walk.settled(mail.messageId);
  await walk.answerTo(mail.messageId);
  await stack.send(mail);
  await untilTakenIn(2);
  expect(await walk.requests()).toEqual([first]);
  expect(await walk.answersTo(mail.messageId)).toHaveLength(1);
});

test('the same notification ten times at once changes nothing and sends nothing', async () => {
  const before = { requests: await walk.requests(), optOut: await walk.optOut('member/m1') };
  const body = JSON.stringify(await notificationOfStoredMail());
  await Promise.all(
    Array.from({ length: 10 }, () =>
      stack.sqs.send(new SendMessageCommand({ QueueUrl: stack.outputs.InboundMailQueueUrl, MessageBody: body })),
    ),
  );
  await untilTakenIn(12);
  expect(await walk.requests()).toEqual(before.requests);
  expect(await walk.optOut('member/m1')).toEqual(before.optOut);
  expect(await walk.deliveries()).toHaveLength(1);
  expect(await walk.answersTo(mail.messageId)).toHaveLength(1);
});

test('a new mail whose notification comes ten times at once is one request with one answer', async () => {
  const messageId = '<second@example.org>';
  const key = 'inbound/parallel';
  const raw = `From: ann@example.org\r\nSubject: A question\r\nMessage-ID: ${messageId}\r\n\r\nWhy?\r\n`;
  await stack.put(stack.outputs.RawMailBucket!, key, [Buffer.from(raw)]);
  const notification = await notificationOfStoredMail();
  notification.receipt.action.objectKey = key;
  await Promise.all(
    Array.from({ length: 10 }, () =>
      stack.sqs.send(
        new SendMessageCommand({
          QueueUrl: stack.outputs.InboundMailQueueUrl,
          MessageBody: JSON.stringify(notification),
        }),
      ),
    ),
  );
  await untilTakenIn(22);
  expect((await walk.requests()).filter(({ thread }) => thread.messageId === messageId)).toHaveLength(1);
});

test('the plain-text test that SES posts to a new topic is acknowledged', async () => {
  const QueueUrl = stack.outputs.InboundMailQueueUrl;
  await stack.sqs.send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody: 'Successfully validated SNS topic for Amazon SES event publishing.',
    }),
  );
  await stack.send({ ...mail, messageId: '<third@example.org>', subject: 'After the test' });
  expect((await walk.settled('<third@example.org>')).state).toBe('review');
});

const takenIn = () =>
  stack.trace
    .recent()
    .filter((event) => event.kind === 'log' && typeof event.line === 'object' && event.line.message === 'mail taken in')
    .length;

const untilTakenIn = (times: number) => until(() => takenIn() >= times);

async function notificationOfStoredMail() {
  const Bucket = stack.outputs.RawMailBucket!;
  const { Contents } = await stack.s3.send(new ListObjectsV2Command({ Bucket }));
  return {
    notificationType: 'Received',
    receipt: {
      timestamp: '2026-11-22T10:00:00.000Z',
      recipients: ['privacy@inwriting.example'],
      action: { type: 'S3', bucketName: Bucket, objectKey: Contents![0]!.Key! },
      spfVerdict: { status: 'PASS' },
      dmarcVerdict: { status: 'PASS' },
      virusVerdict: { status: 'PASS' },
      spamVerdict: { status: 'PASS' },
    },
    mail: { source: 'ann@example.org', messageId: 'again', timestamp: '2026-11-22T10:00:00.000Z' },
  };
}
