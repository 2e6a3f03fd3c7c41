import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
