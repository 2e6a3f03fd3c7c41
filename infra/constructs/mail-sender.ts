import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { variables } from '../../shared/env.ts';
import { allowQuota } from './change-notices.ts';
import { HandlerFunction } from './handler-function.ts';
import type { Sending } from './sending.ts';
import { requestSettings, type SharedProps } from './settings.ts';
import { WorkQueue } from './work-queue.ts';

export interface MailSenderProps extends SharedProps {
  sending: Sending;
}

/** Invocations that send notices at the same time: the least that SQS can be held to. */
const noticeSenders = 2;

/** Everything that goes out: answers queue → function → SES, and notices queue → the same function → SES. */
export class MailSender extends Construct {
  readonly queue: WorkQueue;
  /** Mails of notices, which answers never wait behind. */
  readonly notices: WorkQueue;
  readonly handler: HandlerFunction;
  readonly whenItFails = 'Answers to members, or mails of a notice, are not going out.';
  readonly otherQueues: Record<string, WorkQueue>;

  constructor(scope: Construct, props: MailSenderProps) {
    super(scope, 'mail-sender');
    this.handler = new HandlerFunction(this, {
      ...props,
      name: 'mail-sender',
      timeout: Duration.seconds(30),
      environment: environmentOf(props),
    });
    this.queue = new WorkQueue(this, 'answers', this.handler.timeout);
    this.notices = new WorkQueue(this, 'notices', this.handler.timeout);
    this.otherQueues = { notices: this.notices };
    this.handler.lambda.addEnvironment(variables.noticesQueueUrl, this.notices.queueUrl);
    this.grantAnswers(props);
    this.grantNotices(props);

    // Two at a time, the least that SQS can be held to: SES counts recipients per second, one in the sandbox.
    this.handler.consume(this.queue, { batchSize: 10, maxConcurrency: 2 });
    // Each source invokes up to its own limit, and nothing reserves or caps the function's concurrency: a full queue of
    // notices takes two invocations and none of those for answers. A message holds ten recipients, hence one a batch.
    this.handler.consume(this.notices, { id: 'notices-source', batchSize: 1, maxConcurrency: noticeSenders });
  }

  private grantAnswers({ stage, records, keys, sending }: MailSenderProps): void {
    const { handler } = this;
    handler.allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], [records.deliveries.tableArn]);
    handler.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], [records.tokens.tableArn]);
    // Whose address somebody typed who asks for the link to their preferences.
    handler.allow(['dynamodb:BatchGetItem', 'dynamodb:Query'], [records.members.tableArn]);
    handler.allowObjects(['s3:PutObject', 's3:PutObjectRetention'], records.evidence, 'requests/*');
    handler.allow(['secretsmanager:GetSecretValue'], [keys.tokens.secretArn]);
    const set = sending.arnOf(sending.configurationSet);
    handler.allow(['ses:SendRawEmail'], [sending.identity.emailIdentityArn, set], {
      StringEquals: { 'ses:FromAddress': stage.sender.address },
    });
  }

  private grantNotices({ stage, records, sending }: MailSenderProps): void {
    const { handler } = this;
    handler.allow(['dynamodb:GetItem'], [records.notices.tableArn]);
    handler.allow(['sqs:SendMessage'], [this.notices.queueArn]);
    handler.allow(['ses:SendRawEmail'], [sending.identity.emailIdentityArn, sending.arnOf(sending.notices)], {
      StringEquals: { 'ses:FromAddress': stage.notices.sender.address },
    });
    allowQuota(handler);
  }
}

function environmentOf(props: MailSenderProps): Record<string, string> {
  const { stage, records, keys, sending } = props;
  const { sender, share } = stage.notices;
  return {
    ...requestSettings(props),
    [variables.membersTable]: records.members.tableName,
    [variables.deliveriesTable]: records.deliveries.tableName,
    [variables.tokensTable]: records.tokens.tableName,
    [variables.noticesTable]: records.notices.tableName,
    [variables.tokenKeysSecret]: keys.tokens.secretArn,
    [variables.configurationSet]: sending.configurationSet.configurationSetName,
    [variables.noticesConfigurationSet]: sending.notices.configurationSetName,
    [variables.noticesSender]: `"${sender.name}" <${sender.address}>`,
    [variables.noticesShare]: `${share}`,
    [variables.noticeSenders]: `${noticeSenders}`,
  };
}
