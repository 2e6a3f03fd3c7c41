import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { variables } from '../../shared/env.ts';
import type { Stage } from '../stage.ts';
import { HandlerFunction } from './handler-function.ts';
import { PrivateBucket } from './private-bucket.ts';
import type { Records } from './records.ts';
import { WorkQueue } from './work-queue.ts';

export interface DirectorySyncProps {
  stage: Stage;
  bundles: string;
  records: Records;
}

/** Members from CSV: intake bucket → queue → function. */
export class DirectorySync extends Construct {
  readonly intake: PrivateBucket;
  readonly queue: WorkQueue;
  readonly handler: HandlerFunction;
  readonly whenItFails = 'A file of members is not being imported, so mail may not find its member.';

  constructor(scope: Construct, props: DirectorySyncProps) {
    super(scope, 'directory-sync');
    const timeout = Duration.minutes(15);
    this.queue = new WorkQueue(this, 'queue', timeout);
    this.intake = intake(this, props.stage);
    this.intake.announce(this.queue, { prefix: 'directory/', suffix: '.csv' });

    this.handler = new HandlerFunction(this, {
      ...props,
      name: 'directory-sync',
      timeout,
      memory: 1024,
      environment: { [variables.membersTable]: props.records.members.tableName },
    });
    this.grant(props);
    this.handler.consume(this.queue, { batchSize: 1 });
  }

  private grant({ records }: DirectorySyncProps): void {
    const { handler, intake, queue } = this;
    const reading = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:Scan'];
    const writing = ['dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'];
    handler.allow([...reading, ...writing], [records.members.tableArn]);
    handler.allow(['s3:ListBucket'], [intake.bucketArn]);
    handler.allowObjects(['s3:GetObject'], intake, 'directory/*');
    handler.allowObjects(['s3:PutObject'], intake, 'directory/results/*');
    handler.allowObjects(['s3:PutObject'], intake, 'directory/progress/*');
    // A file that takes longer than Lambda's 15 minutes goes on in a message of its own.
    handler.allow(['sqs:SendMessage'], [queue.queueArn]);
  }
}

function intake(scope: Construct, { retention }: Stage): PrivateBucket {
  return new PrivateBucket(scope, 'intake', {
    expires: Duration.days(retention.intakeDays),
  });
}
