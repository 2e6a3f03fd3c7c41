import { ConfigurationSetEventDestination, EmailSendingEvent, EventDestination } from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { variables } from '../../shared/env.ts';
import type { Stage } from '../stage.ts';
import { HandlerFunction } from './handler-function.ts';
import type { Records } from './records.ts';
import type { Sending } from './sending.ts';
import { WorkQueue } from './work-queue.ts';

export interface DeliveryFeedbackProps {
  stage: Stage;
  bundles: string;
  records: Records;
  sending: Sending;
}

/** What became of a mail that we sent: SES → topic → queue → function. */
export class DeliveryFeedback extends Construct {
  readonly queue: WorkQueue;
  readonly handler: HandlerFunction;
  readonly whenItFails = 'Bounces and complaints are not noted, so nobody sees which answers did not arrive.';

  constructor(scope: Construct, props: DeliveryFeedbackProps) {
    super(scope, 'delivery-feedback');
    const { records, sending } = props;
    this.handler = new HandlerFunction(this, {
      ...props,
      name: 'delivery-feedback',
      timeout: Duration.seconds(30),
      environment: { [variables.deliveriesTable]: records.deliveries.tableName },
    });
    this.handler.allow(['dynamodb:UpdateItem'], [records.deliveries.tableArn]);

    this.queue = new WorkQueue(this, 'queue', this.handler.timeout);
    const topic = eventTopic(this, sending);
    // Raw delivery: the body is SES's event itself. The queue's policy lets in this topic and nobody else.
    topic.addSubscription(new SqsSubscription(this.queue, { rawMessageDelivery: true }));
    this.handler.consume(this.queue, { batchSize: 10 });
  }
}

/**
 * The topic that SES tells, under a policy for our configuration set alone, which CDK writes and waits for. Opens and
 * clicks are left out: they would put a tracking image and rewritten links into our answers.
 */
function eventTopic(scope: Construct, { configurationSet }: Sending): Topic {
  // Not encrypted with alias/aws/sns, to which SES cannot publish. An event holds headers, not the mail.
  const topic = new Topic(scope, 'topic', { enforceSSL: true });
  new ConfigurationSetEventDestination(scope, 'events', {
    configurationSet,
    destination: EventDestination.snsTopic(topic),
    events: [
      EmailSendingEvent.SEND,
      EmailSendingEvent.DELIVERY,
      EmailSendingEvent.DELIVERY_DELAY,
      EmailSendingEvent.BOUNCE,
      EmailSendingEvent.COMPLAINT,
      EmailSendingEvent.REJECT,
      EmailSendingEvent.RENDERING_FAILURE,
    ],
  });
  return topic;
}
