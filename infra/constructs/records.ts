import { AttributeType, BillingMode, Table, type TableProps } from 'aws-cdk-lib/aws-dynamodb';
import { ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import { PrivateBucket } from './private-bucket.ts';

/** Name of the index of open requests by due date. */
export const openIndex = 'open';

/** What is kept: the tables, and the bucket of evidence. */
export class Records extends Construct {
  /** Members, their look-up items by address, handle and folded name, and the communities that they manage. */
  readonly members: Table;
  readonly optOuts: Table;
  readonly requests: Table;
  readonly deliveries: Table;
  /** What is used once or counted: places for answers to one address, the open confirmation of a member. */
  readonly tokens: Table;
  /** The raw bytes as they arrived, and every history entry as an object written once. */
  readonly evidence: PrivateBucket;

  constructor(scope: Construct, { retention }: Stage) {
    super(scope, 'records');
    this.members = table(this, 'members', { partitionKey: text('pk'), sortKey: text('sk') });
    this.optOuts = table(this, 'opt-outs', { partitionKey: text('subject') });
    this.requests = table(this, 'requests', { partitionKey: text('requestId') });
    // Sparse: only a request that is open has the attribute "open".
    this.requests.addGlobalSecondaryIndex({ indexName: openIndex, partitionKey: text('open'), sortKey: text('dueAt') });
    this.deliveries = table(this, 'deliveries', { partitionKey: text('batch'), sortKey: text('delivery') });
    // DynamoDB deletes expired items within days: whoever reads one looks at the time itself.
    this.tokens = table(this, 'tokens', { partitionKey: text('token'), timeToLiveAttribute: 'expiresAt' });
    this.evidence = evidence(this, retention);
  }
}

function table(scope: Construct, id: string, props: TableProps): Table {
  return new Table(scope, id, {
    ...props,
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    removalPolicy: RemovalPolicy.RETAIN,
  });
}

function text(name: string) {
  return { name, type: AttributeType.STRING };
}

/**
 * The lock of the bucket is the least that any object gets; the writer of a request's evidence asks for longer.
 * Objects go a year after the last lock can have ended: expiry leaves locked versions alone.
 */
function evidence(scope: Construct, { requestMonths, automaticDays }: Stage['retention']): PrivateBucket {
  return new PrivateBucket(scope, 'evidence', {
    objectLockEnabled: true,
    objectLockDefaultRetention: ObjectLockRetention.governance(Duration.days(automaticDays)),
    expires: Duration.days(requestMonths * 31 + 366),
  });
}
