import { join } from 'node:path';
import type * as plan from './plan.ts';

/** A resource of the template with its references resolved. */
export interface Found {
  logicalId: string;
  type: string;
  name: string;
  ref: string;
  /** Empty for types that policies never name. */
  arn: string;
  /** Construct path, by which `because` names a policy. */
  path: string;
  constructFile: string;
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation properties, checked by name against supported.ts.
  properties: Record<string, any>;
}

export type Find = (type: string) => Found[];

export function functions(found: Find, assetsDir: string): plan.FunctionPlan[] {
  return found('AWS::Lambda::Function').map(({ logicalId, ref, arn, constructFile, properties: p }) => ({
    logicalId,
    name: ref,
    arn,
    constructFile,
    codeDir: join(assetsDir, `asset.${p.Code.S3Key.replace(/\.zip$/, '')}`),
    handler: p.Handler,
    timeoutSeconds: p.Timeout ?? 3,
    memoryMb: p.MemorySize ?? 128,
    concurrency: Math.min(2, p.ReservedConcurrentExecutions ?? 2),
    environment: p.Environment?.Variables ?? {},
    roleArn: p.Role,
    statements: rolePolicies(found, p.Role),
  }));
}

export function eventSources(found: Find): plan.EventSourcePlan[] {
  return found('AWS::Lambda::EventSourceMapping').map(({ logicalId, properties: p }) => ({
    logicalId,
    functionName: nameIn(p.FunctionName),
    queueArn: p.EventSourceArn,
    batchSize: p.BatchSize ?? 10,
    batchingWindow: p.MaximumBatchingWindowInSeconds ?? 0,
    reportFailures: (p.FunctionResponseTypes ?? []).includes('ReportBatchItemFailures'),
    enabled: p.Enabled ?? true,
    maximumConcurrency: p.ScalingConfig?.MaximumConcurrency,
  }));
}

export function tables(found: Find): plan.TablePlan[] {
  return found('AWS::DynamoDB::Table').map(({ logicalId, ref, arn, properties: p }) => ({
    logicalId,
    name: ref,
    arn,
    attributes: p.AttributeDefinitions,
    keySchema: p.KeySchema,
    indexes: p.GlobalSecondaryIndexes ?? [],
  }));
}

export function queues(found: Find): plan.QueuePlan[] {
  return found('AWS::SQS::Queue').map(({ logicalId, name, arn, ref, properties: p }) => ({
    logicalId,
    name,
    arn,
    url: ref,
    attributes: {
      VisibilityTimeout: String(p.VisibilityTimeout ?? 30),
      ...(p.RedrivePolicy && { RedrivePolicy: JSON.stringify(p.RedrivePolicy) }),
    },
  }));
}

export function topics(found: Find): plan.TopicPlan[] {
  const subscriptions = found('AWS::SNS::Subscription');
  return found('AWS::SNS::Topic').map(({ logicalId, name, arn }) => ({
    logicalId,
    name,
    arn,
    subscriptions: subscriptions
      .filter(({ properties: p }) => p.TopicArn === arn && p.Protocol === 'sqs')
      .map(({ properties: p }) => ({ queueArn: p.Endpoint, raw: p.RawMessageDelivery ?? false })),
  }));
}

export function buckets(found: Find): plan.BucketPlan[] {
  return found('AWS::S3::Bucket').map(({ logicalId, ref, arn, properties: p }) => {
    const lock = p.ObjectLockConfiguration?.Rule?.DefaultRetention;
    return {
      logicalId,
      name: ref,
      arn,
      versioned: p.VersioningConfiguration?.Status === 'Enabled',
      objectLock: p.ObjectLockEnabled ?? false,
      defaultRetention: lock && { mode: lock.Mode, days: lock.Days },
      cors: p.CorsConfiguration?.CorsRules ?? [],
      notifications: (p.NotificationConfiguration?.QueueConfigurations ?? []).map(notification),
    };
  });
}

interface QueueConfiguration {
  Event: string;
  Queue: string;
  Filter?: { S3Key: { Rules: { Name: string; Value: string }[] } };
}

function notification({ Event, Queue, Filter }: QueueConfiguration): plan.BucketPlan['notifications'][number] {
  const rule = (name: string) => Filter?.S3Key.Rules.find(({ Name }) => Name.toLowerCase() === name)?.Value;
  return { event: Event, prefix: rule('prefix'), suffix: rule('suffix'), queueArn: Queue };
}

export function secrets(found: Find): plan.SecretPlan[] {
  return found('AWS::SecretsManager::Secret').map(({ logicalId, name, arn, properties: p }) => ({
    logicalId,
    name,
    arn,
    generate: {
      template: p.GenerateSecretString?.SecretStringTemplate,
      key: p.GenerateSecretString?.GenerateStringKey,
      length: p.GenerateSecretString?.PasswordLength ?? 32,
      excludePunctuation: p.GenerateSecretString?.ExcludePunctuation ?? false,
    },
  }));
}

export function receipt(found: Find): plan.ReceiptPlan {
  return {
    ruleSets: found('AWS::SES::ReceiptRuleSet').map(({ logicalId, ref }) => ({ logicalId, name: ref })),
    rules: found('AWS::SES::ReceiptRule').flatMap(({ logicalId, name, properties: { Rule, RuleSetName } }) =>
      // biome-ignore lint/suspicious/noExplicitAny: the one kind of action that supported.ts lets through.
      Rule.Actions.map(({ S3Action }: any) => ({
        logicalId,
        name: Rule.Name ?? name,
        ruleSet: RuleSetName,
        arn: `arn:aws:ses:us-east-1:000000000000:receipt-rule-set/${RuleSetName}:receipt-rule/${Rule.Name ?? name}`,
        enabled: Rule.Enabled ?? false,
        scan: Rule.ScanEnabled ?? false,
        tlsRequired: Rule.TlsPolicy === 'Require',
        recipients: Rule.Recipients ?? [],
        s3: { bucket: S3Action.BucketName, prefix: S3Action.ObjectKeyPrefix ?? '', topicArn: S3Action.TopicArn },
      })),
    ),
  };
}

export function configurationSets(found: Find): plan.ConfigurationSetPlan[] {
  return found('AWS::SES::ConfigurationSet').map(({ logicalId, ref, arn }) => ({
    logicalId,
    name: ref,
    arn,
    events: [],
  }));
}

export function httpApi(found: Find): plan.HttpApiPlan | undefined {
  const [api] = found('AWS::ApiGatewayV2::Api');
  if (!api) return undefined;
  const functionOf = (target: string) => {
    const integration = found('AWS::ApiGatewayV2::Integration').find(({ ref }) => target === `integrations/${ref}`);
    return nameIn(integration!.properties.IntegrationUri);
  };
  const routes = found('AWS::ApiGatewayV2::Route').map(({ properties: p }) => ({
    routeKey: p.RouteKey,
    functionName: functionOf(p.Target),
  }));
  return { logicalId: api.logicalId, arn: api.arn, routes };
}

export function customResources(all: Found[]): plan.CustomResourcePlan[] {
  return all
    .filter(({ type }) => type.startsWith('Custom::'))
    .map(({ logicalId, type, properties }) => ({
      logicalId,
      type,
      functionName: nameIn(properties.ServiceToken),
      properties,
    }));
}

/** A bucket's, queue's or topic's policy, and the permissions to invoke a function. */
export function resourcePolicies(found: Find): plan.Plan['resourcePolicies'] {
  const arnOf = (type: string, ref: string) => found(type).find((resource) => resource.ref === ref)?.arn ?? ref;
  const on = (type: string, refs: string[], { path, properties }: Found) =>
    refs.map((ref) => ({ arn: arnOf(type, ref), statements: statements(path, properties.PolicyDocument) }));
  const policies = [
    ...found('AWS::S3::BucketPolicy').flatMap((p) => on('AWS::S3::Bucket', [p.properties.Bucket], p)),
    ...found('AWS::SQS::QueuePolicy').flatMap((p) => on('AWS::SQS::Queue', p.properties.Queues, p)),
    ...found('AWS::SNS::TopicPolicy').flatMap((p) => on('AWS::SNS::Topic', p.properties.Topics, p)),
    ...found('AWS::Lambda::Permission').map((p) => permission(p, found)),
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

function rolePolicies(found: Find, roleArn: string): plan.Statement[] {
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

/** A function is named by its name or by its ARN. */
function nameIn(nameOrArn: string): string {
  return nameOrArn.split(':').at(-1)!;
}
