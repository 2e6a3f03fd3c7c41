import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { variables } from '../../shared/env.ts';
import { HandlerFunction } from './handler-function.ts';
import { mayRecall, openIndex, standingIndex, whoIndex } from './records.ts';
import { Schedule } from './schedule.ts';
import { requestSettings, type SharedProps } from './settings.ts';

export interface DeadlinesProps extends SharedProps {
  /** Where answers are queued. */
  answers: Queue;
}

/** Looks every hour at the requests that are due, and tells staff of them once a day: schedule → function. */
export class Deadlines extends Construct {
  readonly handler: HandlerFunction;
  readonly runsEvery = 'hour';
  readonly whenItFails = 'Holds that nobody confirmed in time do not come to a person, and nobody is told what is due.';

  constructor(scope: Construct, props: DeadlinesProps) {
    super(scope, 'deadlines');
    const { stage, records, answers } = props;
    this.handler = new HandlerFunction(this, {
      ...props,
      name: 'deadlines',
      timeout: Duration.minutes(5),
      environment: {
        ...requestSettings(props),
        [variables.membersTable]: records.members.tableName,
        [variables.requestsTable]: records.requests.tableName,
        [variables.optOutsTable]: records.optOuts.tableName,
        [variables.tokensTable]: records.tokens.tableName,
        [variables.answersQueueUrl]: answers.queueUrl,
        [variables.staffAddress]: stage.staffAddress,
        [variables.timeZone]: stage.timeZone,
      },
    });
    this.grant(props);
    new Schedule(this, this.handler, this.runsEvery);
  }

  private grant({ records, answers }: DeadlinesProps): void {
    const { handler } = this;
    const indexes = [openIndex, whoIndex].map((name) => `${records.requests.tableArn}/index/${name}`);
    handler.allow(['dynamodb:Query'], indexes);
    handler.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], [records.requests.tableArn]);
    // What a crash left of a person's decision is done here, with all that follows from it.
    handler.allow(['dynamodb:BatchGetItem', 'dynamodb:Query'], [records.members.tableArn]);
    handler.allow(['dynamodb:BatchGetItem', 'dynamodb:PutItem'], [records.optOuts.tableArn]);
    mayRecall(handler, records);
    handler.allow(['dynamodb:Query'], [`${records.recalls.tableArn}/index/${standingIndex}`]);
    handler.allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'], [records.tokens.tableArn]);
    handler.allow(['sqs:SendMessage'], [answers.queueArn]);
    handler.allowObjects(['s3:PutObject', 's3:PutObjectRetention'], records.evidence, 'requests/*');
  }
}
