import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type Recipient, sendToAll } from '../../../functions/mail-sender/recipients.ts';
import { forgetClients } from '../../../shared/aws.ts';
import { type LocalStack, startLocalStack } from '../../local-stack.ts';

/** An SES that answers as a test wants it to, which the local one does not. */
const answers: Record<string, (response: ServerResponse) => void> = {};
const asked: string[] = [];
const ses = createServer(async (request, response) => {
  const query = new URLSearchParams((await request.toArray()).join(''));
  if (query.get('Action') === 'GetSendQuota')
    return yes(response, 'GetSendQuota', '<MaxSendRate>1000</MaxSendRate><Max24HourSend>-1</Max24HourSend>');
  const to = query.get('Destinations.member.1')!;
  asked.push(to);
  return answers[to] ? answers[to](response) : yes(response, 'SendRawEmail', `<MessageId>id-${to}</MessageId>`);
});

const yes = (response: ServerResponse, action: string, result: string) =>
  void response.end(`<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`);
const no = (status: number, code: string, message: string) => (response: ServerResponse) =>
  void response
    .writeHead(status, { 'content-type': 'text/xml' })
    .end(`<ErrorResponse><Error><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`);

let stack: LocalStack;

beforeAll(async () => {
  stack = await startLocalStack();
  await new Promise<void>((resolve) => ses.listen(0, '127.0.0.1', resolve));
  const { environment } = stack.plan.functions.find(({ name }) => name.includes('mail-sender'))!;
  const own = {
    ...environment,
    AWS_ENDPOINT_URL: stack.addresses.aws,
    AWS_ENDPOINT_URL_SES: `http://127.0.0.1:${(ses.address() as AddressInfo).port}`,
    AWS_REGION: stack.region,
    AWS_ACCESS_KEY_ID: stack.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: stack.credentials.secretAccessKey,
  };
  for (const [name, value] of Object.entries(own)) vi.stubEnv(name, value);
  forgetClients();
}, 60_000);
afterEach(() => {
  for (const to of Object.keys(answers)) delete answers[to];
  asked.length = 0;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  forgetClients();
  ses.closeAllConnections();
  ses.close();
  await stack?.stop();
});

let notices = 0;
const recipients = (...names: string[]): Recipient[] => {
  notices += 1;
  return names.map((name) => ({
    to: `${name}@example.org`,
    key: { batch: `N-TEST-${notices}-00`, delivery: `m${name}` },
    letter: 'notice',
  }));
};
const send = (to: Recipient[]) => sendToAll(to, () => Buffer.from('Subject: x\r\n\r\nx\r\n'), Date.now() + 5_000);
const item = async ({ key }: Recipient) =>
  (await stack.dynamodb.send(new GetCommand({ TableName: stack.outputs.DeliveriesTable, Key: key }))).Item;

test('where SES fails for one recipient, all others have their mail, and that one is tried again', async () => {
  answers['b@example.org'] = no(500, 'InternalFailure', 'x');
  const to = recipients('a', 'b', 'c');
  const result = await send(to);
  expect(result.outcomes).toEqual(['sent', 'problem', 'sent']);
  expect(result.problem).toMatchObject({ name: 'InternalFailure' });
  expect(await item(to[0]!)).toMatchObject({ messageId: 'id-a@example.org', possibleDuplicate: false });
  // Nobody knows whether SES has it, so the lease stays: whoever comes after that marks a possible duplicate.
  expect(await item(to[1]!)).toMatchObject({ leaseUntil: expect.any(String) });
  expect((await send(to)).outcomes).toEqual(['settled', 'leased', 'settled']);
});

test('while SES throttles, nobody is claimed who was not sent to', async () => {
  for (const name of ['b', 'c', 'd', 'e']) answers[`${name}@example.org`] = no(400, 'Throttling', 'Rate exceeded.');
  const to = recipients('a', 'b', 'c', 'd', 'e');
  const { outcomes, obstacle, problem } = await send(to);
  expect([outcomes, obstacle, problem]).toEqual([['sent', 'later', 'later', 'later', 'later'], 'throttled', undefined]);
  expect((await Promise.all(to.slice(1).map(item))).filter((found) => found?.leaseUntil)).toEqual([]);
  for (const name of ['b', 'c', 'd', 'e']) delete answers[`${name}@example.org`];
  expect((await send(to)).outcomes).toEqual(['settled', 'sent', 'sent', 'sent', 'sent']);
  expect((await item(to[1]!))!.possibleDuplicate).toBe(false);
});

test('while SES has paused the account, everybody waits and nobody fails', async () => {
  answers['a@example.org'] = no(400, 'AccountSendingPausedException', 'Email sending is disabled.');
  const [only] = recipients('a');
  expect(await send([only!])).toMatchObject({ outcomes: ['later'], obstacle: 'stopped' });
  expect((await item(only!))!.failedAt).toBeUndefined();
});

test('an address that SES refuses fails with its words, and is not tried again', async () => {
  answers['a@example.org'] = no(400, 'InvalidParameterValue', 'Local address contains illegal characters');
  const to = recipients('a', 'b');
  expect((await send(to)).outcomes).toEqual(['failed', 'sent']);
  expect((await item(to[0]!))!.failure).toBe('SES refused it: Local address contains illegal characters');
  expect((await send(to)).outcomes).toEqual(['settled', 'settled']);
  expect(asked).toEqual(['a@example.org', 'b@example.org']);
});

test('whose turn does not come in time is left for later, untouched', async () => {
  const to = recipients('a', 'b');
  const { outcomes } = await sendToAll(to, () => Buffer.from(''), Date.now() - 1);
  expect(outcomes).toEqual(['later', 'later']);
  expect(await item(to[0]!)).toBeUndefined();
});
