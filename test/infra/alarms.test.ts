import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pathOf, resourcesOf, templateOf } from './stage-template.ts';

const { template } = templateOf('production');
const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm').map(([, alarm]) => alarm.Properties);

test('every function that fails, every dead letter that waits and every schedule that stands still raises an alarm', () => {
  const watched = alarms.map(({ MetricName, Dimensions: [{ Value }] }) => {
    return `${MetricName} ${pathOf(template, Value.Ref ?? Value['Fn::GetAtt'][0])}`;
  });
  const functions = resourcesOf(template, 'AWS::Lambda::Function').map(([id]) => `Errors ${pathOf(template, id)}`);
  const deadLetters = resourcesOf(template, 'AWS::SQS::Queue')
    .filter(([, queue]) => !queue.Properties.RedrivePolicy)
    .map(([id]) => `ApproximateNumberOfMessagesVisible ${pathOf(template, id)}`);
  const scheduled = resourcesOf(template, 'AWS::Scheduler::Schedule').map(([, { Properties }]) => {
    return `Invocations ${pathOf(template, Properties.Target.Arn['Fn::GetAtt'][0])}`;
  });
  expect(watched.sort()).toEqual([...functions, ...deadLetters, ...scheduled].sort());
});

test('a schedule that does nothing at all counts as standing still', () => {
  const runs = alarms.filter(({ MetricName }) => MetricName === 'Invocations');
  expect(runs.length).toBe(2);
  for (const run of runs) {
    expect(run).toMatchObject({
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      TreatMissingData: 'breaching',
    });
  }
});

test('every alarm is told to somebody, and says what it means, where to look and what to do', () => {
  for (const { AlarmActions, AlarmDescription } of alarms) {
    expect(pathOf(template, AlarmActions[0].Ref)).toBe('alarms/topic');
    expect(AlarmDescription).toMatch(/\. Look: .+\. Do: .+\. Runbook: README\.md#runbook-[a-z-]+$/);
  }
  const addresses = resourcesOf(template, 'AWS::SNS::Subscription').map(([, { Properties }]) => Properties.Endpoint);
  expect(addresses).toContain('operations@community.example');
});

test('the README has the runbook that each alarm links', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const headings = [...readme.matchAll(/^#+ Runbook (\S+)$/gm)].map(([, name]) => `#runbook-${name}`);
  const linked = new Set(alarms.map(({ AlarmDescription }) => AlarmDescription.match(/#runbook-.+$/)[0]));
  expect(headings).toEqual(expect.arrayContaining([...linked]));
});
