import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { variables } from '../../shared/env.ts';
import type { Stage } from '../stage.ts';
import { HandlerFunction } from './handler-function.ts';
import type { Keys } from './keys.ts';
import type { Records } from './records.ts';
import type { SignIn } from './sign-in.ts';

export interface ClearanceProps {
  stage: Stage;
  bundles: string;
  records: Records;
  keys: Keys;
  signIn: SignIn;
  /** Address of the HTTP API, without a trailing slash. */
  publicUrl: string;
}

/** The API that marketing's tools ask before they use an image. */
export class Clearance extends Construct {
  readonly handler: HandlerFunction;
  readonly whenItFails = 'Marketing gets no answer, and may use nothing meanwhile.';

  constructor(scope: Construct, props: ClearanceProps) {
    super(scope, 'clearance');
    const { stage, records, keys, signIn, publicUrl } = props;
    this.handler = new HandlerFunction(this, {
      ...props,
      name: 'clearance',
      timeout: Duration.seconds(20),
      // 1,000 subjects are 2,000 items to read and an answer of some hundred KB to write, while a program waits.
      memory: 1024,
      environment: {
        [variables.membersTable]: records.members.tableName,
        [variables.optOutsTable]: records.optOuts.tableName,
        [variables.evidenceBucket]: records.evidence.bucketName,
        [variables.requestRetentionMonths]: `${stage.retention.requestMonths}`,
        [variables.publicUrl]: publicUrl,
        [variables.signInIssuer]: signIn.issuer,
        [variables.machineClient]: signIn.machineClientId,
        [variables.tokensTable]: records.tokens.tableName,
        [variables.tokenKeysSecret]: keys.tokens.secretArn,
        [variables.mailDomain]: stage.mailDomain,
      },
    });
    mayCheck(this.handler, records);
    // Links with which members unsubscribe from offers.
    this.handler.allow(['dynamodb:BatchWriteItem'], [records.tokens.tableArn]);
    this.handler.allow(['secretsmanager:GetSecretValue'], [keys.tokens.secretArn]);
  }
}

/** Lets a function check subjects and keep what it answered (shared/clearance/check-dated.ts). */
export function mayCheck(handler: HandlerFunction, { members, optOuts, campaigns, evidence }: Records): void {
  handler.allow(['dynamodb:BatchGetItem', 'dynamodb:Query'], [members.tableArn]);
  handler.allow(['dynamodb:BatchGetItem'], [optOuts.tableArn]);
  handler.lambda.addEnvironment(variables.campaignsTable, campaigns.tableName);
  handler.allow(['dynamodb:UpdateItem'], [campaigns.tableArn]);
  handler.allowObjects(['s3:PutObject', 's3:PutObjectRetention'], evidence, 'checks/*');
}
