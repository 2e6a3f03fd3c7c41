import { DeleteCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalStack, startLocalStack, until } from '../local-stack.ts';
import { type Walk, walkOn } from './walk.ts';

let stack: LocalStack;
let walk: Walk;

beforeAll(async () => {
  stack = await startLocalStack();
  walk = walkOn(stack);
  await walk.haveMembers(
    'm1,ann,Ann Example,ann@elsewhere.invalid,,,en,',
    'm2,bob,Bob Example,bob@elsewhere.invalid,,,en,',
  );
});
afterAll(() => stack?.stop());

const hold = async (from: string) => {
  const messageId = `<${from}>`;
  const mail = {
    from,
    to: 'privacy@inwriting.example',
    subject: 'REMOVE FROM MARKETING MATERIALS',
    text: 'x',
    messageId,
  };
  await stack.send(mail);
  return walk.settled(messageId);
};

/** Seven days later, for this request. */
const makeDue = ({ requestId }: Record<string, unknown>) =>
  stack.dynamodb.send(
    new UpdateCommand({
      TableName: stack.outputs.RequestsTable,
      Key: { requestId },
      UpdateExpression: 'SET dueAt = :past',
      ExpressionAttributeValues: { ':past': '2026-01-01T00:00:00.000Z' },
    }),
  );

const now = async ({ requestId }: Record<string, unknown>) =>
  (await walk.requests()).find((request) => request.requestId === requestId)!;

test('a hold that nobody confirmed for 7 days goes to a person, and the hold stays', async () => {
  const [due, notDue] = [await hold('ann@elsewhere.invalid'), await hold('bob@elsewhere.invalid')];
  expect(Date.parse(due.dueAt) - Date.parse(due.receivedAt)).toBe(7 * 24 * 3600 * 1000);
  await makeDue(due);
  await stack.runSchedule(stack.plan.schedules[0]!.name);

  const after = await until(async () => ((await now(due)).state === 'review' ? now(due) : undefined));
  expect(after.history.at(-1)).toMatchObject({ rule: 'silence', state: 'review' });
  expect(after.dueAt > due.receivedAt).toBe(true);
  expect(Object.keys((await walk.optOut('member/m1'))!.scopes['profile-images'].holds)).toEqual([due.requestId]);
  expect((await now(notDue)).state).toBe('held');
});

test('running it again changes nothing', async () => {
  const before = await walk.requests();
  await stack.runSchedule(stack.plan.schedules[0]!.name);
  expect(await walk.requests()).toEqual(before);
});

describe('the daily letter to staff', () => {
  const TableName = () => stack.plan.functions.find(({ name }) => name === 'deadlines')!.environment.TOKENS_TABLE;
  const digests = async () => {
    const mails = stack.mailbox.list().filter(({ to }) => to.includes('privacy-team@site.example'));
    const read = await Promise.all(mails.map(({ id }) => simpleParser(stack.mailbox.read(id)!)));
    return read.filter(({ subject }) => subject?.startsWith('Requests in writing'));
  };
  /** That it is done for today. Only the schedule's own function writes such an item. */
  const doneToday = async () => {
    const { Items = [] } = await stack.dynamodb.send(new ScanCommand({ TableName: TableName(), ConsistentRead: true }));
    return Items.find(({ token }) => token.startsWith('digest/'))?.token as string | undefined;
  };
  const run = async () => {
    const token = await doneToday();
    if (token) await stack.dynamodb.send(new DeleteCommand({ TableName: TableName(), Key: { token } }));
    await stack.runSchedule(stack.plan.schedules[0]!.name);
    await until(doneToday);
  };

  test('is not sent while nothing is due', async () => {
    await run();
    expect(await digests()).toEqual([]);
  });

  test('says what is overdue, with a link to each, once a day even after a crash', async () => {
    const messageId = '<overdue>';
    const subject = 'Please remove me from your marketing materials';
    await stack.send({ from: 'ann@elsewhere.invalid', to: 'privacy@inwriting.example', subject, text: 'x', messageId });
    const request = await walk.settled(messageId);
    await makeDue(request);
    await run();
    const [digest] = await until(async () => ((await digests()).length > 0 ? digests() : undefined));
    expect(digest!.subject).toBe('Requests in writing: 1 overdue');
    expect(digest!.text).toContain(`${stack.addresses.http}/desk/requests/${request.requestId}`);
    expect(digest!.replyTo).toBeUndefined();

    await run();
    await until(
      () => stack.trace.recent().filter((event) => JSON.stringify(event).includes('"letter":"digest"')).length > 1,
    );
    expect(await digests()).toHaveLength(1);
  });

  test('comes with figures for CloudWatch', () => {
    const lines = stack.trace.recent().filter((event) => event.kind === 'log' && event.from === 'deadlines');
    const figures = lines.map((event) => JSON.stringify(event)).filter((line) => line.includes('CloudWatchMetrics'));
    expect(figures.some((line) => /"tray":"review".*"OpenRequests":2/.test(line))).toBe(true);
    expect(figures.some((line) => /"Overdue":1,"DueSoon":0/.test(line))).toBe(true);
  });
});
