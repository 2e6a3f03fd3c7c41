import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { variables } from '../../shared/env.ts';
import type { Stage } from '../stage.ts';
import { HandlerFunction } from './handler-function.ts';
import { noticeIndexes, type Records } from './records.ts';
import { Schedule } from './schedule.ts';

export interface ChangeNoticesProps {
  stage: Stage;
  /** The folder that bundleFunctions filled. */
  bundles: string;
  records: Records;
  /** Where mails of notices are queued, and where answers are. */
  notices: Queue;
  answers: Queue;
}

/** Looks every minute which notice is due, and to whom next: schedule → function → notices queue. */
export class ChangeNotices extends Construct {
  readonly handler: HandlerFunction;
  readonly runsEvery = 'minute';
  readonly whenItFails = 'Notices that are due do not begin or stand still, and their progress is out of date.';

  constructor(scope: Construct, props: ChangeNoticesProps) {
    super(scope, 'change-notices');
    const { stage, records, notices, answers } = props;
    this.handler = new HandlerFunction(this, {
      ...props,
      name: 'change-notices',
      // It ends by itself before the next minute's run.
      timeout: Duration.seconds(58),
      environment: {
        [variables.noticesTable]: records.notices.tableName,
        [variables.membersTable]: records.members.tableName,
        [variables.deliveriesTable]: records.deliveries.tableName,
        [variables.noticesQueueUrl]: notices.queueUrl,
        [variables.answersQueueUrl]: answers.queueUrl,
        [variables.noticesShare]: `${stage.notices.share}`,
        [variables.bounceLimit]: `${stage.notices.bounceLimit}`,
        [variables.complaintLimit]: `${stage.notices.complaintLimit}`,
        [variables.officersAddress]: stage.notices.officersAddress,
      },
    });
    this.grant(props);
    new Schedule(this, this.handler, this.runsEvery);
  }

  private grant({ records, notices, answers }: ChangeNoticesProps): void {
    const { handler } = this;
    handler.allow(['dynamodb:Query'], [`${records.notices.tableArn}/index/${noticeIndexes.active}`]);
    handler.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], [records.notices.tableArn]);
    // The one walk over the members, and the marks of addresses that take no mail.
    handler.allow(['dynamodb:Scan', 'dynamodb:BatchGetItem'], [records.members.tableArn]);
    const { deliveries } = records;
    handler.allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'], [deliveries.tableArn]);
    handler.allow(['dynamodb:Query'], [deliveries.tableArn]);
    handler.allow(['sqs:SendMessage'], [notices.queueArn, answers.queueArn]);
    allowQuota(handler);
  }
}

/** Lets a function ask SES for the account's sending rate. */
export function allowQuota(handler: HandlerFunction): void {
  handler.allow(['ses:GetSendQuota'], ['*']);
  Validations.of(handler).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'The sending rate is a fact about the account: SES knows no resource for this action.',
  });
}
