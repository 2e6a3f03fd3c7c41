import { expect, test } from 'vitest';
import { pathOf, type Resource, resourcesOf, templateOf } from './stage-template.ts';

const { template } = templateOf('local');
const [[, destination]] = resourcesOf(template, 'AWS::SES::ConfigurationSetEventDestination') as [[string, Resource]];

test('SES tells the topic of all that can become of an answer, and puts no tracking into it', () => {
  const { ConfigurationSetName, EventDestination } = destination.Properties;
  expect(pathOf(template, ConfigurationSetName.Ref)).toBe('sending/configuration-set');
  expect(EventDestination.Enabled).toBe(true);
  expect(EventDestination.MatchingEventTypes.toSorted()).toEqual([
    'bounce',
    'complaint',
    'delivery',
    'deliveryDelay',
    'reject',
    'renderingFailure',
    'send',
  ]);
  expect(pathOf(template, EventDestination.SnsDestination.TopicARN.Ref)).toBe('delivery-feedback/topic');
});

test('the destination waits for the policy of the topic, without which SES refuses it', () => {
  const policies = destination.DependsOn!.map((id) => template.Resources[id]!);
  expect(policies.map(({ Type }) => Type)).toEqual(['AWS::SNS::TopicPolicy']);
});
