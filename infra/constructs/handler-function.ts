import { join } from 'node:path';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, EventSourceMapping, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { type Duration, RemovalPolicy, Size, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import type { WorkQueue } from './work-queue.ts';

export interface HandlerFunctionProps {
  stage: Stage;
  /** The folder that bundleFunctions filled. */
  bundles: string;
  /** The folder under functions/: also the service name in logs and the id of the construct that owns it. */
  name: string;
  timeout: Duration;
  /** Memory in MB; Lambda gives CPU in proportion. */
  memory?: number;
  /** Room under /tmp in MB, where the 512 that every function has are too few. */
  scratchMb?: number;
  environment?: Record<string, string>;
}

export interface ConsumeOptions {
  batchSize: number;
  maxConcurrency?: number;
  /** Of the event source, for a function that reads a second queue. */
  id?: string;
}

/** The one way to make a Lambda: its own role, which may at first do nothing but write its own log. */
export class HandlerFunction extends Construct {
  readonly name: string;
  readonly timeout: Duration;
  readonly lambda: LambdaFunction;
  private readonly role: Role;

  constructor(scope: Construct, props: HandlerFunctionProps) {
    super(scope, 'function');
    const { stage, bundles, name, timeout, memory = 512, scratchMb, environment } = props;
    this.name = name;
    this.timeout = timeout;
    const logGroup = new LogGroup(this, 'log', {
      retention: stage.retention.logDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]);
    this.lambda = new LambdaFunction(this, 'code', {
      code: Code.fromAsset(join(bundles, name)),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      role: this.role,
      logGroup,
      timeout,
      memorySize: memory,
      ephemeralStorageSize: scratchMb === undefined ? undefined : Size.mebibytes(scratchMb),
      environment: { POWERTOOLS_SERVICE_NAME: name, POWERTOOLS_METRICS_NAMESPACE: 'InWriting', ...environment },
    });
  }

  /** Lets the function do exactly these actions on these resources, under these conditions. */
  allow(actions: string[], resources: string[], conditions?: Record<string, Record<string, string>>): void {
    this.role.addToPolicy(new PolicyStatement({ actions, resources, conditions }));
  }

  /** Lets the function do these actions on the objects of a bucket whose keys match the pattern. */
  allowObjects(actions: string[], bucket: IBucket, pattern: string): void {
    this.allow(actions, [bucket.arnForObjects(pattern)]);
    const { 'Fn::GetAtt': arn } = Stack.of(this).resolve(bucket.bucketArn);
    Validations.of(this.role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${arn.join('.')}>/${pattern}]`,
      reason: `Object keys are made at run time; "${pattern}" is the narrowest pattern that holds them.`,
    });
  }

  /** Invokes the function with batches of the queue; a message that the batch reports as failed comes back alone. */
  consume(queue: WorkQueue, { id = 'source', ...options }: ConsumeOptions): void {
    this.allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], [queue.queueArn]);
    new EventSourceMapping(this, id, {
      target: this.lambda,
      eventSourceArn: queue.queueArn,
      reportBatchItemFailures: true,
      ...options,
    });
  }
}
