import { SendRawEmailCommand } from '@aws-sdk/client-ses';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Notice } from '../../shared/notices/notice.ts';
import { type LocalStack, startLocalStack, until } from '../local-stack.ts';
import { type Officers, officersOf } from './notice-officers.ts';
import { type Walk, walkOn } from './walk.ts';

/** SES lets this account send four mails a second, of which notices may use 3.2. */
const quota = { max24HourSend: 10_000, maxSendRate: 4 };
const members = 36;

let stack: LocalStack;
let walk: Walk;
let officers: Officers;
let notice: Notice;

beforeAll(async () => {
  stack = await startLocalStack({ quota });
  walk = walkOn(stack);
  officers = officersOf(stack);
  const rows = Array.from({ length: members }, (_, n) => `n${n},h${n},Name ${n},n${n}@example.org,,,en,`);
  await walk.haveMembers(...rows);
  notice = await officers.due();
  await officers.run();
}, 60_000);
afterAll(async () => {
  officers?.leave();
  await stack?.stop();
});

const unsent = async () => (await officers.deliveries(notice.noticeId)).filter(({ sentAt }) => !sentAt).length;

test('an answer does not wait behind a notice that takes its time', async () => {
  const mail = { from: 'n1@example.org', to: 'privacy@inwriting.example', messageId: '<while@example.org>' };
  await stack.send({ ...mail, subject: 'REMOVE FROM MARKETING MATERIALS', text: 'x' });
  await walk.answerTo(mail.messageId);
  expect(await unsent()).toBeGreaterThan(0);
});

test('while SES throttles, members wait, and each of them gets the mail once', async () => {
  const refused = () => logged().filter(({ obstacle }) => obstacle === 'throttled').length;
  // Others use the same account, and leave nothing.
  while (refused() === 0 && (await unsent()) > 0) await stack.ses.send(otherMail()).catch(() => undefined);
  expect(refused()).toBeGreaterThan(0);
  await until(async () => (await unsent()) === 0, 60);
  const sent = stack.mailbox.list().filter(({ from }) => from.startsWith('notices@'));
  expect(sent.flatMap(({ to }) => to).sort()).toEqual(
    Array.from({ length: members }, (_, n) => `n${n}@example.org`).sort(),
  );
  const deliveries = await officers.deliveries(notice.noticeId);
  expect(deliveries.filter(({ failedAt, possibleDuplicate }) => failedAt || possibleDuplicate)).toEqual([]);
}, 90_000);

const logged = () =>
  stack.trace
    .recent()
    .flatMap((event) => (event.kind === 'log' && typeof event.line === 'object' ? [event.line] : []))
    .filter(({ message }) => message === 'notice');

const otherMail = () =>
  new SendRawEmailCommand({
    RawMessage: { Data: Buffer.from('From: shop@inwriting.example\r\nTo: x@example.org\r\nSubject: x\r\n\r\nx\r\n') },
  });
