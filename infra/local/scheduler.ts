import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Gateway } from './gateway.ts';
import type { Lambda, Outcome } from './lambda.ts';
import type { SchedulePlan } from './plan.ts';
import { takeRole } from './roles.ts';

export interface Scheduler {
  /** Runs the function of a schedule now, whenever it is due. Rejects when Scheduler may not, or knows no such schedule. */
  run(name: string): Promise<Outcome>;
  stop(): void;
}

export interface SchedulerParts {
  schedules: SchedulePlan[];
  /** Remembers when each schedule began and last ran. */
  file: string;
  lambda: Pick<Lambda, 'invoke'>;
  gateway: Pick<Gateway, 'perform'>;
  accountId: string;
  region: string;
}

/**
 * EventBridge Scheduler. The first run comes one period after the schedule was made, not at once as on AWS, where
 * nothing is due yet either. A run that fell into a time in which the stack was down is made up for at the next start.
 */
export function startScheduler({ schedules, file, ...parts }: SchedulerParts): Scheduler {
  const stopping = new AbortController();
  const times = readTimes(file);
  for (const schedule of schedules) times[schedule.name] ??= Date.now();
  if (schedules.length) keep();
  for (const schedule of schedules) void follow(schedule);

  return {
    async run(name) {
      const schedule = schedules.find((candidate) => candidate.name === name);
      if (schedule) return invoke(schedule, parts);
      const known = schedules.map((candidate) => candidate.name).join(', ') || 'none';
      throw new Error(`The template has no schedule "${name}", only: ${known}.`);
    },
    stop: () => stopping.abort(),
  };

  async function follow(schedule: SchedulePlan): Promise<void> {
    while (await passed(times[schedule.name]! + schedule.every * 1000 - Date.now())) {
      await insist(schedule);
      if (stopping.signal.aborted) return;
      // Noted after the run, so that one which a kill cut off comes again.
      times[schedule.name] = Date.now();
      keep();
    }
  }

  /** Lambda tries an asynchronous event three times, after one and two minutes (developer guide, "Error handling"). */
  async function insist(schedule: SchedulePlan): Promise<void> {
    for (const pause of [0, 60_000, 120_000]) {
      if (!(await passed(pause))) return;
      // What IAM refuses is in the trace, and trying again would not change it.
      const outcome = await invoke(schedule, parts).catch(() => undefined);
      if (outcome?.ok !== false) return;
    }
  }

  /** False when the stack stops before. A timer takes 24 days at most; the rest of a longer period is waited out again. */
  async function passed(milliseconds: number): Promise<boolean> {
    const end = Date.now() + milliseconds;
    do {
      const left = Math.min(Math.max(end - Date.now(), 0), 2 ** 31 - 1);
      await sleep(left, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
    } while (!stopping.signal.aborted && Date.now() < end);
    return !stopping.signal.aborted;
  }

  function keep(): void {
    writeFileSync(`${file}.new`, JSON.stringify(times));
    renameSync(`${file}.new`, file);
  }
}

type InvokeParts = Omit<SchedulerParts, 'schedules' | 'file'>;

async function invoke(schedule: SchedulePlan, parts: InvokeParts): Promise<Outcome> {
  const { functionName, functionArn } = schedule;
  const { gateway, lambda, accountId, region } = parts;
  const context = {
    'aws:SourceAccount': accountId,
    'aws:SourceArn': `arn:aws:scheduler:${region}:${accountId}:schedule-group/default`,
  };
  const scheduler = await takeRole(gateway, 'scheduler.amazonaws.com', schedule, context);
  const need = { action: 'lambda:InvokeFunction', resource: functionArn };
  return gateway.perform(scheduler, 'lambda', need, () => lambda.invoke(functionName, eventOf(schedule, parts)));
}

/** What a target without an input of its own gets. */
function eventOf({ arn }: SchedulePlan, { accountId, region }: InvokeParts): object {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: accountId,
    time: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources: [arn],
    detail: '{}',
  };
}

/** Milliseconds since 1970 by the name of the schedule. */
function readTimes(file: string): Record<string, number> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Error(`${file} is damaged (${(error as Error).message}): remove it, and the schedules begin anew.`);
  }
}
