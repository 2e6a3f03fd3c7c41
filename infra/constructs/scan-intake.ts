import { HttpMethods } from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { variables } from '../../shared/env.ts';
import { HandlerFunction } from './handler-function.ts';
import { PrivateBucket } from './private-bucket.ts';
import { mayRecall } from './records.ts';
import { requestSettings, type SharedProps } from './settings.ts';
import { WorkQueue } from './work-queue.ts';

/** Letters and faxes: scans bucket → queue → function. Requests that came by mail join at the queue. */
export class ScanIntake extends Construct {
  readonly scans: PrivateBucket;
  readonly queue: WorkQueue;
  readonly handler: HandlerFunction;
  readonly whenItFails = 'Letters and faxes are not being read; those whose images should be held may not be held.';

  constructor(scope: Construct, props: SharedProps) {
    super(scope, 'scan-intake');
    const { stage, records } = props;
    const timeout = Duration.minutes(5);
    this.queue = new WorkQueue(this, 'queue', timeout);
    this.scans = scansBucket(this, props);
    this.scans.announce(this.queue, { prefix: inbox });

    this.handler = new HandlerFunction(this, {
      ...props,
      name: 'scan-intake',
      timeout,
      // One whole vCPU comes with 1,769 MB, and recognising letters takes all of it.
      memory: 2048,
      environment: {
        ...requestSettings(props),
        [variables.membersTable]: records.members.tableName,
        [variables.optOutsTable]: records.optOuts.tableName,
        [variables.requestsTable]: records.requests.tableName,
        [variables.scanQueueUrl]: this.queue.queueUrl,
        [variables.scanReceives]: `${this.queue.receives}`,
        [variables.scanLanguages]: stage.scanLanguages.join(' '),
      },
    });
    this.grant(props);
    this.handler.consume(this.queue, { batchSize: 1, maxConcurrency: 10 });
  }

  /** Lets a function have the scans of requests read. */
  queuedBy(handler: HandlerFunction): void {
    handler.lambda.addEnvironment(variables.scanQueueUrl, this.queue.queueUrl);
    handler.allow(['sqs:SendMessage'], [this.queue.queueArn]);
  }

  /** Lets a function permit uploads, and take in what was uploaded (shared/requests/take-upload.ts). */
  uploadedBy(handler: HandlerFunction): void {
    handler.lambda.addEnvironment(variables.scansBucket, this.scans.bucketName);
    this.queuedBy(handler);
    handler.allowObjects(['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'], this.scans, `${uploads}*`);
    // Without it S3 does not tell a file that did not arrive from one that may not be read.
    handler.allow(['s3:ListBucket'], [this.scans.bucketArn]);
  }

  private grant({ records }: SharedProps): void {
    const { handler, scans, queue } = this;
    handler.allow(['dynamodb:BatchGetItem', 'dynamodb:Query'], [records.members.tableArn]);
    handler.allow(['dynamodb:BatchGetItem', 'dynamodb:PutItem'], [records.optOuts.tableArn]);
    mayRecall(handler, records);
    handler.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], [records.requests.tableArn]);
    handler.allowObjects(['s3:GetObjectVersion'], scans, `${inbox}*`);
    handler.allowObjects(['s3:GetObjectVersion'], scans, `${uploads}*`);
    // Which pages of a scan are read already.
    handler.allow(['s3:ListBucket'], [records.evidence.bucketArn], { StringLike: { 's3:prefix': 'requests/*' } });
    handler.allowObjects(['s3:GetObject', 's3:PutObject', 's3:PutObjectRetention'], records.evidence, 'requests/*');
    // A scan that takes longer than the function may run goes on in a message of its own.
    handler.allow(['sqs:SendMessage'], [queue.queueArn]);
  }
}

/** What scanners drop, and what staff upload. */
const inbox = 'scans/inbox/';
const uploads = 'scans/uploads/';

/** Only the pages of our own HTTP API may post files here. The evidence has its own copy of what was taken in. */
function scansBucket(scope: Construct, { stage, publicUrl }: SharedProps): PrivateBucket {
  return new PrivateBucket(scope, 'scans', {
    expires: Duration.days(stage.retention.rawMailDays),
    cors: [{ allowedMethods: [HttpMethods.POST], allowedOrigins: [publicUrl], allowedHeaders: ['*'], maxAge: 3000 }],
  });
}
