import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Template } from '../../../infra/local/template.ts';

/** An assembly with one function per entry, whose code is `exports.handler = …` as text. */
export function writeAssembly(
  code: Record<string, string>,
  template: Template,
): { templateFile: string; assetsDir: string } {
  const assetsDir = mkdtempSync(join(tmpdir(), 'in-writing-assembly-'));
  for (const [name, text] of Object.entries(code)) {
    mkdirSync(join(assetsDir, `asset.${name}`));
    writeFileSync(join(assetsDir, `asset.${name}`, 'index.js'), text);
    writeFileSync(join(assetsDir, `asset.${name}`, 'package.json'), '{"type":"commonjs"}');
  }
  const templateFile = join(assetsDir, 'small.template.json');
  writeFileSync(templateFile, JSON.stringify(template));
  return { templateFile, assetsDir };
}

interface FunctionOptions {
  timeout?: number;
  memory?: number;
  environment?: Record<string, unknown>;
  /** Statements of its role. */
  allow?: { Action: string | string[]; Resource: unknown; Condition?: object }[];
}

/** The resources of a function as CDK writes them: role, policy and code, under the construct of its name. */
export function functionResources(
  name: string,
  { timeout = 5, memory = 128, environment = {}, allow = [] }: FunctionOptions,
) {
  const id = name.replaceAll('-', '');
  const at = (path: string) => ({ 'aws:cdk:path': `small/${name}/function/${path}` });
  const Statement = allow.map((statement) => ({ Effect: 'Allow', ...statement }));
  return {
    [`${id}Role`]: {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: trust('lambda.amazonaws.com') },
      Metadata: at('role/Resource'),
    },
    [`${id}Policy`]: {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyDocument: { Statement }, PolicyName: id, Roles: [{ Ref: `${id}Role` }] },
      Metadata: at('role/DefaultPolicy/Resource'),
    },
    [`${id}Code`]: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { S3Bucket: 'assets', S3Key: `${name}.zip` },
        Environment: { Variables: environment },
        Handler: 'index.handler',
        MemorySize: memory,
        Role: { 'Fn::GetAtt': [`${id}Role`, 'Arn'] },
        Runtime: 'nodejs24.x',
        Timeout: timeout,
      },
      Metadata: at('code/Resource'),
    },
  };
}

/** Lets a service take the role that it stands on. */
export function trust(service: string, Condition?: object) {
  return { Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service }, Condition } };
}

/** A queue with a dead-letter queue, at construct `work`. */
export function queueResources({ visibility = 1, attempts = 2 } = {}) {
  const at = (path: string) => ({ 'aws:cdk:path': `small/work/${path}/Resource` });
  return {
    DeadLetters: { Type: 'AWS::SQS::Queue', Properties: {}, Metadata: at('dead-letters') },
    Queue: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] }, maxReceiveCount: attempts },
        VisibilityTimeout: visibility,
      },
      Metadata: at('queue'),
    },
  };
}

export function mappingResource(name: string, { batchSize = 10, window = 0 } = {}) {
  return {
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        BatchSize: batchSize,
        EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
        FunctionName: { Ref: `${name.replaceAll('-', '')}Code` },
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        MaximumBatchingWindowInSeconds: window,
      },
      Metadata: { 'aws:cdk:path': `small/${name}/function/source/Resource` },
    },
  };
}

export const consume = {
  Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
  Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] },
};

export const tableResource = {
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'open', AttributeType: 'S' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'open',
          KeySchema: [{ AttributeName: 'open', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    },
    Metadata: { 'aws:cdk:path': 'small/records/things/Resource' },
  },
};

/** An HTTP API all of whose requests go to the function, with the permission that CDK adds. */
export function apiResources(name: string, { permission = true } = {}) {
  const Api = { Ref: 'Api' };
  const FunctionName = { 'Fn::GetAtt': [`${name.replaceAll('-', '')}Code`, 'Arn'] };
  const SourceArn = { 'Fn::Sub': `arn:aws:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/*/$default` };
  const allowed = { Action: 'lambda:InvokeFunction', FunctionName, Principal: 'apigateway.amazonaws.com', SourceArn };
  return {
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'small', ProtocolType: 'HTTP' } },
    Integration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: Api,
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: FunctionName,
        PayloadFormatVersion: '2.0',
      },
    },
    Route: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: Api,
        AuthorizationType: 'NONE',
        RouteKey: '$default',
        Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
      },
    },
    ...(permission && { Permission: { Type: 'AWS::Lambda::Permission', Properties: allowed } }),
  };
}
