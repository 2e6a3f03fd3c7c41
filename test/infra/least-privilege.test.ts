import { expect, test } from 'vitest';
import { functionNames } from '../../infra/bundle.ts';
import { pathOf, resourcesOf, type Template, templateOf } from './stage-template.ts';

const { template } = templateOf('production');

/** Who may do what, read from the template. A grant that is added or widened changes this table. */
test('each function may do exactly what its work needs', () => {
  expect(grants(template)).toEqual({
    clearance: [
      'dynamodb:BatchGetItem on records/members',
      'dynamodb:BatchGetItem on records/opt-outs',
      'dynamodb:BatchWriteItem on records/tokens',
      'dynamodb:Query on records/members',
      'dynamodb:UpdateItem on records/campaigns',
      's3:PutObject on records/evidence/checks/*',
      's3:PutObjectRetention on records/evidence/checks/*',
      'secretsmanager:GetSecretValue on keys/tokens',
    ],
    'change-notices': [
      'dynamodb:BatchGetItem on records/members',
      'dynamodb:GetItem on records/deliveries',
      'dynamodb:GetItem on records/notices',
      'dynamodb:PutItem on records/deliveries',
      'dynamodb:PutItem on records/notices',
      'dynamodb:Query on records/deliveries',
      'dynamodb:Query on records/notices/index/active',
      'dynamodb:Scan on records/members',
      'dynamodb:UpdateItem on records/deliveries',
      'ses:GetSendQuota on *',
      'sqs:SendMessage on mail-sender/answers',
      'sqs:SendMessage on mail-sender/notices',
    ],
    'change-notices/schedule': ['lambda:InvokeFunction on change-notices/function/code'],
    deadlines: [
      'dynamodb:BatchGetItem on records/members',
      'dynamodb:BatchGetItem on records/opt-outs',
      'dynamodb:DeleteItem on records/tokens',
      'dynamodb:GetItem on records/requests',
      'dynamodb:GetItem on records/tokens',
      'dynamodb:PutItem on records/opt-outs',
      'dynamodb:PutItem on records/recalls',
      'dynamodb:PutItem on records/requests',
      'dynamodb:PutItem on records/tokens',
      'dynamodb:Query on records/campaigns',
      'dynamodb:Query on records/members',
      'dynamodb:Query on records/recalls/index/standing',
      'dynamodb:Query on records/requests/index/open',
      'dynamodb:Query on records/requests/index/who',
      's3:PutObject on exports/bucket/jobs/*',
      's3:PutObject on records/evidence/requests/*',
      's3:PutObjectRetention on records/evidence/requests/*',
      'sqs:SendMessage on exports/queue',
      'sqs:SendMessage on mail-sender/answers',
    ],
    'deadlines/schedule': ['lambda:InvokeFunction on deadlines/function/code'],
    'delivery-feedback': [
      'dynamodb:BatchGetItem on records/opt-outs',
      'dynamodb:DeleteItem on records/members',
      'dynamodb:GetItem on records/requests',
      'dynamodb:PutItem on records/members',
      'dynamodb:PutItem on records/opt-outs',
      'dynamodb:PutItem on records/requests',
      'dynamodb:UpdateItem on records/deliveries',
      's3:PutObject on records/evidence/requests/*',
      's3:PutObjectRetention on records/evidence/requests/*',
      'sqs:DeleteMessage on delivery-feedback/queue',
      'sqs:GetQueueAttributes on delivery-feedback/queue',
      'sqs:ReceiveMessage on delivery-feedback/queue',
    ],
    desk: [
      'dynamodb:BatchGetItem on records/members',
      'dynamodb:BatchGetItem on records/opt-outs',
      'dynamodb:DeleteItem on records/tokens',
      'dynamodb:GetItem on records/deliveries',
      'dynamodb:GetItem on records/notices',
      'dynamodb:GetItem on records/recalls',
      'dynamodb:GetItem on records/requests',
      'dynamodb:PutItem on records/notices',
      'dynamodb:PutItem on records/opt-outs',
      'dynamodb:PutItem on records/recalls',
      'dynamodb:PutItem on records/requests',
      'dynamodb:Query on records/campaigns',
      'dynamodb:Query on records/deliveries',
      'dynamodb:Query on records/members',
      'dynamodb:Query on records/notices/index/listed',
      'dynamodb:Query on records/recalls/index/standing',
      'dynamodb:Query on records/requests/index/arrived',
      'dynamodb:Query on records/requests/index/decided',
      'dynamodb:Query on records/requests/index/open',
      'dynamodb:Query on records/requests/index/who',
      'dynamodb:Scan on records/members',
      'dynamodb:UpdateItem on records/campaigns',
      's3:GetObject on exports/bucket/files/*',
      's3:GetObject on exports/bucket/jobs/*',
      's3:GetObject on records/evidence/checks/*',
      's3:GetObject on records/evidence/requests/*',
      's3:GetObject on scan-intake/scans/scans/uploads/*',
      's3:GetObjectVersion on scan-intake/scans/scans/uploads/*',
      's3:ListBucket on exports/bucket',
      's3:ListBucket on records/evidence',
      's3:ListBucket on scan-intake/scans',
      's3:PutObject on exports/bucket/jobs/*',
      's3:PutObject on exports/bucket/uploads/*',
      's3:PutObject on records/evidence/checks/*',
      's3:PutObject on records/evidence/requests/*',
      's3:PutObject on scan-intake/scans/scans/uploads/*',
      's3:PutObjectRetention on records/evidence/checks/*',
      's3:PutObjectRetention on records/evidence/requests/*',
      'secretsmanager:GetSecretValue on keys/cookies',
      'secretsmanager:GetSecretValue on keys/tokens',
      'ses:GetSendQuota on *',
      'sqs:SendMessage on exports/queue',
      'sqs:SendMessage on mail-sender/answers',
      'sqs:SendMessage on mail-sender/notices',
      'sqs:SendMessage on scan-intake/queue',
    ],
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
    exports: [
      'dynamodb:BatchGetItem on records/members',
      'dynamodb:BatchGetItem on records/opt-outs',
      'dynamodb:GetItem on records/notices',
      'dynamodb:GetItem on records/requests',
      'dynamodb:Query on records/deliveries',
      'dynamodb:Query on records/members',
      'dynamodb:Scan on records/opt-outs',
      'dynamodb:UpdateItem on records/campaigns',
      's3:GetObject on exports/bucket/files/*',
      's3:GetObject on exports/bucket/jobs/*',
      's3:GetObject on exports/bucket/uploads/*',
      's3:GetObject on records/evidence/requests/*',
      's3:ListBucket on exports/bucket',
      's3:ListBucket on records/evidence',
      's3:PutObject on exports/bucket/files/*',
      's3:PutObject on exports/bucket/jobs/*',
      's3:PutObject on records/evidence/checks/*',
      's3:PutObject on records/evidence/do-not-use/*',
      's3:PutObjectRetention on records/evidence/checks/*',
      's3:PutObjectRetention on records/evidence/do-not-use/*',
      'sqs:DeleteMessage on exports/queue',
      'sqs:GetQueueAttributes on exports/queue',
      'sqs:ReceiveMessage on exports/queue',
    ],
    'inbound-mail': [
      'dynamodb:BatchGetItem on records/members',
      'dynamodb:BatchGetItem on records/opt-outs',
      'dynamodb:GetItem on records/requests',
      'dynamodb:GetItem on records/tokens',
      'dynamodb:PutItem on records/opt-outs',
      'dynamodb:PutItem on records/recalls',
      'dynamodb:PutItem on records/requests',
      'dynamodb:Query on records/campaigns',
      'dynamodb:Query on records/members',
      's3:GetObject on receiving/raw-mail/inbound/*',
      's3:PutObject on records/evidence/requests/*',
      's3:PutObjectRetention on records/evidence/requests/*',
      'secretsmanager:GetSecretValue on keys/tokens',
      'sqs:DeleteMessage on inbound-mail/queue',
      'sqs:GetQueueAttributes on inbound-mail/queue',
      'sqs:ReceiveMessage on inbound-mail/queue',
      'sqs:SendMessage on mail-sender/answers',
      'sqs:SendMessage on scan-intake/queue',
    ],
    'mail-sender': [
      'dynamodb:BatchGetItem on records/members',
      'dynamodb:GetItem on records/deliveries',
      'dynamodb:GetItem on records/notices',
      'dynamodb:GetItem on records/tokens',
      'dynamodb:PutItem on records/tokens',
      'dynamodb:Query on records/members',
      'dynamodb:UpdateItem on records/deliveries',
      's3:PutObject on records/evidence/requests/*',
      's3:PutObjectRetention on records/evidence/requests/*',
      'secretsmanager:GetSecretValue on keys/tokens',
      'ses:GetSendQuota on *',
      'ses:SendRawEmail on configuration-set/sending/configuration-set as privacy@privacy.community.example',
      'ses:SendRawEmail on configuration-set/sending/notices as notices@privacy.community.example',
      'ses:SendRawEmail on identity/sending/identity as notices@privacy.community.example',
      'ses:SendRawEmail on identity/sending/identity as privacy@privacy.community.example',
      'sqs:DeleteMessage on mail-sender/answers',
      'sqs:DeleteMessage on mail-sender/notices',
      'sqs:GetQueueAttributes on mail-sender/answers',
      'sqs:GetQueueAttributes on mail-sender/notices',
      'sqs:ReceiveMessage on mail-sender/answers',
      'sqs:ReceiveMessage on mail-sender/notices',
      'sqs:SendMessage on mail-sender/notices',
    ],
    'public-site': [
      'dynamodb:BatchGetItem on records/members',
      'dynamodb:BatchGetItem on records/opt-outs',
      'dynamodb:DeleteItem on records/tokens',
      'dynamodb:GetItem on records/notices',
      'dynamodb:GetItem on records/requests',
      'dynamodb:GetItem on records/tokens',
      'dynamodb:PutItem on records/opt-outs',
      'dynamodb:PutItem on records/recalls',
      'dynamodb:PutItem on records/requests',
      'dynamodb:Query on records/campaigns',
      'dynamodb:Query on records/members',
      'dynamodb:Query on records/notices/index/showing',
      'dynamodb:UpdateItem on records/tokens',
      's3:PutObject on records/evidence/requests/*',
      's3:PutObjectRetention on records/evidence/requests/*',
      'secretsmanager:GetSecretValue on keys/tokens',
      'sqs:SendMessage on mail-sender/answers',
    ],
    'receipt-activation': ['ses:DescribeActiveReceiptRuleSet on *', 'ses:SetActiveReceiptRuleSet on *'],
    'scan-intake': [
      'dynamodb:BatchGetItem on records/members',
      'dynamodb:BatchGetItem on records/opt-outs',
      'dynamodb:GetItem on records/requests',
      'dynamodb:PutItem on records/opt-outs',
      'dynamodb:PutItem on records/recalls',
      'dynamodb:PutItem on records/requests',
      'dynamodb:Query on records/campaigns',
      'dynamodb:Query on records/members',
      's3:GetObject on records/evidence/requests/*',
      's3:GetObjectVersion on scan-intake/scans/scans/inbox/*',
      's3:GetObjectVersion on scan-intake/scans/scans/uploads/*',
      's3:ListBucket on records/evidence',
      's3:PutObject on records/evidence/requests/*',
      's3:PutObjectRetention on records/evidence/requests/*',
      'sqs:DeleteMessage on scan-intake/queue',
      'sqs:GetQueueAttributes on scan-intake/queue',
      'sqs:ReceiveMessage on scan-intake/queue',
      'sqs:SendMessage on scan-intake/queue',
    ],
  });
});

test('beyond its grants a function may write its own log, and nothing else', () => {
  for (const [policyId, policy] of resourcesOf(template, 'AWS::IAM::Policy')) {
    const owner = ownerOf(template, policyId);
    if (owner.endsWith('/schedule')) continue;
    const logging = policy.Properties.PolicyDocument.Statement.filter(writesLog);
    expect(logging.map((statement: Statement) => named(template, statement.Resource))).toEqual([
      `${owner}/function/log`,
    ]);
  }
  expect(resourcesOf(template, 'AWS::IAM::Role').filter(([, role]) => role.Properties.ManagedPolicyArns)).toEqual([]);
});

test('a role is taken by Lambda for its function, or by Scheduler for schedules of this account', () => {
  const takers = resourcesOf(template, 'AWS::IAM::Role').map(([id, role]) => {
    const statements: Statement[] = role.Properties.AssumeRolePolicyDocument.Statement;
    return `${pathOf(template, id)}: ${statements.map(takerOf)}`;
  });
  const byLambda = functionNames().map((name) => `${name}/function/role: lambda.amazonaws.com`);
  const byScheduler = ['change-notices', 'deadlines'].map(
    (name) =>
      `${name}/schedule/role: scheduler.amazonaws.com when aws:SourceAccount=AWS::AccountId aws:SourceArn=arn:AWS::Partition:scheduler:AWS::Region:AWS::AccountId:schedule-group/default`,
  );
  expect(takers.sort()).toEqual([...byLambda, ...byScheduler].sort());
});

test('what AWS services may do to our resources is limited to this account or to one resource', () => {
  expect(servicePermissions(template)).toEqual([
    'cloudwatch.amazonaws.com: sns:Publish on alarms/topic when aws:SourceAccount=AWS::AccountId',
    's3.amazonaws.com: sqs:SendMessage on directory-sync/queue when aws:SourceAccount=AWS::AccountId',
    's3.amazonaws.com: sqs:SendMessage on scan-intake/queue when aws:SourceAccount=AWS::AccountId',
    'ses.amazonaws.com: s3:PutObject on receiving/raw-mail/inbound/* when aws:SourceAccount=AWS::AccountId aws:SourceArn=receipt-rule-set/receiving/rule-set:receipt-rule/in-writing-inbound-mail',
    'ses.amazonaws.com: sns:Publish on delivery-feedback/topic when AWS:SourceAccount=AWS::AccountId AWS:SourceArn=configuration-set/sending/configuration-set',
    'ses.amazonaws.com: sns:Publish on delivery-feedback/topic when AWS:SourceAccount=AWS::AccountId AWS:SourceArn=configuration-set/sending/notices',
    'ses.amazonaws.com: sns:Publish on receiving/topic when aws:SourceAccount=AWS::AccountId aws:SourceArn=receipt-rule-set/receiving/rule-set:receipt-rule/in-writing-inbound-mail',
    'sns.amazonaws.com: sqs:SendMessage on delivery-feedback/queue when aws:SourceArn=delivery-feedback/topic',
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
      return `${statement.Principal?.Service}: ${linesOf(template, statement)} when ${limitsOf(statement)}`;
    })
    .sort();
}

function takerOf(statement: Statement): string {
  const limits = limitsOf(statement);
  return `${statement.Principal?.Service}${limits && ` when ${limits}`}`;
}

function limitsOf({ Condition = {} }: Statement): string {
  const conditions = Object.values(Condition).flatMap((operator) => Object.entries(operator));
  return conditions.map(([key, value]) => `${key}=${named(template, value)}`).join(' ');
}

function writesLog({ Action }: Statement): boolean {
  return [Action].flat().some((action) => action.startsWith('logs:'));
}

/** The function whose role a policy is on, or `<function>/schedule`. */
function ownerOf(template: Template, logicalId: string): string {
  return pathOf(template, logicalId).replace(/(\/function)?\/role\/DefaultPolicy$/, '');
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
