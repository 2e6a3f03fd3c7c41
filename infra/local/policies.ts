import { type Find, type Found, nameIn } from './found.ts';
import type * as plan from './plan.ts';

/** A bucket's, queue's or topic's policy, the permissions to invoke a function, and who may take a role. */
export function resourcePolicies(found: Find): plan.Plan['resourcePolicies'] {
  const arnOf = (type: string, ref: string) => found(type).find((resource) => resource.ref === ref)?.arn ?? ref;
  const on = (type: string, refs: string[], { path, properties }: Found) =>
    refs.map((ref) => ({ arn: arnOf(type, ref), statements: statements(path, properties.PolicyDocument) }));
  const policies = [
    ...found('AWS::S3::BucketPolicy').flatMap((p) => on('AWS::S3::Bucket', [p.properties.Bucket], p)),
    ...found('AWS::SQS::QueuePolicy').flatMap((p) => on('AWS::SQS::Queue', p.properties.Queues, p)),
    ...found('AWS::SNS::TopicPolicy').flatMap((p) => on('AWS::SNS::Topic', p.properties.Topics, p)),
    ...found('AWS::Lambda::Permission').map((p) => permission(p, found)),
    ...found('AWS::IAM::Role').map(trust),
  ];
  const byArn = Map.groupBy(policies, ({ arn }) => arn);
  return [...byArn].map(([arn, several]) => ({ arn, statements: several.flatMap((policy) => policy.statements) }));
}

function permission({ path, properties: p }: Found, found: Find): { arn: string; statements: plan.Statement[] } {
  const arn = found('AWS::Lambda::Function').find(({ ref }) => ref === nameIn(p.FunctionName))!.arn;
  const Condition = p.SourceArn && { ArnLike: { 'aws:SourceArn': p.SourceArn } };
  const Statement = {
    Effect: 'Allow',
    Action: p.Action,
    Resource: arn,
    Principal: { Service: p.Principal },
    Condition,
  };
  return { arn, statements: statements(path, { Statement }) };
}

/** The policy of a role that says who may take it. It names no resource, because it stands on one. */
function trust({ path, arn, properties }: Found): { arn: string; statements: plan.Statement[] } {
  const trusted = statements(path, properties.AssumeRolePolicyDocument);
  return { arn, statements: trusted.map((statement) => ({ ...statement, resources: [arn] })) };
}

export function rolePolicies(found: Find, roleArn: string): plan.Statement[] {
  const role = found('AWS::IAM::Role').find(({ arn }) => arn === roleArn);
  const attached = found('AWS::IAM::Policy').filter(({ properties }) => properties.Roles?.includes(role?.ref));
  return attached.flatMap(({ path, properties }) => statements(path, properties.PolicyDocument));
}

interface PolicyDocument {
  // biome-ignore lint/suspicious/noExplicitAny: the policy language lets most members be one value or a list.
  Statement: any;
}

/** A policy document in its several spellings, as plan.Statement. */
function statements(source: string, { Statement }: PolicyDocument): plan.Statement[] {
  return list(Statement).map((s) => ({
    source: s.Sid ? `${source} (${s.Sid})` : source,
    effect: s.Effect,
    actions: list(s.Action),
    notActions: list(s.NotAction),
    resources: list(s.Resource),
    notResources: list(s.NotResource),
    principals: typeof s.Principal === 'object' ? Object.values(s.Principal).flatMap(list) : list(s.Principal),
    conditions: conditions(s.Condition ?? {}),
  }));
}

function conditions(condition: Record<string, Record<string, unknown>>): plan.Statement['conditions'] {
  const listed = (keys: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, list(values).map(String)]));
  return Object.fromEntries(Object.entries(condition).map(([operator, keys]) => [operator, listed(keys)]));
}

// biome-ignore lint/suspicious/noExplicitAny: see PolicyDocument.
function list(value: unknown): any[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
