import { expect, test } from 'vitest';
import { pathOf, resourcesOf, templateOf } from './stage-template.ts';

const { template } = templateOf('local');
const schedules = resourcesOf(template, 'AWS::Scheduler::Schedule').map(([, schedule]) => schedule);

test('deadlines runs every hour and change-notices every minute, on time', () => {
  const found = schedules.map(({ Properties: { Target, ...times } }) => {
    const [target, role] = [Target.Arn, Target.RoleArn].map((arn) => pathOf(template, arn['Fn::GetAtt'][0]));
    expect(role).toBe(target!.replace('/function/code', '/schedule/role'));
    expect(times.FlexibleTimeWindow).toEqual({ Mode: 'OFF' });
    return `${times.ScheduleExpression}: ${target}`;
  });
  expect(found.sort()).toEqual([
    'rate(1 hour): deadlines/function/code',
    'rate(1 minute): change-notices/function/code',
  ]);
});

test('a run that could not be started is given up when the next one is due', () => {
  for (const { Properties } of schedules) {
    const most = Properties.ScheduleExpression === 'rate(1 minute)' ? 60 : 3_600;
    expect(Properties.Target.RetryPolicy.MaximumEventAgeInSeconds).toBeLessThanOrEqual(most);
  }
});

test('a schedule waits until its role may invoke the function', () => {
  for (const { DependsOn, Properties } of schedules) {
    const name = pathOf(template, Properties.Target.Arn['Fn::GetAtt'][0]).split('/')[0];
    expect(DependsOn?.map((id) => pathOf(template, id))).toContain(`${name}/schedule/role/DefaultPolicy`);
  }
});
