import { describe, expect, it } from 'vitest';
import { openIam, type Question } from '../../../infra/local/iam.ts';
import type { FunctionPlan, Statement } from '../../../infra/local/plan.ts';

const queue = 'arn:aws:sqs:us-east-1:000000000000:work';
const bucket = 'arn:aws:s3:::mail';
const topic = 'arn:aws:sns:us-east-1:000000000000:news';

describe('a caller with a role', () => {
  it('may do what its role allows, wildcards included, and the answer names the policy', () => {
    const ask = withRole({ actions: ['s3:Get*'], resources: [`${bucket}/inbound/*`] });
    expect(ask('s3:GetObject', `${bucket}/inbound/a/b`)).toEqual({ allowed: true, because: '"test" allows it' });
    expect(ask('s3:getobject', `${bucket}/inbound/a`).allowed).toBe(true);
    expect(ask('s3:GetObject', `${bucket}/other`).allowed).toBe(false);
    expect(ask('s3:PutObject', `${bucket}/inbound/a`).allowed).toBe(false);
  });

  it('is told which construct file lacks the grant', () => {
    const { because } = withRole({ actions: ['s3:GetObject'], resources: ['*'] })('sqs:SendMessage', queue);
    expect(because).toBe('no policy of its role allows it: grant it in infra/constructs/reader.ts');
  });

  it('loses to a Deny, whoever allows', () => {
    const ask = withRole(
      { actions: ['*'], resources: ['*'] },
      { effect: 'Deny', actions: ['s3:DeleteObject'], resources: [`${bucket}/*`] },
    );
    expect(ask('s3:DeleteObject', `${bucket}/a`)).toEqual({ allowed: false, because: '"test" denies it' });
    expect(ask('s3:PutObject', `${bucket}/a`).allowed).toBe(true);
  });

  it('is not stopped by a policy that denies plain HTTP, for the loopback counts as TLS', () => {
    const deny: Part = { effect: 'Deny', actions: ['s3:*'], resources: ['*'], principals: ['*'] };
    deny.conditions = { Bool: { 'aws:SecureTransport': ['false'] }, NumericLessThan: { 's3:TlsVersion': ['1.2'] } };
    const ask = withRole({ actions: ['s3:*'], resources: ['*'] }, deny);
    expect(ask('s3:GetObject', `${bucket}/a`).allowed).toBe(true);
  });

  it.each([
    [{ StringEquals: { 'ses:FromAddress': ['a@b.example'] } }, 'a@b.example', true],
    [{ StringEquals: { 'ses:fromaddress': ['a@b.example'] } }, 'a@b.example', true],
    [{ StringEquals: { 'ses:FromAddress': ['a@b.example'] } }, 'x@b.example', false],
    [{ StringEquals: { 'ses:FromAddress': ['a@b.example'] } }, undefined, false],
    [{ StringEqualsIfExists: { 'ses:FromAddress': ['a@b.example'] } }, undefined, true],
    [{ StringNotEquals: { 'ses:FromAddress': ['a@b.example'] } }, 'x@b.example', true],
    [{ StringLike: { 'ses:FromAddress': ['z@*', '*@b.example'] } }, 'x@b.example', true],
    [{ StringLike: { 'ses:FromAddress': ['?@b.example'] } }, 'xy@b.example', false],
    [{ Null: { 'ses:FromAddress': ['true'] } }, undefined, true],
  ])('with the condition %j and the value %s gets %s', (conditions, value, allowed) => {
    const ask = withRole({ actions: ['ses:SendRawEmail'], resources: ['*'], conditions });
    expect(ask('ses:SendRawEmail', 'x', value === undefined ? {} : { 'ses:FromAddress': value }).allowed).toBe(allowed);
  });

  it('gets the decision of each context, not one that was made for another', () => {
    const conditions = { StringEquals: { 'ses:FromAddress': ['a@b.example'] } };
    const ask = withRole({ actions: ['ses:SendRawEmail'], resources: ['*'], conditions });
    expect(ask('ses:SendRawEmail', 'x', { 'ses:FromAddress': 'a@b.example' }).allowed).toBe(true);
    expect(ask('ses:SendRawEmail', 'x', { 'ses:FromAddress': 'x@b.example' }).allowed).toBe(false);
    expect(ask('ses:SendRawEmail', 'x').allowed).toBe(false);
  });
});

describe('a service principal', () => {
  const policy: Part = {
    actions: ['sqs:SendMessage'],
    resources: [queue],
    principals: ['sns.amazonaws.com'],
    conditions: { ArnEquals: { 'aws:SourceArn': [topic] } },
  };

  it('may do what the policy of the resource lets it do, for the source that it names', () => {
    const ask = asService('sns.amazonaws.com', queue, policy);
    expect(ask('sqs:SendMessage', queue, { 'aws:SourceArn': topic }).allowed).toBe(true);
    expect(ask('sqs:SendMessage', queue, { 'aws:SourceArn': `${topic}-other` }).allowed).toBe(false);
    expect(ask('sqs:SendMessage', queue).allowed).toBe(false);
  });

  it('is refused where the policy means another service, with the file of the resource', () => {
    const answer = asService('s3.amazonaws.com', queue, policy)('sqs:SendMessage', queue, { 'aws:SourceArn': topic });
    expect(answer).toEqual({
      allowed: false,
      because: 'no resource policy allows it: grant it in infra/constructs/work.ts',
    });
  });

  it('writes objects by the policy of their bucket', () => {
    const resources = [`${bucket}/inbound/*`];
    const ask = asService('ses.amazonaws.com', bucket, {
      actions: ['s3:PutObject'],
      resources,
      principals: ['ses.amazonaws.com'],
    });
    expect(ask('s3:PutObject', `${bucket}/inbound/a/b`).allowed).toBe(true);
    expect(ask('s3:PutObject', `${bucket}/b`).allowed).toBe(false);
  });
});

it('a condition operator that is not implemented stops the start with its name', () => {
  const conditions = { DateGreaterThan: { 'aws:CurrentTime': ['2020-01-01T00:00:00Z'] } };
  expect(() => withRole({ actions: ['*'], resources: ['*'], conditions })).toThrow('DateGreaterThan');
});

type Part = Partial<Statement>;

function statement(part: Part): Statement {
  const nothing = { actions: [], notActions: [], resources: [], notResources: [], principals: [], conditions: {} };
  return { source: 'test', effect: 'Allow', ...nothing, ...part };
}

/** The same statements as the role's policy, and on the bucket where they name principals. */
function withRole(...parts: Part[]) {
  const statements = parts.filter((part) => !part.principals).map(statement);
  const onBucket = parts.filter((part) => part.principals).map(statement);
  const reader = { name: 'reader', constructFile: 'infra/constructs/reader.ts', statements } as FunctionPlan;
  const authorize = openIam({
    accountId: '000000000000',
    functions: [reader],
    schedules: [],
    resourcePolicies: [{ arn: bucket, statements: onBucket }],
    constructFiles: {},
  });
  const principal = { caller: 'reader', roleArn: 'arn:aws:iam::000000000000:role/reader', statements };
  return (action: string, resource: string, context?: Question['context']) =>
    authorize({ principal, action, resource, context });
}

function asService(service: string, arn: string, ...parts: Part[]) {
  const authorize = openIam({
    accountId: '000000000000',
    functions: [],
    schedules: [],
    resourcePolicies: [{ arn, statements: parts.map(statement) }],
    constructFiles: { [queue]: 'infra/constructs/work.ts' },
  });
  const principal = { caller: service, service, statements: [] };
  return (action: string, resource: string, context?: Question['context']) =>
    authorize({ principal, action, resource, context });
}
