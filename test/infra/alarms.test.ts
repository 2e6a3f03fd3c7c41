import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pathOf, resourcesOf, templateOf } from './stage-template.ts';

const { template } = templateOf('production');
const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm').map(([, alarm]) => alarm.Properties);

test('every function that fails and every dead-letter queue that holds something raises an alarm', () => {
  const watched = alarms.map(({ MetricName, Dimensions: [{ Value }] }) => {
    return `${MetricName} ${pathOf(template, Value.Ref ?? Value['Fn::GetAtt'][0])}`;
  });
  const functions = resourcesOf(template, 'AWS::Lambda::Function').map(([id]) => `Errors ${pathOf(template, id)}`);
  const deadLetters = resourcesOf(template, 'AWS::SQS::Queue')
    .filter(([, queue]) => !queue.Properties.RedrivePolicy)
    .map(([id]) => `ApproximateNumberOfMessagesVisible ${pathOf(template, id)}`);
  expect(watched.sort()).toEqual([...functions, ...deadLetters].sort());
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
