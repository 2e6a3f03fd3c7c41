import { ConfigurationSetEventDestination, EmailSendingEvent, EventDestination } from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { variables } from '../../shared/env.ts';
import { HandlerFunction } from './handler-function.ts';
import type { Sending } from './sending.ts';
import { requestSettings, type SharedProps } from './settings.ts';
import { WorkQueue } from './work-queue.ts';

export interface DeliveryFeedbackProps extends SharedProps {
  sending: Sending;
}

/** What became of a mail that we sent: SES → topic → queue → function. */
export class DeliveryFeedback extends Construct {
  readonly queue: WorkQueue;
  readonly handler: HandlerFunction;
  readonly whenItFails = 'Bounces and complaints are not noted, so nobody sees which mails did not arrive.';

  constructor(scope: Construct, props: DeliveryFeedbackProps) {
    super(scope, 'delivery-feedback');
    const { records, sending } = props;
    this.handler = new HandlerFunction(this, {
      ...props,
      name: 'delivery-feedback',
      timeout: Duration.seconds(30),
      environment: {
        ...requestSettings(props),
        [variables.deliveriesTable]: records.deliveries.tableName,
        [variables.membersTable]: records.members.tableName,
        [variables.requestsTable]: records.requests.tableName,
        [variables.optOutsTable]: records.optOuts.tableName,
      },
    });
    this.grant(props);

    this.queue = new WorkQueue(this, 'queue', this.handler.timeout);
    const topic = eventTopic(this, sending);
    // Raw delivery: the body is SES's event itself. The queue's policy lets in this topic and nobody else.
    topic.addSubscription(new SqsSubscription(this.queue, { rawMessageDelivery: true }));
    this.handler.consume(this.queue, { batchSize: 10 });
  }

  private grant({ records }: DeliveryFeedbackProps): void {
    const { handler } = this;
    handler.allow(['dynamodb:UpdateItem'], [records.deliveries.tableArn]);
    // The marks of addresses that take no mail.
    handler.allow(['dynamodb:PutItem', 'dynamodb:DeleteItem'], [records.members.tableArn]);
    // A complaint is recorded as a request.
    handler.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], [records.requests.tableArn]);
    handler.allow(['dynamodb:BatchGetItem', 'dynamodb:PutItem'], [records.optOuts.tableArn]);
    handler.allowObjects(['s3:PutObject', 's3:PutObjectRetention'], records.evidence, 'requests/*');
  }
}

/**
 * The topic that SES tells, under a policy for our two configuration sets alone, which CDK writes and waits for. Opens
 * and clicks are left out: they would put a tracking image and rewritten links into our mails.
 */
function eventTopic(scope: Construct, { configurationSet, notices }: Sending): Topic {
  // Not encrypted with alias/aws/sns, to which SES cannot publish. An event holds headers, not the mail.
  const topic = new Topic(scope, 'topic', { enforceSSL: true });
  const destination = EventDestination.snsTopic(topic);
  new ConfigurationSetEventDestination(scope, 'events', { configurationSet, destination, events });
  new ConfigurationSetEventDestination(scope, 'notice-events', { configurationSet: notices, destination, events });
  return topic;
}

const events = [
  EmailSendingEvent.SEND,
  EmailSendingEvent.DELIVERY,
  EmailSendingEvent.DELIVERY_DELAY,
  EmailSendingEvent.BOUNCE,
  EmailSendingEvent.COMPLAINT,
  EmailSendingEvent.REJECT,
  EmailSendingEvent.RENDERING_FAILURE,
];
