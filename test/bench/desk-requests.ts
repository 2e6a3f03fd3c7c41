import { createHash } from 'node:crypto';
import { BatchWriteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import { requestIds } from '../../shared/requests/id.ts';
import type { WrittenRequest } from '../../shared/requests/request.ts';
import { type LocalStack, until } from '../local-stack.ts';
import { walkOn } from '../walks/walk.ts';
import { directoryCsv } from './mails.ts';

/** What was put into a stack: ids of requests that came by mail and so have evidence. */
export interface Filled {
  requestIds: string[];
}

/** As many on both sides, so that the pages show the same and only what lies behind them differs. */
const open = 200;
const ownMails = 5;
const requestsOfAMember = 10;

/** Fills a stack: a few real mails, members with ten requests each, strangers with one, most of them closed. */
export async function fill(stack: LocalStack, requests: number): Promise<Filled> {
  const members = requests / 50;
  await stack.put(stack.outputs.IntakeBucket!, 'directory/delta-bench.csv', [Buffer.from(directoryCsv(members))]);
  // Before the table is full: a walk looks through all of it for its mail.
  const requestIds = await sendMails(stack);
  await writeRequests(stack, requests, members);
  await until(() => hasMember(stack, members - 1), 120);
  return { requestIds };
}

async function hasMember(stack: LocalStack, number: number): Promise<boolean> {
  const Key = { pk: `address/member-${number}@example.org`, sk: `m${number}` };
  const { Item } = await stack.dynamodb.send(new GetCommand({ TableName: stack.outputs.MembersTable, Key }));
  return Item !== undefined;
}

async function writeRequests(stack: LocalStack, requests: number, members: number): Promise<void> {
  const table = stack.outputs.RequestsTable!;
  let next = 0;
  const writer = async () => {
    while (next < requests) {
      const batch = Array.from({ length: Math.min(25, requests - next) }, () => requestOf(next++, members));
      const puts = batch.map((Item) => ({ PutRequest: { Item } }));
      await stack.dynamodb.send(new BatchWriteCommand({ RequestItems: { [table]: puts } }));
    }
  };
  await Promise.all(Array.from({ length: 4 }, writer));
}

/** One request as it lies in the table a while after it came. The first ones are open, by turns held and in review. */
function requestOf(number: number, members: number): WrittenRequest {
  const hash = createHash('sha256').update(`bench ${number}`).digest('hex');
  const receivedAt = new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString();
  const state = number >= open ? 'granted' : number % 2 ? 'held' : 'review';
  const memberId = number < members * requestsOfAMember ? `m${number % members}` : undefined;
  const from = memberId ? `member-${memberId.slice(1)}@example.org` : `stranger-${number}@example.net`;
  const { decision, history } = decided(state, receivedAt);
  return {
    ...{ requestId: requestIds(hash)[0]!, hash, channel: 'email', state, receivedAt, decision, history, version: 2 },
    summary: { from, subject: 'Please do not use my pictures', memberIds: memberId ? [memberId] : [] },
    arrival: { bucket: 'bench', key: `inbound/${number}` },
    thread: { messageId: `<${number}@example.org>`, references: [] },
    confirmations: {},
    who: memberId ? `member/${memberId}` : `address/${from}`,
    ...(state !== 'granted' && {
      open: state,
      dueAt: new Date(Date.parse(receivedAt) + 21 * 86_400_000).toISOString(),
    }),
  };
}

function decided(state: 'granted' | 'held' | 'review', at: string): Pick<WrittenRequest, 'decision' | 'history'> {
  const reason = 'The subject does not carry the phrase, so a person reads what is asked.';
  return {
    decision: { state, rule: 'written-request', reason, effects: [], answers: [] },
    history: [
      { number: 1, at, state: 'review', rule: 'written-request', reason },
      { number: 2, at, state, rule: 'bench', reason, by: { id: 'rita.reviewer', name: 'Rita Reviewer' } },
    ],
  };
}

async function sendMails(stack: LocalStack): Promise<string[]> {
  const ids: string[] = [];
  for (let mail = 0; mail < ownMails; mail += 1) {
    const messageId = `<own-${mail}@example.org>`;
    const text = 'Please do not use the pictures of my profile in your marketing any more, thank you.\n'.repeat(20);
    await stack.send({
      ...{ from: `member-${mail}@example.org`, to: 'privacy@inwriting.example' },
      ...{ subject: 'Please do not use my pictures', messageId, text },
    });
    ids.push((await walkOn(stack).settled(messageId)).requestId);
  }
  return ids;
}
