import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Stack } from '../../../infra/local/stack.ts';
import { until } from '../../local-stack.ts';
import { endSmallStacks, startSmallStack } from './small-stack.ts';
import { functionResources, trust } from './small-template.ts';

afterEach(endSmallStacks);

const hour = 3_600_000;
const name = 'small-sweeper-schedule-hourly';
const printing = 'exports.handler = async (event) => { console.log(JSON.stringify(event)); return { swept: 3 }; };';

describe('a schedule', () => {
  it('is run on demand as scheduler.amazonaws.com, with the event of EventBridge Scheduler', async () => {
    const stack = await start();
    expect(await stack.runSchedule(name)).toEqual({ ok: true, payload: { swept: 3 } });
    const event = await until(() => printed(stack)[0]);
    expect(event).toMatchObject({
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      account: '000000000000',
      region: 'us-east-1',
      resources: [`arn:aws:scheduler:us-east-1:000000000000:schedule/default/${name}`],
      detail: '{}',
    });
    expect(callsOf(stack)).toMatchObject([
      { action: 'sts:AssumeRole', allowed: true, from: 'scheduler.amazonaws.com' },
      {
        action: 'lambda:InvokeFunction',
        allowed: true,
        because: '"small/sweeper/schedule/role/DefaultPolicy" allows it',
      },
    ]);
  });

  it('does not run when it begins, but one period later', async () => {
    const stack = await start();
    expect(Date.now() - timesOf(stack.dataDir)[name]!).toBeLessThan(10_000);
    expect(printed(stack)).toEqual([]);
  });

  it('makes up at the start for what it missed while the stack was down, once', async () => {
    const { dataDir, stop } = await start();
    await stop();
    const missed = Date.now() - 5 * hour;
    writeFileSync(join(dataDir, 'schedules.json'), JSON.stringify({ [name]: missed }));
    const again = await start({ dataDir });
    await until(() => timesOf(dataDir)[name]! > missed);
    expect(printed(again)).toHaveLength(1);
    expect(Date.now() - timesOf(dataDir)[name]!).toBeLessThan(10_000);
  });

  it('that was cut off in the middle of a run runs again at the next start', async () => {
    const first = await start();
    await first.stop();
    const missed = Date.now() - 2 * hour;
    writeFileSync(join(first.dataDir, 'schedules.json'), JSON.stringify({ [name]: missed }));
    const endless = `exports.handler = () => { console.log('{"began":true}'); return new Promise(() => {}); };`;
    const second = await start({ dataDir: first.dataDir, code: endless });
    await until(() => printed(second).length);
    await second.stop();
    expect(timesOf(first.dataDir)[name]).toBe(missed);
  });

  it('tells the outcome of a function that fails', async () => {
    const stack = await start({ code: 'exports.handler = async () => { throw new Error("broken"); };' });
    expect(await stack.runSchedule(name)).toMatchObject({ ok: false, error: expect.stringContaining('broken') });
  });

  it('whose role may not invoke the function is refused, with the file to edit', async () => {
    const stack = await start({ grant: false });
    await expect(stack.runSchedule(name)).rejects.toThrow(
      'scheduler.amazonaws.com is not authorized to perform lambda:InvokeFunction on arn:aws:lambda:us-east-1:000000000000:function:sweeper, because no policy of its role allows it: grant it in infra/constructs/sweeper.ts.',
    );
  });

  it.each([
    ['another service', trust('events.amazonaws.com')],
    ['another account', trust('scheduler.amazonaws.com', { StringEquals: { 'aws:SourceAccount': '111111111111' } })],
  ])('whose role trusts %s is refused', async (_, trusting) => {
    const stack = await start({ trusting });
    await expect(stack.runSchedule(name)).rejects.toThrow('sts:AssumeRole');
    expect(printed(stack)).toEqual([]);
  });

  it('that the template does not have is named with those that it has', async () => {
    await expect((await start()).runSchedule('nightly')).rejects.toThrow(
      `The template has no schedule "nightly", only: ${name}.`,
    );
  });
});

describe('a stack does not start, and says what to do,', () => {
  it.each(['cron(0 * * * ? *)', 'at(2026-12-01T10:00:00)', 'rate(0 hours)', 'rate(1 week)'])(
    'with the schedule %s',
    async (expression) => {
      await expect(start({ expression })).rejects.toThrow(`does not know the schedule "${expression}"`);
    },
  );

  it('with a function whose role Lambda may not assume', async () => {
    const Resources = functionResources('sweeper', {});
    Resources.sweeperRole!.Properties = { AssumeRolePolicyDocument: trust('scheduler.amazonaws.com') } as never;
    await expect(startSmallStack({ Resources }, { sweeper: printing })).rejects.toThrow(
      'The role of sweeper cannot be assumed by Lambda: let lambda.amazonaws.com assume it in infra/constructs/sweeper.ts.',
    );
  });

  it('when schedules.json is damaged', async () => {
    const { dataDir, stop } = await start();
    await stop();
    writeFileSync(join(dataDir, 'schedules.json'), 'garbage');
    await expect(start({ dataDir })).rejects.toThrow('remove it, and the schedules begin anew');
  });
});

interface Options {
  code?: string;
  expression?: string;
  grant?: boolean;
  trusting?: object;
  dataDir?: string;
}

const ofThisAccount = {
  StringEquals: {
    'aws:SourceAccount': { Ref: 'AWS::AccountId' },
    'aws:SourceArn': 'arn:aws:scheduler:us-east-1:000000000000:schedule-group/default',
  },
};

function start({
  code = printing,
  expression = 'rate(1 hour)',
  grant = true,
  trusting = trust('scheduler.amazonaws.com', ofThisAccount),
  dataDir,
}: Options = {}) {
  const at = (path: string) => ({ 'aws:cdk:path': `small/sweeper/schedule/${path}` });
  const Arn = { 'Fn::GetAtt': ['sweeperCode', 'Arn'] };
  const Statement = grant ? [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: Arn }] : [];
  const Resources = {
    ...functionResources('sweeper', {}),
    ScheduleRole: {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: trusting },
      Metadata: at('role/Resource'),
    },
    SchedulePolicy: {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyDocument: { Statement }, PolicyName: 'invoke', Roles: [{ Ref: 'ScheduleRole' }] },
      Metadata: at('role/DefaultPolicy/Resource'),
    },
    Schedule: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        FlexibleTimeWindow: { Mode: 'OFF' },
        ScheduleExpression: expression,
        Target: { Arn, RoleArn: { 'Fn::GetAtt': ['ScheduleRole', 'Arn'] } },
      },
      Metadata: at('hourly'),
    },
  };
  return startSmallStack({ Resources }, { sweeper: code }, { dataDir });
}

function printed({ trace }: Stack): Record<string, unknown>[] {
  return trace
    .recent()
    .flatMap((event) => (event.kind === 'log' && typeof event.line !== 'string' ? [event.line] : []));
}

function callsOf({ trace }: Stack) {
  return trace.recent().flatMap((event) => (event.kind === 'call' ? [event] : []));
}

function timesOf(dataDir: string): Record<string, number> {
  return JSON.parse(readFileSync(join(dataDir, 'schedules.json'), 'utf8'));
}
