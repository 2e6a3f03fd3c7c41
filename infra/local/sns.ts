import { randomUUID } from 'node:crypto';
import type { Gateway } from './gateway.ts';
import type { Principal } from './iam.ts';
import type { TopicPlan } from './plan.ts';
import type { Sqs } from './sqs.ts';

export interface Sns {
  /**
   * Sends to every queue that subscribes, as sns.amazonaws.com, so that each queue's policy is asked. It rejects where
   * a queue refuses; on AWS the publisher would never hear of it. There is no endpoint: no function publishes.
   */
  publish(topicArn: string, message: string): Promise<void>;
}

export function openSns({ topics, sqs, gateway }: { topics: TopicPlan[]; sqs: Sqs; gateway: Gateway }): Sns {
  const sns: Principal = { caller: 'sns.amazonaws.com', service: 'sns.amazonaws.com', statements: [] };
  return {
    async publish(topicArn, message) {
      const topic = topics.find(({ arn }) => arn === topicArn);
      if (!topic) throw new Error(`The template has no topic ${topicArn}.`);
      for (const { queueArn, raw } of topic.subscriptions) {
        const need = { action: 'sqs:SendMessage', resource: queueArn, context: { 'aws:SourceArn': topicArn } };
        const body = raw ? message : JSON.stringify(envelope(topicArn, message));
        await gateway.perform(sns, 'sqs', need, () => sqs.send(queueArn, body));
      }
    },
  };
}

/** What a queue gets without raw delivery; nothing here checks a signature, so there is none. */
function envelope(TopicArn: string, Message: string): object {
  return { Type: 'Notification', MessageId: randomUUID(), TopicArn, Message, Timestamp: new Date().toISOString() };
}
