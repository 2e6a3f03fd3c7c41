import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Aws, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

export interface PrivateBucketProps extends BucketProps {
  /** Age at which objects go, for good a day later. */
  expires: Duration;
}

/** The one way to make a bucket: encrypted by S3, TLS only, never public, versioned, kept when the stack goes. */
export class PrivateBucket extends Bucket {
  constructor(scope: Construct, id: string, { expires, ...props }: PrivateBucketProps) {
    super(scope, id, {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        {
          expiration: expires,
          noncurrentVersionExpiration: Duration.days(1),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      ...props,
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'CloudTrail data events are the access log; S3 server access logs are best effort and hold every key again.',
    });
  }

  /**
   * Tells the queue of every new object whose key fits. Set on the resource itself: CDK's own way adds a function and a
   * custom resource. The policy cannot name the bucket, which needs the policy to exist first, so it names the account.
   */
  announce(queue: Queue, { prefix, suffix }: { prefix: string; suffix?: string }): void {
    const granted = queue.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('s3.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    this.node.addDependency(granted.policyDependable!);
    const rules = [{ name: 'prefix', value: prefix }, ...(suffix ? [{ name: 'suffix', value: suffix }] : [])];
    (this.node.defaultChild as CfnBucket).notificationConfiguration = {
      queueConfigurations: [{ event: 's3:ObjectCreated:*', queue: queue.queueArn, filter: { s3Key: { rules } } }],
    };
  }
}
