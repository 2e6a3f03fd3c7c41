import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { variables } from '../../shared/env.ts';
import { HandlerFunction } from './handler-function.ts';
import { inboundPrefix, type Receiving } from './receiving.ts';
import { mayRecall } from './records.ts';
import { requestSettings, type SharedProps } from './settings.ts';
import { WorkQueue } from './work-queue.ts';

export interface InboundMailProps extends SharedProps {
  receiving: Receiving;
  /** Where answers are queued. */
  answers: Queue;
}

/** One stored e-mail becomes a request: topic → queue → function. */
export class InboundMail extends Construct {
  readonly queue: WorkQueue;
  readonly handler: HandlerFunction;
  readonly whenItFails = 'Mail that members sent is not being read.';

  constructor(scope: Construct, props: InboundMailProps) {
    super(scope, 'inbound-mail');
    const { stage, records, keys, answers, receiving } = props;
    this.handler = new HandlerFunction(this, {
      ...props,
      name: 'inbound-mail',
      timeout: Duration.seconds(60),
      memory: 1024,
      environment: {
        ...requestSettings(props),
        [variables.membersTable]: records.members.tableName,
        [variables.optOutsTable]: records.optOuts.tableName,
        [variables.requestsTable]: records.requests.tableName,
        [variables.tokensTable]: records.tokens.tableName,
        [variables.answersQueueUrl]: answers.queueUrl,
        [variables.tokenKeysSecret]: keys.tokens.secretArn,
        [variables.faxGateways]: stage.faxGateways.join(' ') || 'none',
      },
    });
    this.grant(props);

    this.queue = new WorkQueue(this, 'queue', this.handler.timeout);
    // Raw delivery: the body is SES's notification itself, without the envelope of SNS.
    receiving.topic.addSubscription(new SqsSubscription(this.queue, { rawMessageDelivery: true }));
    this.handler.consume(this.queue, { batchSize: 10 });
  }

  private grant({ records, keys, receiving, answers }: InboundMailProps): void {
    const { handler } = this;
    handler.allow(['dynamodb:BatchGetItem', 'dynamodb:Query'], [records.members.tableArn]);
    handler.allow(['dynamodb:BatchGetItem', 'dynamodb:PutItem'], [records.optOuts.tableArn]);
    mayRecall(handler, records);
    handler.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], [records.requests.tableArn]);
    // Which member an unsubscribe address stands for, where the id is too long for one.
    handler.allow(['dynamodb:GetItem'], [records.tokens.tableArn]);
    handler.allowObjects(['s3:GetObject'], receiving.rawMail, `${inboundPrefix}*`);
    handler.allowObjects(['s3:PutObject', 's3:PutObjectRetention'], records.evidence, 'requests/*');
    handler.allow(['sqs:SendMessage'], [answers.queueArn]);
    handler.allow(['secretsmanager:GetSecretValue'], [keys.tokens.secretArn]);
  }
}
