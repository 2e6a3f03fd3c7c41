import { HttpMethods } from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { variables } from '../../shared/env.ts';
import type { Stage } from '../stage.ts';
import { mayCheck } from './clearance.ts';
import { HandlerFunction } from './handler-function.ts';
import { PrivateBucket } from './private-bucket.ts';
import type { Records } from './records.ts';
import { WorkQueue } from './work-queue.ts';

export interface ExportsProps {
  stage: Stage;
  bundles: string;
  records: Records;
  /** Address of the HTTP API, without a trailing slash: mails of notices lead there, and its pages post files here. */
  publicUrl: string;
}

/** Files that are made on request, such as the dossier of a request: queue → function → bucket. */
export class Exports extends Construct {
  readonly bucket: PrivateBucket;
  readonly queue: WorkQueue;
  readonly handler: HandlerFunction;
  readonly whenItFails = 'Files that staff asked for, such as dossiers, are not being made.';

  constructor(scope: Construct, props: ExportsProps) {
    super(scope, 'exports');
    const { stage, records, publicUrl } = props;
    const timeout = Duration.minutes(5);
    // Staff fetch a file within minutes; what it holds is personal, and it can be made again.
    this.bucket = new PrivateBucket(this, 'bucket', {
      expires: Duration.days(7),
      cors: [{ allowedMethods: [HttpMethods.POST], allowedOrigins: [publicUrl], allowedHeaders: ['*'], maxAge: 3000 }],
    });
    this.queue = new WorkQueue(this, 'queue', timeout);
    this.handler = new HandlerFunction(this, {
      ...props,
      name: 'exports',
      timeout,
      // A whole vCPU comes with 1,769 MB: hashing and packing is all that it does.
      memory: 1769,
      // The file lies there until it is whole, since a PutObject has to know its length.
      scratchMb: 3072,
      environment: {
        [variables.exportsBucket]: this.bucket.bucketName,
        [variables.membersTable]: records.members.tableName,
        [variables.optOutsTable]: records.optOuts.tableName,
        [variables.requestsTable]: records.requests.tableName,
        [variables.deliveriesTable]: records.deliveries.tableName,
        [variables.evidenceBucket]: records.evidence.bucketName,
        [variables.noticesTable]: records.notices.tableName,
        [variables.siteName]: stage.site.name,
        [variables.publicUrl]: publicUrl,
        [variables.requestRetentionMonths]: `${stage.retention.requestMonths}`,
      },
    });
    this.grant(props);
    this.handler.consume(this.queue, { batchSize: 1, maxConcurrency: 2 });
  }

  /** Lets a function start exports, see how they go, and hand out links to their files. */
  startedBy(starter: HandlerFunction): void {
    const { bucket, queue } = this;
    starter.lambda.addEnvironment(variables.exportsBucket, bucket.bucketName);
    starter.lambda.addEnvironment(variables.exportsQueueUrl, queue.queueUrl);
    starter.allow(['s3:ListBucket'], [bucket.bucketArn]);
    starter.allowObjects(['s3:GetObject', 's3:PutObject'], bucket, 'jobs/*');
    starter.allowObjects(['s3:GetObject'], bucket, 'files/*');
    starter.allowObjects(['s3:PutObject'], bucket, 'uploads/*');
    starter.allow(['sqs:SendMessage'], [queue.queueArn]);
  }

  /** Lets a function start exports that nobody waits for. */
  startedByClock(starter: HandlerFunction): void {
    starter.lambda.addEnvironment(variables.exportsBucket, this.bucket.bucketName);
    starter.lambda.addEnvironment(variables.exportsQueueUrl, this.queue.queueUrl);
    starter.allowObjects(['s3:PutObject'], this.bucket, 'jobs/*');
    starter.allow(['sqs:SendMessage'], [this.queue.queueArn]);
  }

  private grant({ records }: ExportsProps): void {
    const { handler, bucket } = this;
    mayCheck(handler, records);
    handler.allowObjects(['s3:GetObject'], bucket, 'uploads/*');
    handler.allow(['dynamodb:Scan'], [records.optOuts.tableArn]);
    handler.allowObjects(['s3:PutObject', 's3:PutObjectRetention'], records.evidence, 'do-not-use/*');
    handler.allow(['dynamodb:GetItem'], [records.requests.tableArn, records.notices.tableArn]);
    handler.allow(['dynamodb:Query'], [records.deliveries.tableArn]);
    handler.allow(['s3:ListBucket'], [records.evidence.bucketArn], { StringLike: { 's3:prefix': 'requests/*' } });
    handler.allowObjects(['s3:GetObject'], records.evidence, 'requests/*');
    // Without it S3 does not tell a job that is gone from one that may not be read.
    handler.allow(['s3:ListBucket'], [bucket.bucketArn]);
    handler.allowObjects(['s3:GetObject', 's3:PutObject'], bucket, 'jobs/*');
    handler.allowObjects(['s3:GetObject', 's3:PutObject'], bucket, 'files/*');
  }
}
