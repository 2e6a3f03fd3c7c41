import { expect, test } from 'vitest';
import { pathOf, type Resource, resourcesOf, templateOf } from './stage-template.ts';

const { template } = templateOf('local');
const destinations = resourcesOf(template, 'AWS::SES::ConfigurationSetEventDestination').map(([, found]) => found);

test('SES tells the topic of all that can become of an answer or a notice, and puts no tracking into it', () => {
  const sets = destinations.map(({ Properties }) => pathOf(template, Properties.ConfigurationSetName.Ref));
  expect(sets.sort()).toEqual(['sending/configuration-set', 'sending/notices']);
  for (const { Properties } of destinations) {
    const { Enabled, MatchingEventTypes, SnsDestination } = Properties.EventDestination;
    expect(Enabled).toBe(true);
    expect(MatchingEventTypes.toSorted()).toEqual([
      'bounce',
      'complaint',
      'delivery',
      'deliveryDelay',
      'reject',
      'renderingFailure',
      'send',
    ]);
    expect(pathOf(template, SnsDestination.TopicARN.Ref)).toBe('delivery-feedback/topic');
  }
});

test('the destinations wait for the policy of the topic, without which SES refuses them', () => {
  for (const { DependsOn } of destinations) {
    expect(DependsOn!.map((id) => template.Resources[id]!.Type)).toEqual(['AWS::SNS::TopicPolicy']);
  }
});

test('answers and notices each have event sources with a limit of their own, and nothing caps the function', () => {
  const sources = resourcesOf(template, 'AWS::Lambda::EventSourceMapping')
    .map(([, { Properties }]) => Properties)
    .filter(({ FunctionName }) => pathOf(template, FunctionName.Ref) === 'mail-sender/function/code');
  const limits = sources.map(({ EventSourceArn, ScalingConfig }) => {
    return `${pathOf(template, EventSourceArn['Fn::GetAtt'][0])}: ${ScalingConfig.MaximumConcurrency}`;
  });
  expect(limits.sort()).toEqual(['mail-sender/answers: 2', 'mail-sender/notices: 2']);
  const [[, sender]] = resourcesOf(template, 'AWS::Lambda::Function').filter(([id]) => {
    return pathOf(template, id) === 'mail-sender/function/code';
  }) as [[string, Resource]];
  expect(sender.Properties.ReservedConcurrentExecutions).toBeUndefined();
});
