import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { forgetClients } from '../../../shared/aws.ts';
import { getMembers } from '../../../shared/members/directory.ts';
import { upsertMembers } from '../../../shared/members/sync.ts';
import { itemsFor, type MembersTable, member, openMembersTable } from './members-table.ts';

let table: MembersTable;
let busy: { server: Server; refused(): number };
beforeAll(async () => {
  table = await openMembersTable();
  busy = await openBusyTable(process.env.AWS_ENDPOINT_URL!);
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${(busy.server.address() as AddressInfo).port}`;
  forgetClients();
});
afterAll(async () => {
  await table.close();
  busy.server.closeAllConnections();
  busy.server.close();
});

test('what DynamoDB was too busy to read and write is asked again until it is done', async () => {
  const members = Array.from({ length: 30 }, (_, n) => member({ memberId: `m${n}` }));
  await upsertMembers(members);
  expect(await table.items()).toEqual(itemsFor(members));
  expect(await getMembers(members.map(({ memberId }) => memberId))).toEqual(members);
  expect(busy.refused()).toBeGreaterThan(10);
});

/** In front of a DynamoDB: of every batch it lets half through, and gives the other half back as unprocessed. */
async function openBusyTable(endpoint: string): Promise<typeof busy> {
  let refused = 0;
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await text(request));
    const operation = String(request.headers['x-amz-target']).split('.').at(-1)!;
    const left = operation.startsWith('Batch') ? takeHalf(body.RequestItems) : undefined;
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(([name]) => /^(x-amz|auth|content-type)/.test(name)),
    );
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: headers as Record<string, string>,
      body: JSON.stringify(body),
    });
    const result = (await answer.json()) as object;
    if (left) refused += 1;
    const unprocessed = left && { [operation === 'BatchGetItem' ? 'UnprocessedKeys' : 'UnprocessedItems']: left };
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify({ ...result, ...unprocessed }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, refused: () => refused };
}

function takeHalf(items: Record<string, unknown[] | { Keys: unknown[] }>): typeof items | undefined {
  const [name, batch] = Object.entries(items)[0]!;
  const all = Array.isArray(batch) ? batch : batch.Keys;
  const left = all.splice(Math.ceil(all.length / 2));
  if (left.length === 0) return undefined;
  return { [name]: Array.isArray(batch) ? left : { ...batch, Keys: left } };
}
