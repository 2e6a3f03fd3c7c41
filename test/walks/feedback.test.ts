import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalStack, startLocalStack, until } from '../local-stack.ts';
import { type Walk, walkOn } from './walk.ts';

let stack: LocalStack;
let walk: Walk;

beforeAll(async () => {
  stack = await startLocalStack();
  walk = walkOn(stack);
  await walk.haveMembers(
    'm1,ann,Ann Example,ann@example.org,,,en,',
    'm2,bob,Bob Example,bounce@simulator.amazonses.com,bob@example.org,,en,',
  );
});
afterAll(() => stack?.stop());

const send = (from: string, messageId: string, subject: string) =>
  stack.send({ from, to: 'privacy@inwriting.example', subject, text: 'x', messageId });
const deliveryOf = async (requestId: string) => (await walk.deliveries()).find(({ batch }) => batch === requestId);

test("SES's events say that an answer was sent and delivered", async () => {
  await send('ann@example.org', '<one@example.org>', 'REMOVE FROM MARKETING MATERIALS');
  const { requestId } = await walk.settled('<one@example.org>');
  const delivery = await until(async () => {
    const found = await deliveryOf(requestId);
    return found?.deliveredAt ? found : undefined;
  });
  expect(delivery.sentAt).toBeDefined();
  expect(delivery.bouncedAt).toBeUndefined();
});

test('events in any order, any number of times, leave the same flags, each set once', async () => {
  const { requestId } = await walk.settled('<one@example.org>');
  const before = await deliveryOf(requestId);
  const event = (eventType: string, detail: object) => ({
    eventType,
    mail: { timestamp: '2030-01-01T00:00:00.000Z', tags: { delivery: [`${requestId}_${before!.delivery}`] } },
    ...detail,
  });
  const events = [
    event('Complaint', { complaint: { timestamp: '2030-01-02T00:00:00.000Z', complaintFeedbackType: 'abuse' } }),
    event('Delivery', { delivery: { timestamp: '2030-01-03T00:00:00.000Z' } }),
    event('Send', { send: {} }),
  ];
  for (const body of [...events, ...events.toReversed()]) await publish(body);
  const after = await until(async () => {
    const found = await deliveryOf(requestId);
    return found?.complainedAt ? found : undefined;
  });
  expect(after).toMatchObject({
    sentAt: before!.sentAt,
    deliveredAt: before!.deliveredAt,
    complainedAt: '2030-01-02T00:00:00.000Z',
  });
});

test('a complaint about an answer switches marketing mail off as well', async () => {
  const optOut = await until(async () => {
    const found = await walk.optOut('member/m1');
    return found?.scopes['marketing-email'] ? found : undefined;
  });
  const [id] = Object.keys(optOut.scopes['marketing-email'].blockedBy);
  const complaint = (await walk.requests()).find(({ requestId }) => requestId === id);
  expect(complaint).toMatchObject({ who: 'member/m1', decision: { rule: 'complaint' } });
});

test('a hard bounce is known of the delivery and marks the address, and the request goes on', async () => {
  await send('bob@example.org', '<two@example.org>', 'REMOVE FROM MARKETING MATERIALS');
  const { requestId } = await walk.settled('<two@example.org>');
  const first = await until(() => deliveryOf(requestId));
  expect(first.to).toBe('bob@example.org');
  await send('bounce@simulator.amazonses.com', '<three@example.org>', 'A question');
  const question = await walk.settled('<three@example.org>');
  const bounced = await until(async () => {
    const found = await deliveryOf(question.requestId);
    return found?.bouncedAt ? found : undefined;
  });
  expect(bounced.bouncedAtDetail).toMatch(/^Permanent/);
  const Key = { pk: 'unreachable/bounce@simulator.amazonses.com', sk: 'address' };
  const mark = await until(
    async () => (await stack.dynamodb.send(new GetCommand({ TableName: stack.outputs.MembersTable, Key }))).Item,
  );
  expect(mark).toMatchObject({ since: bounced.bouncedAt, batch: question.requestId });
  expect((await walk.settled('<three@example.org>')).state).toBe('review');
});

test('an event about a delivery that we know nothing of is acknowledged and makes nothing', async () => {
  const before = await walk.deliveries();
  await publish({
    eventType: 'Send',
    mail: { timestamp: '2030-01-01T00:00:00.000Z', tags: { delivery: ['W-NONE_none'] } },
  });
  const line = await until(() =>
    stack.trace
      .recent()
      .find((event) => event.kind === 'log' && typeof event.line === 'object' && event.line.requestId === 'W-NONE'),
  );
  expect(line).toMatchObject({ line: { known: false } });
  expect(await walk.deliveries()).toEqual(before);
});

async function publish(body: object): Promise<void> {
  const queue = stack.plan.queues.find(({ name }) => name.includes('delivery-feedback') && !name.includes('dead'))!;
  await stack.sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: JSON.stringify(body) }));
}
