import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { variables } from '../../shared/env.ts';
import { HandlerFunction } from './handler-function.ts';
import type { Sending } from './sending.ts';
import { requestSettings, type SharedProps } from './settings.ts';
import { WorkQueue } from './work-queue.ts';

export interface MailSenderProps extends SharedProps {
  sending: Sending;
}

/** Everything that goes out: answers queue → function → SES. */
export class MailSender extends Construct {
  readonly queue: WorkQueue;
  readonly handler: HandlerFunction;
  readonly whenItFails = 'Answers to members are not going out.';

  constructor(scope: Construct, props: MailSenderProps) {
    super(scope, 'mail-sender');
    const { records, keys, sending } = props;
    this.handler = new HandlerFunction(this, {
      ...props,
      name: 'mail-sender',
      timeout: Duration.seconds(30),
      environment: {
        ...requestSettings(props),
        [variables.deliveriesTable]: records.deliveries.tableName,
        [variables.tokensTable]: records.tokens.tableName,
        [variables.tokenKeysSecret]: keys.tokens.secretArn,
        [variables.configurationSet]: sending.configurationSet.configurationSetName,
      },
    });
    this.grant(props);

    this.queue = new WorkQueue(this, 'answers', this.handler.timeout);
    // Two at a time, the least that SQS can be held to: SES counts recipients per second, one in the sandbox.
    this.handler.consume(this.queue, { batchSize: 10, maxConcurrency: 2 });
  }

  private grant({ stage, records, keys, sending }: MailSenderProps): void {
    const { handler } = this;
    handler.allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], [records.deliveries.tableArn]);
    handler.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], [records.tokens.tableArn]);
    handler.allowObjects(['s3:PutObject', 's3:PutObjectRetention'], records.evidence, 'requests/*');
    handler.allow(['secretsmanager:GetSecretValue'], [keys.tokens.secretArn]);
    handler.allow(['ses:SendRawEmail'], [sending.identity.emailIdentityArn, sending.configurationSetArn], {
      StringEquals: { 'ses:FromAddress': stage.sender.address },
    });
  }
}
