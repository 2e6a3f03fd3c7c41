import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { variables } from '../../shared/env.ts';
import { allowQuota } from './change-notices.ts';
import { HandlerFunction } from './handler-function.ts';
import { arrivedIndex, decidedIndex, mayRecall, noticeIndexes, openIndex, standingIndex, whoIndex } from './records.ts';
import { requestSettings, type SharedProps } from './settings.ts';
import type { SignIn } from './sign-in.ts';

export interface DeskProps extends SharedProps {
  signIn: SignIn;
  /** Where answers are queued. */
  answers: Queue;
  /** Where test mails of notices are queued. */
  notices: Queue;
}

/** The pages at which staff look at requests and decide them. */
export class Desk extends Construct {
  readonly handler: HandlerFunction;
  readonly whenItFails = 'Staff see an error, and requests wait.';

  constructor(scope: Construct, props: DeskProps) {
    super(scope, 'desk');
    this.handler = new HandlerFunction(this, {
      ...props,
      name: 'desk',
      timeout: Duration.seconds(20),
      // A page is drawn on a fraction of a vCPU that grows with memory, and a person waits for it.
      memory: 1024,
      environment: { ...requestSettings(props), ...ownSettings(props) },
    });
    this.grant(props);
    this.grantNotices(props);
  }

  private grant({ records, keys, answers }: DeskProps): void {
    const { handler } = this;
    const { requests } = records;
    handler.allow(['dynamodb:BatchGetItem', 'dynamodb:Query'], [records.members.tableArn]);
    handler.allow(['dynamodb:BatchGetItem', 'dynamodb:PutItem'], [records.optOuts.tableArn]);
    mayRecall(handler, records);
    handler.allow(['dynamodb:GetItem'], [records.recalls.tableArn]);
    handler.allow(['dynamodb:Query'], [`${records.recalls.tableArn}/index/${standingIndex}`]);
    handler.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], [requests.tableArn]);
    handler.allow(
      ['dynamodb:Query'],
      [openIndex, whoIndex, arrivedIndex, decidedIndex].map((index) => `${requests.tableArn}/index/${index}`),
    );
    handler.allow(['dynamodb:GetItem', 'dynamodb:Query'], [records.deliveries.tableArn]);
    // Once a person has decided, the member's confirmation is open no more.
    handler.allow(['dynamodb:DeleteItem'], [records.tokens.tableArn]);
    handler.allowObjects(['s3:GetObject', 's3:PutObject', 's3:PutObjectRetention'], records.evidence, 'requests/*');
    handler.allowObjects(['s3:GetObject', 's3:PutObject', 's3:PutObjectRetention'], records.evidence, 'checks/*');
    // A check that is asked for here may be for a campaign.
    handler.allow(['dynamodb:UpdateItem'], [records.campaigns.tableArn]);
    // The replies to a request are listed; and without it S3 does not tell what is gone from what may not be read.
    handler.allow(['s3:ListBucket'], [records.evidence.bucketArn]);
    handler.allow(['sqs:SendMessage'], [answers.queueArn]);
    handler.allow(['secretsmanager:GetSecretValue'], [keys.cookies.secretArn, keys.tokens.secretArn]);
  }

  private grantNotices({ records, notices }: DeskProps): void {
    const { handler } = this;
    handler.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], [records.notices.tableArn]);
    handler.allow(['dynamodb:Query'], [`${records.notices.tableArn}/index/${noticeIndexes.listed}`]);
    // A dry run counts the members, within seconds.
    handler.allow(['dynamodb:Scan'], [records.members.tableArn]);
    handler.allow(['sqs:SendMessage'], [notices.queueArn]);
    allowQuota(handler);
  }
}

function ownSettings({ stage, records, keys, signIn, answers, notices }: DeskProps): Record<string, string> {
  return {
    [variables.membersTable]: records.members.tableName,
    [variables.optOutsTable]: records.optOuts.tableName,
    [variables.requestsTable]: records.requests.tableName,
    [variables.deliveriesTable]: records.deliveries.tableName,
    [variables.tokensTable]: records.tokens.tableName,
    [variables.answersQueueUrl]: answers.queueUrl,
    [variables.noticesTable]: records.notices.tableName,
    [variables.noticesQueueUrl]: notices.queueUrl,
    [variables.noticesShare]: `${stage.notices.share}`,
    [variables.secondOfficer]: stage.notices.secondOfficer ? 'yes' : 'no',
    [variables.tokenKeysSecret]: keys.tokens.secretArn,
    [variables.cookieKeysSecret]: keys.cookies.secretArn,
    [variables.staffAddress]: stage.staffAddress,
    [variables.postalAddress]: stage.site.postalAddress ?? 'none',
    [variables.signInIssuer]: signIn.issuer,
    [variables.signInClient]: signIn.clientId,
    [variables.signInPages]: signIn.pages,
    [variables.sessionHours]: `${stage.signIn.hours}`,
    [variables.sessionIdleMinutes]: `${stage.signIn.idleMinutes}`,
  };
}
