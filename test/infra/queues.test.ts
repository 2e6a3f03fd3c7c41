import { expect, test } from 'vitest';
import { pathOf, type Resource, resourcesOf, templateOf } from './stage-template.ts';

const { template } = templateOf('local');
const queues = resourcesOf(template, 'AWS::SQS::Queue');
const working = queues.filter(([, queue]) => queue.Properties.RedrivePolicy);
const sources = resourcesOf(template, 'AWS::Lambda::EventSourceMapping');

test('every queue is encrypted and keeps messages for 14 days', () => {
  expect(queues.length).toBe(14);
  for (const [, queue] of queues) {
    expect(queue.Properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 86_400 });
  }
});

test('every queue refuses connections without TLS', () => {
  const refusing = resourcesOf(template, 'AWS::SQS::QueuePolicy').filter(([, policy]) =>
    policy.Properties.PolicyDocument.Statement.some(
      // biome-ignore lint/suspicious/noExplicitAny: a policy statement.
      (statement: any) => statement.Effect === 'Deny' && statement.Condition.Bool['aws:SecureTransport'] === 'false',
    ),
  );
  const covered = refusing.flatMap(([, policy]) => policy.Properties.Queues.map((queue: { Ref: string }) => queue.Ref));
  expect(covered.sort()).toEqual(queues.map(([id]) => id).sort());
});

test('every queue that a function reads has a dead-letter queue of its own', () => {
  const deadLetters = working.map(([, queue]) => queue.Properties.RedrivePolicy.deadLetterTargetArn['Fn::GetAtt'][0]);
  expect(new Set(deadLetters).size).toBe(working.length);
  expect(sources.map(([, source]) => queueOf(source)).sort()).toEqual(working.map(([id]) => id).sort());
});

test.each(sources)('the queue behind %s waits six times as long as its function may run', (_, source) => {
  const timeout = functionOf(source).Properties.Timeout;
  expect(template.Resources[queueOf(source)]!.Properties.VisibilityTimeout).toBeGreaterThanOrEqual(6 * timeout);
});

test.each(sources)('the queue behind %s outlasts an hour in which every attempt fails', (_, source) => {
  const { VisibilityTimeout, RedrivePolicy } = template.Resources[queueOf(source)]!.Properties;
  expect(VisibilityTimeout * RedrivePolicy.maxReceiveCount).toBeGreaterThan(3600);
});

test('every function that reads a queue reports the failed messages of a batch by themselves', () => {
  for (const [, source] of sources) {
    expect(source.Properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
  }
});

test('SNS hands what SES tells of incoming and of sent mail to the queues as it is', () => {
  const subscriptions = resourcesOf(template, 'AWS::SNS::Subscription').map(([, { Properties }]) => Properties);
  expect(subscriptions.map(({ RawMessageDelivery }) => RawMessageDelivery)).toEqual([true, true]);
  const ways = subscriptions.map(({ TopicArn, Endpoint }) => {
    return `${pathOf(template, TopicArn.Ref)} to ${pathOf(template, Endpoint['Fn::GetAtt'][0])}`;
  });
  expect(ways.sort()).toEqual([
    'delivery-feedback/topic to delivery-feedback/queue',
    'receiving/topic to inbound-mail/queue',
  ]);
});

function queueOf(source: Resource): string {
  return source.Properties.EventSourceArn['Fn::GetAtt'][0];
}

function functionOf(source: Resource): Resource {
  return template.Resources[source.Properties.FunctionName.Ref]!;
}
