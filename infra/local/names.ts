import type { Identity, Resolve } from './resolve.ts';
import type { Resource } from './supported.ts';

export const region = 'us-east-1';
export const accountId = '000000000000';

/** Where the HTTP port has the sign-in of this machine. */
export const signInPath = '/_local/sign-in';

/** Where the stack listens: queue URLs name the gateway, so that SQS calls pass IAM; the HTTP API has its own port. */
export interface Addresses {
  /** `http://127.0.0.1:PORT`, without a trailing slash; not `localhost`, so that the SDK uses path-style S3. */
  aws: string;
  http: string;
}

export const pseudoParameters: Record<string, string> = {
  'AWS::AccountId': accountId,
  'AWS::Partition': 'aws',
  'AWS::Region': region,
  'AWS::StackId': `arn:aws:cloudformation:${region}:${accountId}:stack/local/0`,
  'AWS::StackName': 'local',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** `inwriting/records/members/Resource` → `inwriting-records-members`: readable, and the same at every start. */
export function localName(logicalId: string, resource: Resource): string {
  const path = constructPath(logicalId, resource).filter((segment) => segment !== 'Resource' && segment !== 'Default');
  return path
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-')
    .slice(0, 63);
}

/** The construct directly below the stack: it shares its name with its file and, for a Lambda, with its folder. */
export function owner(logicalId: string, resource: Resource): string {
  return constructPath(logicalId, resource)[1] ?? logicalId;
}

function constructPath(logicalId: string, resource: Resource): string[] {
  return String(resource.Metadata?.['aws:cdk:path'] ?? logicalId).split('/');
}

/** Name, ARN and what else Ref and Fn::GetAtt give, per type. */
export function identify(logicalId: string, resource: Resource, resolve: Resolve, addresses: Addresses): Identity {
  const properties = resource.Properties ?? {};
  const name = localName(logicalId, resource);
  const given = (property: string): string => resolve(properties[property] ?? name);

  switch (resource.Type) {
    case 'AWS::ApiGatewayV2::Api':
      return { ref: name, arn: arn('execute-api', name), attributes: { ApiEndpoint: addresses.http } };
    case 'AWS::Cognito::UserPool': {
      const ProviderURL = `${addresses.http}${signInPath}`;
      return {
        ref: name,
        arn: arn('cognito-idp', `userpool/${name}`),
        attributes: { ProviderURL, UserPoolId: name },
      };
    }
    case 'AWS::Cognito::UserPoolDomain':
      return { ref: given('Domain'), arn: '', attributes: {} };
    case 'AWS::Cognito::UserPoolResourceServer':
      return { ref: given('Identifier'), arn: '', attributes: {} };
    case 'AWS::Cognito::UserPoolGroup':
      return { ref: given('GroupName'), arn: '', attributes: {} };
    case 'AWS::DynamoDB::Table':
      return withArn(name, arn('dynamodb', `table/${name}`));
    case 'AWS::IAM::Role':
      return withArn(name, `arn:aws:iam::${accountId}:role/${name}`);
    case 'AWS::Lambda::Function':
      return withArn(owner(logicalId, resource), arn('lambda', `function:${owner(logicalId, resource)}`));
    case 'AWS::Logs::LogGroup':
      return withArn(name, arn('logs', `log-group:${name}:*`));
    case 'AWS::S3::Bucket':
      return withArn(name, `arn:aws:s3:::${name}`);
    case 'AWS::SES::ConfigurationSet':
      return withArn(given('Name'), arn('ses', `configuration-set/${given('Name')}`));
    case 'AWS::SES::EmailIdentity':
      return {
        ...withArn(given('EmailIdentity'), arn('ses', `identity/${given('EmailIdentity')}`)),
        attributes: dkim(),
      };
    case 'AWS::SES::ReceiptRuleSet':
      return withArn(given('RuleSetName'), arn('ses', `receipt-rule-set/${given('RuleSetName')}`));
    case 'AWS::SNS::Topic':
      return {
        ref: arn('sns', name),
        arn: arn('sns', name),
        attributes: { TopicArn: arn('sns', name), TopicName: name },
      };
    case 'AWS::SQS::Queue': {
      const ref = `${addresses.aws}/${accountId}/${name}`;
      return { ref, arn: arn('sqs', name), attributes: { Arn: arn('sqs', name), QueueName: name, QueueUrl: ref } };
    }
    case 'AWS::Scheduler::Schedule':
      return withArn(name, arn('scheduler', `schedule/default/${name}`));
    case 'AWS::SecretsManager::Secret': {
      const secret = arn('secretsmanager', `secret:${name}-local0`);
      return withArn(secret, secret);
    }
    default:
      return { ref: name, arn: '', attributes: {} };
  }

  /** SES invents these names; here they only have to be there. */
  function dkim(): Record<string, string> {
    const names = [1, 2, 3].map((n) => [`DkimDNSTokenName${n}`, `local${n}._domainkey.${given('EmailIdentity')}`]);
    const values = [1, 2, 3].map((n) => [`DkimDNSTokenValue${n}`, `local${n}.dkim.amazonses.com`]);
    return Object.fromEntries([...names, ...values]);
  }
}

function arn(service: string, rest: string): string {
  return `arn:aws:${service}:${region}:${accountId}:${rest}`;
}

function withArn(ref: string, Arn: string): Identity {
  return { ref, arn: Arn, attributes: { Arn } };
}
