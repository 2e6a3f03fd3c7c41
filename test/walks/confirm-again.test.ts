import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Template } from '../../infra/local/template.ts';
import { confirmationToken } from '../../shared/requests/confirmation-token.ts';
import { signToken, type TokenKeys } from '../../shared/tokens.ts';
import { type LocalStack, startLocalStack } from '../local-stack.ts';
import { type Confirming, confirmingOn } from './confirming.ts';
import { walkOn } from './walk.ts';

let stack: LocalStack;
let confirming: Confirming;
const folder = mkdtempSync(join(tmpdir(), 'in-writing-confirm-'));

async function start(change?: (template: Template) => void): Promise<void> {
  stack = await startLocalStack({ dataDir: join(folder, 'data'), change });
  confirming = confirmingOn(stack);
}

beforeAll(async () => {
  await start();
  const row = (_: unknown, n: number) => `m${n},m${n},Number ${n},m${n}@members.invalid,,,en,`;
  await walkOn(stack).haveMembers(...Array.from({ length: 8 }, row));
});
afterAll(async () => {
  await stack?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('opening the link any number of times, with GET or HEAD, changes nothing', async () => {
  const { request, link } = await confirming.ask('m0@members.invalid');
  const before = await confirming.everything('member/m0');
  for (const method of ['GET', 'HEAD', 'GET', 'HEAD']) {
    const response = await fetch(link, { method });
    expect(response.status).toBe(200);
    expect((await response.text()).includes(request.requestId)).toBe(method === 'GET');
  }
  expect(await confirming.everything('member/m0')).toEqual(before);
});

test('the same answer again shows the same page and changes nothing', async () => {
  const { link } = await confirming.ask('m1@members.invalid');
  const first = await confirming.answer(link, 'yes');
  const before = await confirming.everything('member/m1');
  expect(await confirming.answer(link, 'yes')).toBe(first);
  expect(await (await fetch(link)).text()).toContain('You answered: “Yes, that was me”. There is nothing left to do.');
  expect(await confirming.everything('member/m1')).toEqual(before);
});

test('the other answer afterwards does not override the first, and the page says so', async () => {
  const { link } = await confirming.ask('m2@members.invalid');
  await confirming.answer(link, 'no');
  const before = await confirming.everything('member/m2');
  expect(await confirming.answer(link, 'yes')).toContain(
    'You had answered already: “No, that was not me”. The first answer counts, so nothing was changed just now.',
  );
  expect(await confirming.everything('member/m2')).toEqual(before);
});

test('of many answers at once one counts, and request, flag and mail agree on which', async () => {
  const { request, link } = await confirming.ask('m3@members.invalid');
  const { requestId } = request;
  await Promise.all(Array.from({ length: 8 }, (_, n) => confirming.answer(link, n % 2 === 0 ? 'yes' : 'no')));
  const { state, confirmations, history } = await confirming.requestOf(requestId);
  const said = confirmations.m3;
  expect(state).toBe(said === 'yes' ? 'granted' : 'declined');
  expect(await confirming.reasons('member/m3')).toEqual({ blockedBy: said === 'yes' ? [requestId] : [], holds: [] });
  expect(history).toHaveLength(request.history.length + 1);
  const told = said === 'yes' ? 'm3@members.invalid' : 'privacy-team@site.example';
  await confirming.mailTo(told, said === 'yes' ? 'Done: your images' : requestId);
  const { deliveries } = await confirming.everything('member/m3');
  expect(deliveries.filter((delivery) => delivery.startsWith(requestId))).toHaveLength(2);
});

test('what a person has decided stays decided, and the page says so', async () => {
  const { request, link } = await confirming.ask('m4@members.invalid');
  await stack.dynamodb.send(
    new UpdateCommand({
      TableName: stack.outputs.RequestsTable,
      Key: { requestId: request.requestId },
      UpdateExpression: 'SET #state = :declined, version = version + :one REMOVE #open, dueAt',
      ExpressionAttributeNames: { '#state': 'state', '#open': 'open' },
      ExpressionAttributeValues: { ':declined': 'declined', ':one': 1 },
    }),
  );
  const before = await confirming.everything('member/m4');
  expect(await (await fetch(link)).text()).toContain('This request has been decided');
  expect(await confirming.answer(link, 'yes')).toContain('This request has been decided');
  expect(await confirming.everything('member/m4')).toEqual(before);
});

test('a link that is forged, too old, for another purpose, or for somebody who was not asked is none of ours', async () => {
  const { request, link } = await confirming.ask('m5@members.invalid');
  const { requestId, dueAt } = request;
  const token = link.slice(link.lastIndexOf('/') + 1);
  const keys = await tokenKeys();
  const foreign = [
    `${token.slice(0, 30)}${token[30] === '0' ? '1' : '0'}${token.slice(31)}`,
    token.slice(0, 40),
    confirmationToken(requestId, 'm5', '2026-01-01T00:00:00Z', keys),
    confirmationToken(requestId, 'm6', dueAt, keys),
    confirmationToken('W-0000-0000-0000-0000', 'm5', dueAt, keys),
    signToken({ purpose: 'reply', subject: Buffer.from('0123456789m5'), expires: dueAt }, keys),
  ];
  const before = await confirming.everything('member/m5');
  for (const url of foreign.map((one) => link.replace(token, one))) {
    for (const response of [await fetch(url), await confirming.post(url, 'yes')]) {
      expect(response.status).toBe(404);
      expect(await response.text()).toContain('privacy@inwriting.example');
    }
  }
  expect(await confirming.everything('member/m5')).toEqual(before);
});

test('after a fault halfway the member is asked to try again, and that finishes what the first answer began', async () => {
  const { request, link } = await confirming.ask('m7@members.invalid');
  const { pathname } = new URL(link);
  await stack.stop();
  await start(withoutAnswersQueue);
  const failed = await confirming.post(stack.addresses.http + pathname, 'yes');
  expect(failed.status).toBe(503);
  expect(await failed.text()).toContain('Please try again in a few minutes');
  expect(await confirming.requestOf(request.requestId)).toMatchObject({ state: 'held' });
  expect(await (await fetch(stack.addresses.http + pathname)).text()).toContain('Was that you?');

  await stack.stop();
  await start();
  expect(await confirming.answer(stack.addresses.http + pathname, 'no')).toContain('The first answer counts');
  expect(await confirming.requestOf(request.requestId)).toMatchObject({
    state: 'granted',
    confirmations: { m7: 'yes' },
  });
  expect(await confirming.reasons('member/m7')).toEqual({ blockedBy: [request.requestId], holds: [] });
  await confirming.mailTo('m7@members.invalid', 'Done: your images');
});

/** The template without the grant by which public-site queues answers. */
function withoutAnswersQueue({ Resources }: Template): void {
  for (const [name, { Type, Properties }] of Object.entries(Resources)) {
    if (Type !== 'AWS::IAM::Policy' || !name.startsWith('publicsite')) continue;
    const policy = Properties!.PolicyDocument as { Statement: { Action: string | string[] }[] };
    policy.Statement = policy.Statement.filter(({ Action }) => Action !== 'sqs:SendMessage');
  }
}

async function tokenKeys(): Promise<TokenKeys> {
  const { region, credentials, addresses } = stack;
  const client = new SecretsManagerClient({ endpoint: addresses.aws, region, credentials });
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: stack.plan.secrets[0]!.arn }));
  client.destroy();
  return { current: 1, keys: { 1: JSON.parse(SecretString!).k1 } };
}
