import { Template as Assertions } from 'aws-cdk-lib/assertions';
import { CloudFormationValidatePlugin, Validations } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { pathOf, type Resource, resourcesOf, templateOf } from './stage-template.ts';

const { template } = templateOf('local');

test("the template passes CloudFormation's own schemas", () => {
  const check = () =>
    templateOf('production', {}, (app) => Validations.of(app).addPlugins(new CloudFormationValidatePlugin()));
  expect(check).not.toThrow();
});

test('no resource depends on itself by a detour', () => {
  expect(() => Assertions.fromJSON(template)).not.toThrow();
});

test('a stage is one account-free template: no account and no region stand in it', () => {
  expect(JSON.stringify(template)).not.toMatch(/\b\d{12}\b|us-east-1/);
});

test('the template holds no function that CDK brings along', () => {
  const functions = resourcesOf(template, 'AWS::Lambda::Function').map(([id]) => pathOf(template, id));
  expect(functions.filter((path) => !path.endsWith('/function/code'))).toEqual([]);
});

test('every function runs on Node 24 and arm64 with a log that ends', () => {
  for (const [, { Properties }] of resourcesOf(template, 'AWS::Lambda::Function')) {
    expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler' });
    const logGroup = template.Resources[Properties.LoggingConfig.LogGroup.Ref]!;
    expect(logGroup.Properties.RetentionInDays).toBe(90);
  }
});

test('every table is on demand, can be restored to a point in time, and outlives the stack', () => {
  const tables = resourcesOf(template, 'AWS::DynamoDB::Table');
  expect(tables.map(([id]) => pathOf(template, id))).toEqual([
    'records/members',
    'records/opt-outs',
    'records/requests',
    'records/notices',
    'records/deliveries',
    'records/campaigns',
    'records/recalls',
    'records/tokens',
  ]);
  for (const [, table] of tables) {
    expect(table.DeletionPolicy).toBe('Retain');
    expect(table.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
    expect(table.Properties.TableName).toBeUndefined();
  }
});

test('a flood of the pages is turned away long before it takes the invocations that reading mail needs', () => {
  const [[, stage]] = resourcesOf(template, 'AWS::ApiGatewayV2::Stage') as [[string, Resource]];
  const { ThrottlingRateLimit, ThrottlingBurstLimit } = stage.Properties.DefaultRouteSettings;
  // An account runs 1,000 functions at once, and a page takes far less than a second.
  expect([ThrottlingRateLimit, ThrottlingBurstLimit]).toEqual([300, 300]);
});

describe('the outputs', () => {
  test('name what the commands need', () => {
    const names = Object.keys(template.Outputs).filter((name) => !name.startsWith('Dns'));
    expect(names).toEqual([
      'MembersTable',
      'OptOutsTable',
      'RequestsTable',
      'NoticesTable',
      'DeliveriesTable',
      'CampaignsTable',
      'RecallsTable',
      'RawMailBucket',
      'EvidenceBucket',
      'IntakeBucket',
      'ScansBucket',
      'ExportsBucket',
      'InboundMailQueueUrl',
      'ScanQueueUrl',
      'AnswersQueueUrl',
      'NoticesQueueUrl',
      'ExportsQueueUrl',
      'PublicUrl',
      'SignInIssuer',
      'MachineClient',
      'RequestRetentionMonths',
      'MailDomain',
    ]);
  });

  test('hold every DNS record to set, in the form of a zone file', () => {
    const records = Object.entries(template.Outputs).filter(([name]) => name.startsWith('Dns'));
    const lines = records.map(([name, { Value }]) => `${name}: ${plain(Value)}`);
    expect(lines).toEqual([
      'DnsInboundMx: inwriting.example. MX 10 inbound-smtp.{AWS::Region}.amazonaws.com.',
      'DnsDkim1: {DkimDNSTokenName1}. CNAME {DkimDNSTokenValue1}.',
      'DnsDkim2: {DkimDNSTokenName2}. CNAME {DkimDNSTokenValue2}.',
      'DnsDkim3: {DkimDNSTokenName3}. CNAME {DkimDNSTokenValue3}.',
      'DnsSpf: inwriting.example. TXT "v=spf1 include:amazonses.com -all"',
      'DnsDmarc: _dmarc.inwriting.example. TXT "v=DMARC1; p=reject"',
      'DnsMailFromMx: mail.inwriting.example. MX 10 feedback-smtp.{AWS::Region}.amazonses.com.',
      'DnsMailFromSpf: mail.inwriting.example. TXT "v=spf1 include:amazonses.com -all"',
    ]);
  });
});

/** An output's value with its references in braces. */
function plain(value: unknown): string {
  if (typeof value === 'string') return value;
  const intrinsic = value as { Ref?: string; 'Fn::GetAtt'?: [string, string]; 'Fn::Join'?: [string, unknown[]] };
  if (intrinsic['Fn::Join']) return intrinsic['Fn::Join'][1].map(plain).join('');
  return `{${intrinsic.Ref ?? intrinsic['Fn::GetAtt']![1]}}`;
}
