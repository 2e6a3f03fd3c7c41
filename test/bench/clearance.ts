import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { apiOf, tokenOf } from '../functions/clearance/machines.ts';
import { type LocalStack, startLocalStack } from '../local-stack.ts';
import { perCore } from './clearance-core.ts';
import { fileThroughput } from './clearance-csv.ts';
import { type Figure, median, percentile } from './figures.ts';

const few = 1_000;
const many = 100_000;
const members = 5_000;
const warmUp = 20;

/**
 * One check and 1,000 at once through the HTTP API, with 100,000 opt-outs in the table against 1,000: two stacks side by
 * side, asked in turn, so that both see the same machine. Then what a check costs of a core, and a file of 100,000 lines.
 */
export async function clearance(): Promise<Figure[]> {
  const small = await startLocalStack();
  const large = await startLocalStack();
  try {
    const sides = [await sideOf(small, few), await sideOf(large, many)];
    return [
      ...(await compare('one check', sides, 400, (api, round) => api.get(`/member/m${(round * 7) % members}`))),
      ...(await compare('1,000 at once', sides, 60, (api, round) => api.post('/check', thousand(round)))),
      ...(await perCore(small, members)),
      ...(await fileThroughput(small, members)),
    ];
  } finally {
    await small.stop();
    await large.stop();
  }
}

type Api = ReturnType<typeof apiOf>;

async function sideOf(stack: LocalStack, optOuts: number): Promise<Api> {
  await write(stack, stack.outputs.MembersTable!, members, (n) => ({
    ...{ pk: `member/m${n}`, sk: 'member', memberId: `m${n}`, handle: `member-${n}`, name: `Member ${n}` },
    ...{ primaryEmail: `member-${n}@example.org`, otherEmails: [], manages: [] },
  }));
  // As many of those that are asked about on both sides, so that the answers are the same.
  await write(stack, stack.outputs.OptOutsTable!, optOuts, (n) => optOutOf(n < few ? `m${n * 5}` : `other-${n}`));
  return apiOf(stack, await tokenOf(stack));
}

function optOutOf(memberId: string): object {
  const requestId = `W-0000-0000-0000-${memberId.slice(-4).padStart(4, '0')}`;
  const [scope, at] = ['profile-images', '2026-01-01T00:00:00.000Z'];
  return {
    ...{ subject: `member/${memberId}`, version: 1, changes: [{ at, requestId, scope, change: 'blocked' }] },
    scopes: { [scope]: { blockedBy: { [requestId]: at }, holds: {} } },
  };
}

async function write(stack: LocalStack, table: string, count: number, itemOf: (n: number) => object): Promise<void> {
  let next = 0;
  const writer = async () => {
    while (next < count) {
      const batch = Array.from({ length: Math.min(25, count - next) }, () => itemOf(next++));
      const puts = batch.map((Item) => ({ PutRequest: { Item } }));
      await stack.dynamodb.send(new BatchWriteCommand({ RequestItems: { [table]: puts as never } }));
    }
  };
  await Promise.all(Array.from({ length: 4 }, writer));
}

const thousand = (round: number) => ({
  subjects: Array.from({ length: 1000 }, (_, n) => ({ subject: `member/m${(n * 3 + round) % members}` })),
});

async function compare(
  what: string,
  sides: Api[],
  rounds: number,
  ask: (api: Api, round: number) => Promise<Response>,
): Promise<Figure[]> {
  const times: number[][] = sides.map(() => []);
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const [side, api] of sides.entries()) {
      const began = performance.now();
      const answer = await ask(api, Math.abs(round));
      // An error is quick, too.
      if (!(await answer.text()).includes('"allowed"')) throw new Error(`A check was answered with ${answer.status}.`);
      if (round >= 0) times[side]!.push(performance.now() - began);
    }
  }
  const [ofFew, ofMany] = times as [number[], number[]];
  const words = (all: number[]) => `p50 ${median(all).toFixed(1)} ms, p99 ${percentile(all, 99).toFixed(1)} ms`;
  const about = `clearance, ${what}: ${many.toLocaleString('en')} opt-outs in the table against ${few.toLocaleString('en')}`;
  return [
    { what: `${about}, p50 of ${rounds}`, ...{ ours: words(ofMany), yardstick: words(ofFew) }, ...ratio(50) },
    { what: `${about}, p99 of ${rounds}`, ...{ ours: words(ofMany), yardstick: words(ofFew) }, ...ratio(99) },
  ];

  function ratio(percent: number) {
    return { ratio: percentile(ofMany, percent) / percentile(ofFew, percent), mark: { most: 1.2 } };
  }
}
