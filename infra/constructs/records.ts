import { AttributeType, BillingMode, ProjectionType, Table, type TableProps } from 'aws-cdk-lib/aws-dynamodb';
import { ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { variables } from '../../shared/env.ts';
import type { Stage } from '../stage.ts';
import type { HandlerFunction } from './handler-function.ts';
import { PrivateBucket } from './private-bucket.ts';

/** Name of the index of open requests by due date. */
export const openIndex = 'open';
/** Name of the index of all requests by whom they are about, in the order in which they came. */
export const whoIndex = 'who';
/** Name of the index of the requests that people closed, by the day on which they did. */
export const decidedIndex = 'decided';
/** Name of the index of all requests by the day on which they came, with the little that figures are made of. */
export const arrivedIndex = 'arrived';
/** Names of the indexes of notices: with something left to do by due date, shown by the site, and all of them. */
export const noticeIndexes = { active: 'active', showing: 'showing', listed: 'listed' } as const;

/** Name of the index of recalls: the open ones, and those that are done, each by the moment at which they came there. */
export const standingIndex = 'standing';

/** What is kept: the tables, and the bucket of evidence. */
export class Records extends Construct {
  /** Members, their look-up items by address, handle and folded name, and the communities that they manage. */
  readonly members: Table;
  readonly optOuts: Table;
  readonly requests: Table;
  readonly notices: Table;
  readonly deliveries: Table;
  /** Which images were cleared for which campaign: read by subject, when that subject says no. */
  readonly campaigns: Table;
  readonly recalls: Table;
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
    this.requests.addGlobalSecondaryIndex({
      indexName: whoIndex,
      partitionKey: text('who'),
      sortKey: text('receivedAt'),
    });
    this.requests.addGlobalSecondaryIndex({
      indexName: arrivedIndex,
      partitionKey: text('arrivedOn'),
      sortKey: text('arrivedAt'),
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: ['channel', 'state', 'flaggedAt'],
    });
    // Sparse: only a request that a person closed has the attribute.
    this.requests.addGlobalSecondaryIndex({
      indexName: decidedIndex,
      partitionKey: text('decidedOn'),
      sortKey: text('decidedAt'),
    });
    this.notices = notices(this);
    this.deliveries = table(this, 'deliveries', { partitionKey: text('batch'), sortKey: text('delivery') });
    this.campaigns = table(this, 'campaigns', { partitionKey: text('subject'), sortKey: text('campaign') });
    this.recalls = table(this, 'recalls', { partitionKey: text('recallId') });
    this.recalls.addGlobalSecondaryIndex({
      indexName: standingIndex,
      partitionKey: text('standing'),
      sortKey: text('movedAt'),
    });
    // DynamoDB deletes expired items within days: whoever reads one looks at the time itself.
    this.tokens = table(this, 'tokens', { partitionKey: text('token'), timeToLiveAttribute: 'expiresAt' });
    this.evidence = evidence(this, retention);
  }
}

/** Lets a function recall what its requests put out of use (shared/recalls/open.ts). */
export function mayRecall(handler: HandlerFunction, { campaigns, recalls }: Records): void {
  handler.lambda.addEnvironment(variables.campaignsTable, campaigns.tableName);
  handler.lambda.addEnvironment(variables.recallsTable, recalls.tableName);
  handler.allow(['dynamodb:Query'], [campaigns.tableArn]);
  handler.allow(['dynamodb:PutItem'], [recalls.tableArn]);
}

/** Notices, with two sparse indexes and one of all. A progress write costs no more than what an index holds of it. */
function notices(scope: Construct): Table {
  const created = table(scope, 'notices', { partitionKey: text('noticeId') });
  created.addGlobalSecondaryIndex({
    indexName: noticeIndexes.active,
    partitionKey: text('active'),
    sortKey: text('dueAt'),
    projectionType: ProjectionType.KEYS_ONLY,
  });
  created.addGlobalSecondaryIndex({
    indexName: noticeIndexes.showing,
    partitionKey: text('showing'),
    sortKey: text('bannerUntil'),
  });
  created.addGlobalSecondaryIndex({
    indexName: noticeIndexes.listed,
    partitionKey: text('listed'),
    sortKey: text('createdAt'),
    projectionType: ProjectionType.INCLUDE,
    nonKeyAttributes: [
      'title',
      'state',
      'sendAt',
      'zone',
      'effectiveOn',
      'bannerUntil',
      'audience',
      'by',
      'walk',
      'tally',
    ],
  });
  return created;
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
