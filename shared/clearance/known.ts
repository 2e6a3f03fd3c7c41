import { setTimeout as pause } from 'node:timers/promises';
import {
  BatchGetCommand,
  type BatchGetCommandInput,
  type BatchGetCommandOutput,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../aws.ts';
import { env } from '../env.ts';
import { Unavailable } from '../errors.ts';
import { communityLookup, managerPrefix, memberKey } from '../members/member.ts';
import type { OptOut, Subject } from '../optouts/opt-out.ts';

export interface Flags {
  known: boolean;
  optOut: Pick<OptOut, 'scopes'>;
}

/**
 * Whether the directory knows each subject, and what is asked of us about it: two keys of a member in one call, 50
 * members a call; of a community one key, and one query for any manager. Each subject only once.
 */
export async function readFlags(subjects: readonly Subject[]): Promise<Map<Subject, Flags>> {
  const flags = new Map(
    subjects.map((subject): [Subject, Flags] => [subject, { known: false, optOut: { scopes: {} } }]),
  );
  const communities = subjects.filter((subject) => subject.startsWith('community/'));
  await Promise.all([
    inParallel(inBatches(subjects, 50), 8, (batch) => readBatch(batch, flags)),
    inParallel(communities, 16, async (subject) => {
      flags.get(subject)!.known = await hasManager(subject);
    }),
  ]);
  return flags;
}

async function readBatch(subjects: readonly Subject[], flags: Map<Subject, Flags>): Promise<void> {
  const [members, optOuts] = [env('membersTable'), env('optOutsTable')];
  let left: BatchGetCommandInput['RequestItems'] = requestFor(subjects, members, optOuts);
  for (let attempt = 0; left && Object.keys(left).length > 0; attempt += 1) {
    if (attempt === attempts) throw new Unavailable('DynamoDB left opt-outs unread: it is throttling.');
    if (attempt > 0) await pause(Math.random() * Math.min(1000, 25 * 2 ** attempt));
    const answer: BatchGetCommandOutput = await dynamo().send(new BatchGetCommand({ RequestItems: left }));
    const { Responses = {}, UnprocessedKeys } = answer;
    for (const { pk } of Responses[members] ?? []) flags.get(pk)!.known = true;
    for (const { subject, scopes } of Responses[optOuts] ?? []) flags.get(subject)!.optOut = { scopes };
    left = UnprocessedKeys;
  }
}

/** What DynamoDB was too busy for is asked again, for some seconds at most: a machine waits. */
const attempts = 10;

/** A member who came a moment ago may be unknown for another; an opt-out that came a moment ago may not. */
function requestFor(subjects: readonly Subject[], members: string, optOuts: string) {
  const ids = subjects.filter((subject) => subject.startsWith('member/')).map((subject) => subject.slice(7));
  return {
    [optOuts]: {
      Keys: subjects.map((subject) => ({ subject })),
      ConsistentRead: true,
      ProjectionExpression: 'subject, #scopes',
      ExpressionAttributeNames: { '#scopes': 'scopes' },
    },
    ...(ids.length > 0 && { [members]: { Keys: ids.map(memberKey), ProjectionExpression: 'pk' } }),
  };
}

async function hasManager(community: Subject): Promise<boolean> {
  const { Count = 0 } = await dynamo().send(
    new QueryCommand({
      TableName: env('membersTable'),
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :begins)',
      ExpressionAttributeValues: {
        ':pk': communityLookup(community.slice('community/'.length)),
        ':begins': managerPrefix,
      },
      ProjectionExpression: 'pk',
      Limit: 1,
    }),
  );
  return Count > 0;
}

const inBatches = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));

/** Acts on all, some at a time. */
export async function inParallel<T>(work: readonly T[], atOnce: number, act: (one: T) => Promise<void>): Promise<void> {
  const left = work.values();
  const worker = async () => {
    for (const one of left) await act(one);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, work.length) }, worker));
}
