import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { answer } from '../../../functions/receipt-activation/answer.ts';

/** Stands where CloudFormation takes its answers. */
let cloudFormation: Server;
let status: number;
let received: { method?: string; headers: IncomingHttpHeaders; body: Record<string, string> }[];

beforeEach(async () => {
  status = 200;
  received = [];
  cloudFormation = createServer(async (request, response) => {
    const { method, headers } = request;
    received.push({ method, headers, body: JSON.parse(await text(request)) });
    response.writeHead(status).end();
  });
  cloudFormation.listen(0, '127.0.0.1');
  await once(cloudFormation, 'listening');
});

afterEach(() => {
  cloudFormation.closeAllConnections();
  cloudFormation.close();
});

test('success is a PUT to the presigned address, with the empty content type that it was signed for', async () => {
  await answer(event('Create'));
  expect(received).toMatchObject([{ method: 'PUT', headers: { 'content-type': '' } }]);
  expect(received[0]!.body).toEqual({
    Status: 'SUCCESS',
    PhysicalResourceId: 'receipt-activation/ours',
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'activation',
  });
});

test('a refusal fails the deploy with its sentence as the reason', async () => {
  await answer(event('Create'), 'The receipt rule set "company-mail" is active.');
  expect(received[0]!.body).toMatchObject({
    Status: 'FAILED',
    Reason: 'The receipt rule set "company-mail" is active.',
  });
});

test('a reason of any length stays within the 4,096 bytes that CloudFormation takes', async () => {
  await answer(event('Create'), 'é'.repeat(5000));
  expect(Buffer.byteLength(JSON.stringify(received[0]!.body))).toBeLessThan(4096);
});

test('a deletion is answered under the id that CloudFormation knows', async () => {
  await answer(event('Delete'));
  expect(received[0]!.body.PhysicalResourceId).toBe('receipt-activation/former');
});

test('an answer that CloudFormation does not take is thrown, so that Lambda tries again', async () => {
  status = 503;
  await expect(answer(event('Create'))).rejects.toThrow('CloudFormation did not take the answer: status 503.');
});

function event(RequestType: 'Create' | 'Delete'): CloudFormationCustomResourceEvent {
  const { port } = cloudFormation.address() as AddressInfo;
  return {
    RequestType,
    ResponseURL: `http://127.0.0.1:${port}/`,
    ServiceToken: 'arn',
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'activation',
    PhysicalResourceId: 'receipt-activation/former',
    ResourceType: 'Custom::ReceiptActivation',
    ResourceProperties: { ServiceToken: 'arn', RuleSetName: 'ours' },
  } as CloudFormationCustomResourceEvent;
}
