import { expect, test } from 'vitest';
import { pathOf, resourcesOf, type Template, templateOf } from './stage-template.ts';

const { template } = templateOf('production');

/** Who may do what, read from the template. A grant that is added or widened changes this table. */
test('each function may do exactly what its work needs', () => {
  expect(grants(template)).toEqual({
    'directory-sync': [
      'dynamodb:BatchGetItem on records/members',
      'dynamodb:BatchWriteItem on records/members',
      'dynamodb:DeleteItem on records/members',
      'dynamodb:GetItem on records/members',
      'dynamodb:PutItem on records/members',
      'dynamodb:Query on records/members',
      'dynamodb:Scan on records/members',
      's3:GetObject on directory-sync/intake/directory/*',
      's3:ListBucket on directory-sync/intake',
      's3:PutObject on directory-sync/intake/directory/progress/*',
      's3:PutObject on directory-sync/intake/directory/results/*',
      'sqs:DeleteMessage on directory-sync/queue',
      'sqs:GetQueueAttributes on directory-sync/queue',
      'sqs:ReceiveMessage on directory-sync/queue',
      'sqs:SendMessage on directory-sync/queue',
    ],
    'inbound-mail': [
      'dynamodb:BatchGetItem on records/members',
      'dynamodb:BatchGetItem on records/opt-outs',
      'dynamodb:GetItem on records/members',
      'dynamodb:GetItem on records/opt-outs',
      'dynamodb:GetItem on records/requests',
      'dynamodb:PutItem on records/opt-outs',
      'dynamodb:PutItem on records/requests',
      'dynamodb:Query on records/members',
      'dynamodb:UpdateItem on records/requests',
      's3:GetObject on receiving/raw-mail/inbound/*',
      's3:GetObject on records/evidence/requests/*',
      's3:PutObject on records/evidence/requests/*',
      's3:PutObjectRetention on records/evidence/requests/*',
      'secretsmanager:GetSecretValue on keys/tokens',
      'sqs:DeleteMessage on inbound-mail/queue',
      'sqs:GetQueueAttributes on inbound-mail/queue',
      'sqs:ReceiveMessage on inbound-mail/queue',
      'sqs:SendMessage on mail-sender/answers',
    ],
    'mail-sender': [
      'dynamodb:GetItem on records/deliveries',
      'dynamodb:PutItem on records/deliveries',
      'dynamodb:UpdateItem on records/deliveries',
      's3:PutObject on records/evidence/requests/*',
      's3:PutObjectRetention on records/evidence/requests/*',
      'secretsmanager:GetSecretValue on keys/tokens',
      'ses:SendRawEmail on configuration-set/sending/configuration-set as privacy@privacy.community.example',
      'ses:SendRawEmail on identity/sending/identity as privacy@privacy.community.example',
      'sqs:DeleteMessage on mail-sender/answers',
      'sqs:GetQueueAttributes on mail-sender/answers',
      'sqs:ReceiveMessage on mail-sender/answers',
    ],
    'public-site': [],
    'receipt-activation': ['ses:DescribeActiveReceiptRuleSet on *', 'ses:SetActiveReceiptRuleSet on *'],
  });
});

test('beyond its grants a function may write its own log, and nothing else', () => {
  for (const [policyId, policy] of resourcesOf(template, 'AWS::IAM::Policy')) {
    const owner = ownerOf(template, policyId);
    const logging = policy.Properties.PolicyDocument.Statement.filter(writesLog);
    expect(logging.map((statement: Statement) => named(template, statement.Resource))).toEqual([
      `${owner}/function/log`,
    ]);
  }
  expect(resourcesOf(template, 'AWS::IAM::Role').filter(([, role]) => role.Properties.ManagedPolicyArns)).toEqual([]);
});

test('what AWS services may do to our resources is limited to this account or to one resource', () => {
  expect(servicePermissions(template)).toEqual([
    'cloudwatch.amazonaws.com: sns:Publish on alarms/topic when aws:SourceAccount=AWS::AccountId',
    's3.amazonaws.com: sqs:SendMessage on directory-sync/queue when aws:SourceAccount=AWS::AccountId',
    'ses.amazonaws.com: s3:PutObject on receiving/raw-mail/inbound/* when aws:SourceAccount=AWS::AccountId aws:SourceArn=receipt-rule-set/receiving/rule-set:receipt-rule/in-writing-inbound-mail',
    'ses.amazonaws.com: sns:Publish on receiving/topic when aws:SourceAccount=AWS::AccountId aws:SourceArn=receipt-rule-set/receiving/rule-set:receipt-rule/in-writing-inbound-mail',
    'sns.amazonaws.com: sqs:SendMessage on inbound-mail/queue when aws:SourceArn=receiving/topic',
  ]);
});

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Principal?: { Service?: string };
  Condition?: Record<string, Record<string, unknown>>;
}

function grants(template: Template): Record<string, string[]> {
  const policies = resourcesOf(template, 'AWS::IAM::Policy').map(([policyId, policy]) => {
    const statements: Statement[] = policy.Properties.PolicyDocument.Statement;
    const lines = statements.filter((statement) => !writesLog(statement)).flatMap((one) => linesOf(template, one));
    return [ownerOf(template, policyId), lines.sort()];
  });
  return Object.fromEntries(policies);
}

function linesOf(template: Template, statement: Statement): string[] {
  const sender = statement.Condition?.StringEquals?.['ses:FromAddress'];
  const limit = sender ? ` as ${sender}` : '';
  return [statement.Action]
    .flat()
    .flatMap((action) =>
      [statement.Resource].flat().map((resource) => `${action} on ${named(template, resource)}${limit}`),
    );
}

function servicePermissions(template: Template): string[] {
  const policies = ['AWS::S3::BucketPolicy', 'AWS::SNS::TopicPolicy', 'AWS::SQS::QueuePolicy'];
  return policies
    .flatMap((type) => resourcesOf(template, type))
    .flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement as Statement[])
    .filter((statement) => statement.Effect === 'Allow')
    .map((statement) => {
      const conditions = Object.values(statement.Condition ?? {}).flatMap((operator) => Object.entries(operator));
      const limits = conditions.map(([key, value]) => `${key}=${named(template, value)}`).join(' ');
      return `${statement.Principal?.Service}: ${linesOf(template, statement)} when ${limits}`;
    })
    .sort();
}

function writesLog({ Action }: Statement): boolean {
  return [Action].flat().some((action) => action.startsWith('logs:'));
}

function ownerOf(template: Template, logicalId: string): string {
  return pathOf(template, logicalId).split('/')[0]!;
}

/** A resource as a reader names it: its construct path, and for an ARN what follows the account. */
function named(template: Template, value: unknown): string {
  if (typeof value === 'string') return value;
  const intrinsic = value as { Ref?: string; 'Fn::GetAtt'?: [string, string]; 'Fn::Join'?: [string, unknown[]] };
  if (intrinsic['Fn::Join']) {
    const [separator, parts] = intrinsic['Fn::Join'];
    const text = parts.map((part) => named(template, part)).join(separator);
    return text.replace(/^arn:AWS::Partition:ses:AWS::Region:AWS::AccountId:/, '');
  }
  const logicalId = intrinsic['Fn::GetAtt']?.[0] ?? intrinsic.Ref!;
  return logicalId.startsWith('AWS::') ? logicalId : pathOf(template, logicalId);
}
