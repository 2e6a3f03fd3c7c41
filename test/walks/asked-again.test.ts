import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { evidenceKeys, readEvidenceJson } from '../../shared/evidence/store.ts';
import type { Subject } from '../../shared/optouts/opt-out.ts';
import { readOptOuts } from '../../shared/optouts/store.ts';
import { apply } from '../../shared/requests/apply.ts';
import { grant } from '../../shared/requests/by-person/grant.ts';
import { merge } from '../../shared/requests/by-person/merge.ts';
import { reopen } from '../../shared/requests/by-person/reopen.ts';
import type { Cover, HistoryEntry, WrittenRequest } from '../../shared/requests/request.ts';
import { record } from '../../shared/requests/store.ts';
import { type LocalStack, startLocalStack } from '../local-stack.ts';
import { again, done, seeing, sitDown } from './at-the-desk.ts';
import { type Confirming, confirmingOn } from './confirming.ts';
import { walkOn } from './walk.ts';

let stack: LocalStack;
let confirming: Confirming;
let desk: ReturnType<typeof sitDown>;

beforeAll(async () => {
  stack = await startLocalStack();
  confirming = confirmingOn(stack);
  await walkOn(stack).haveMembers(
    'ann,ann,Ann Example,ann@members.invalid,,ann-club,en,',
    'bob,bob,Bob Example,bob@members.invalid,,,en,',
    'cleo,cleo,Cleo Example,cleo@members.invalid,,,en,',
  );
  desk = sitDown(stack);
});
afterAll(async () => {
  desk?.leave();
  await stack?.stop();
});

/** A mail whose subject comes near the phrase: it is held, and a person decides. */
async function nearMiss(name: string): Promise<WrittenRequest> {
  const messageId = `<${name}-${Math.random()}@members.invalid>`;
  const subject = 'Please remove me from your marketing materials';
  await stack.send({ from: `${name}@members.invalid`, to: 'privacy@inwriting.example', subject, text: 'x', messageId });
  return (await walkOn(stack).settled(messageId)) as WrittenRequest;
}

const granted = async (request: WrittenRequest, memberId: string, grants: Cover[]) =>
  done(await grant(request, { ...seeing(request), memberId, grants }));
const profile = (name: string): Cover => ({ subject: `member/${name}`, scopes: ['profile-images'] });

/** Another arrival beside one that is there. */
const arrival = ({ requestId: _, version: __, ...like }: WrittenRequest, number: number) => ({
  ...like,
  hash: number.toString(16).padStart(64, 'c'),
  state: 'received' as const,
  history: [],
});

test('a member who is told that it is in effect already stays out, though the other request is reopened at that moment', async () => {
  const covers: Cover[] = [profile('ann'), { subject: 'community/ann-club', scopes: ['header-graphic', 'pages'] }];
  const first = await granted(await nearMiss('ann'), 'ann', covers);
  const subjects: Subject[] = covers.map(({ subject }) => subject);
  const seen = await readOptOuts(subjects);
  done(await reopen(first, seeing(first)));
  const told = await record({
    ...arrival(first, 1),
    decision: { state: 'granted', rule: 'already-in-effect', reason: 'x', effects: [], answers: [] },
    covers: undefined,
  });
  const after = await apply(told, seen);
  expect(after.state).toBe('granted');
  for (const [subject, scope] of [
    ['member/ann', 'profile-images'],
    ['community/ann-club', 'header-graphic'],
    ['community/ann-club', 'pages'],
  ] as const) {
    expect((await confirming.reasons(subject, scope)).blockedBy).toEqual([told.requestId]);
  }
  const before = await readOptOuts(subjects);
  await apply({ ...told, state: 'received' }, seen);
  expect(await readOptOuts(subjects)).toEqual(before);
});

test('a hundred mails in the name of a member do not hide what was granted to them before', async () => {
  const [first, second] = [await nearMiss('bob'), await nearMiss('bob')];
  await granted(first, 'bob', [profile('bob')]);
  await granted(second, 'bob', [profile('bob')]);
  const at = new Date().toISOString();
  const forged = Array.from({ length: 225 }, (_, number) => ({
    ...arrival(second, number),
    requestId: `W-FORG-${number}`,
    state: 'review',
    receivedAt: at,
    version: 1,
  }));
  for (let from = 0; from < forged.length; from += 25) {
    const puts = forged.slice(from, from + 25).map((Item) => ({ PutRequest: { Item } }));
    await stack.dynamodb.send(new BatchWriteCommand({ RequestItems: { [stack.outputs.RequestsTable!]: puts } }));
  }
  const open = await again(first);
  done(await reopen(open, seeing(open)));
  expect((await confirming.reasons('member/bob')).blockedBy).toEqual([second.requestId]);
});

test('of requests that go into one at the same moment, the evidence tells each step as the record does', async () => {
  const into = await nearMiss('cleo');
  const others = [await nearMiss('cleo'), await nearMiss('cleo'), await nearMiss('cleo')];
  await Promise.all(others.map((other) => merge(other, { ...seeing(other), into: into.requestId })));
  const { requestId, history } = await again(into);
  const steps = history.filter(({ rule }) => rule.startsWith('merged-in-'));
  expect(new Set(steps.map(({ rule }) => rule))).toEqual(
    new Set(others.map((other) => `merged-in-${other.requestId}`)),
  );
  for (const { number, rule, reason } of steps) {
    const kept = await readEvidenceJson<HistoryEntry>(evidenceKeys.entry(requestId, number, rule));
    expect(kept).toMatchObject({ number, rule, reason });
  }
});
