import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { variables } from '../../shared/env.ts';
import { HandlerFunction } from './handler-function.ts';
import { openIndex } from './records.ts';
import { HourlySchedule } from './schedule.ts';
import { requestSettings, type SharedProps } from './settings.ts';

export interface DeadlinesProps extends SharedProps {
  /** Where answers are queued. */
  answers: Queue;
}

/** Looks every hour at the requests that are due: schedule → function. */
export class Deadlines extends Construct {
  readonly handler: HandlerFunction;
  readonly runsEveryHour = true;
  readonly whenItFails = 'Holds that nobody confirmed in time do not come to a person.';

  constructor(scope: Construct, props: DeadlinesProps) {
    super(scope, 'deadlines');
    const { records, answers } = props;
    this.handler = new HandlerFunction(this, {
      ...props,
      name: 'deadlines',
      timeout: Duration.minutes(5),
      environment: {
        ...requestSettings(props),
        [variables.requestsTable]: records.requests.tableName,
        [variables.answersQueueUrl]: answers.queueUrl,
      },
    });
    this.grant(props);
    new HourlySchedule(this, this.handler);
  }

  private grant({ records }: DeadlinesProps): void {
    const { handler } = this;
    handler.allow(['dynamodb:Query'], [`${records.requests.tableArn}/index/${openIndex}`]);
    handler.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], [records.requests.tableArn]);
    handler.allowObjects(['s3:PutObject', 's3:PutObjectRetention'], records.evidence, 'requests/*');
  }
}
