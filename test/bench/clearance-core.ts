import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '../../shared/aws.ts';
import { checkSubjects } from '../../shared/clearance/check.ts';
import type { Subject } from '../../shared/optouts/opt-out.ts';
import type { LocalStack } from '../local-stack.ts';
import { messageOf, start } from './child.ts';
import { type Figure, median } from './figures.ts';

/** What a process with the code of a check tells of itself. */
export interface CoreTimes {
  /** Checks for each second of CPU of this process, round by round. */
  ours: number[];
  bare: number[];
}

/** Checks for each second of CPU, against a loop of nothing but BatchGetItem over the same keys, taking turns. */
export async function perCore(stack: LocalStack, members: number): Promise<Figure[]> {
  const child = start('clearance-core-process.ts', [String(members)], environmentOf(stack));
  const { ours, bare } = await messageOf<CoreTimes>(child);
  const words = (all: number[]) => `${Math.round(median(all)).toLocaleString('en')} subjects a CPU second`;
  return [
    {
      what: 'clearance, checks of 1,000 members for each second of CPU, against bare BatchGetItem over the same keys',
      ...{ ours: words(ours), yardstick: words(bare), ratio: median(ours) / median(bare), mark: { least: 0.7 } },
    },
  ];
}

/** As a command that is connected to a stack has it. */
export const environmentOf = ({ addresses, region, credentials, outputs }: LocalStack): Record<string, string> => ({
  AWS_ENDPOINT_URL: addresses.aws,
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  MEMBERS_TABLE: outputs.MembersTable!,
  OPT_OUTS_TABLE: outputs.OptOutsTable!,
  EVIDENCE_BUCKET: outputs.EvidenceBucket!,
  CAMPAIGNS_TABLE: outputs.CampaignsTable ?? 'none',
  REQUEST_RETENTION_MONTHS: outputs.RequestRetentionMonths!,
});

/** Runs in a process of its own: the stack's work must not count. */
export async function measureCore(members: number): Promise<CoreTimes> {
  const times: CoreTimes = { ours: [], bare: [] };
  for (let round = -3; round < 15; round += 1) {
    const subjects = Array.from({ length: 1000 }, (_, n): Subject => `member/m${(n * 3 + round + 3) % members}`);
    const ours = await perCpuSecond(subjects.length, () => checkSubjects(subjects.map((subject) => ({ subject }))));
    const bare = await perCpuSecond(subjects.length, () => readBare(subjects));
    if (round < 0) continue;
    times.ours.push(ours);
    times.bare.push(bare);
  }
  return times;
}

async function perCpuSecond(count: number, work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  for (let times = 0; times < 5; times += 1) await work();
  const { user, system } = process.cpuUsage(before);
  return (5 * count) / ((user + system) / 1e6);
}

async function readBare(subjects: Subject[]): Promise<void> {
  const [members, optOuts] = [process.env.MEMBERS_TABLE!, process.env.OPT_OUTS_TABLE!];
  const batches = Array.from({ length: subjects.length / 50 }, (_, n) => subjects.slice(n * 50, n * 50 + 50)).values();
  const reader = async () => {
    for (const batch of batches) {
      const RequestItems = {
        [members]: { Keys: batch.map((pk) => ({ pk, sk: 'member' })) },
        [optOuts]: { Keys: batch.map((subject) => ({ subject })), ConsistentRead: true },
      };
      await dynamo().send(new BatchGetCommand({ RequestItems }));
    }
  };
  await Promise.all(Array.from({ length: 8 }, reader));
}
