import { type Find, nameIn } from './found.ts';
import type { SchedulePlan } from './plan.ts';
import { rolePolicies } from './policies.ts';

/** The schedules of the template. Throws a sentence for an expression that the local stack does not know. */
export function schedules(found: Find): SchedulePlan[] {
  return found('AWS::Scheduler::Schedule').map(({ logicalId, name, arn, path, constructFile, properties: p }) => ({
    logicalId,
    name,
    arn,
    every: secondsOf(p.ScheduleExpression, path),
    functionName: nameIn(p.Target.Arn),
    functionArn: p.Target.Arn,
    roleArn: p.Target.RoleArn,
    statements: rolePolicies(found, p.Target.RoleArn),
    constructFile,
  }));
}

const units: Record<string, number> = { minute: 60, hour: 3_600, day: 86_400 };

/** `rate(1 hour)`, `rate(15 minutes)`: the only kind in use. */
function secondsOf(expression: string, path: string): number {
  const [, count, unit = ''] = /^rate\(([1-9]\d*) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (count) return Number(count) * units[unit]!;
  throw new Error(
    `The local stack does not know the schedule "${expression}" (${path}): use rate(…), or teach it to infra/local/schedules.ts.`,
  );
}
