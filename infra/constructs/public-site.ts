import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { variables } from '../../shared/env.ts';
import { HandlerFunction } from './handler-function.ts';
import { mayRecall, noticeIndexes } from './records.ts';
import { requestSettings, type SharedProps } from './settings.ts';

export interface PublicSiteProps extends SharedProps {
  /** Where answers are queued. */
  answers: Queue;
}

/** The pages that anyone may open: what this is, how to ask, and the answers that mailed links lead to. */
export class PublicSite extends Construct {
  readonly handler: HandlerFunction;
  readonly whenItFails = 'Members who open our pages see an error.';

  constructor(scope: Construct, props: PublicSiteProps) {
    super(scope, 'public-site');
    const { stage, records, keys, answers } = props;
    this.handler = new HandlerFunction(this, {
      ...props,
      name: 'public-site',
      timeout: Duration.seconds(10),
      environment: {
        ...requestSettings(props),
        [variables.membersTable]: records.members.tableName,
        [variables.optOutsTable]: records.optOuts.tableName,
        [variables.requestsTable]: records.requests.tableName,
        [variables.tokensTable]: records.tokens.tableName,
        [variables.noticesTable]: records.notices.tableName,
        [variables.answersQueueUrl]: answers.queueUrl,
        [variables.tokenKeysSecret]: keys.tokens.secretArn,
        [variables.staffAddress]: stage.staffAddress,
      },
    });
    this.grant(props);
  }

  private grant({ records, keys, answers }: PublicSiteProps): void {
    const { handler } = this;
    handler.allow(['dynamodb:BatchGetItem', 'dynamodb:Query'], [records.members.tableArn]);
    handler.allow(['dynamodb:BatchGetItem', 'dynamodb:PutItem'], [records.optOuts.tableArn]);
    mayRecall(handler, records);
    handler.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], [records.requests.tableArn]);
    handler.allow(['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:UpdateItem'], [records.tokens.tableArn]);
    handler.allow(['dynamodb:GetItem'], [records.notices.tableArn]);
    handler.allow(['dynamodb:Query'], [`${records.notices.tableArn}/index/${noticeIndexes.showing}`]);
    handler.allowObjects(['s3:PutObject', 's3:PutObjectRetention'], records.evidence, 'requests/*');
    handler.allow(['sqs:SendMessage'], [answers.queueArn]);
    handler.allow(['secretsmanager:GetSecretValue'], [keys.tokens.secretArn]);
  }
}
