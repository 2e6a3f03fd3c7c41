import { expect, test } from 'vitest';
import { pathOf, type Resource, resourcesOf, templateOf } from './stage-template.ts';

const { template } = templateOf('local');
const schedules = resourcesOf(template, 'AWS::Scheduler::Schedule').map(([, { Properties }]) => Properties);

test('deadlines runs every hour, on time', () => {
  const [{ Target, ...hourly }] = schedules as [(typeof schedules)[number]];
  expect(hourly).toEqual({ ScheduleExpression: 'rate(1 hour)', FlexibleTimeWindow: { Mode: 'OFF' } });
  expect(pathOf(template, Target.Arn['Fn::GetAtt'][0])).toBe('deadlines/function/code');
  expect(pathOf(template, Target.RoleArn['Fn::GetAtt'][0])).toBe('deadlines/schedule/role');
});

test('a run that could not be started is given up when the next one is due', () => {
  for (const { Target } of schedules) expect(Target.RetryPolicy.MaximumEventAgeInSeconds).toBeLessThanOrEqual(3600);
});

test('a schedule waits until its role may invoke the function', () => {
  const [[, schedule]] = resourcesOf(template, 'AWS::Scheduler::Schedule') as [[string, Resource]];
  expect(schedule.DependsOn?.map((id) => pathOf(template, id))).toContain('deadlines/schedule/role/DefaultPolicy');
});
