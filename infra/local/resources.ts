import { join } from 'node:path';
import { type Find, type Found, nameIn } from './found.ts';
import type * as plan from './plan.ts';
import { rolePolicies } from './policies.ts';

export function functions(found: Find, assetsDir: string): plan.FunctionPlan[] {
  const readers = found('AWS::Lambda::EventSourceMapping').map(({ properties: p }) => nameIn(p.FunctionName));
  // Two for each queue: what waits in one of them must not wait for another.
  const workers = (name: string) => 2 * Math.max(1, readers.filter((reader) => reader === name).length);
  return found('AWS::Lambda::Function').map(({ logicalId, ref, arn, constructFile, properties: p }) => ({
    logicalId,
    name: ref,
    arn,
    constructFile,
    codeDir: join(assetsDir, `asset.${p.Code.S3Key.replace(/\.zip$/, '')}`),
    handler: p.Handler,
    timeoutSeconds: p.Timeout ?? 3,
    memoryMb: p.MemorySize ?? 128,
    concurrency: Math.min(workers(ref), p.ReservedConcurrentExecutions ?? 1_000),
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
      notifications: (p.NotificationConfiguration?.QueueConfigurations ?? []).map(notification),
      cors: (p.CorsConfiguration?.CorsRules ?? []).map(corsRule),
    };
  });
}

interface CorsConfiguration {
  AllowedOrigins: string[];
  AllowedMethods: string[];
  AllowedHeaders?: string[];
  ExposedHeaders?: string[];
  MaxAge?: number;
}

const corsRule = (rule: CorsConfiguration): plan.CorsRule => ({
  origins: rule.AllowedOrigins,
  methods: rule.AllowedMethods,
  headers: rule.AllowedHeaders ?? [],
  exposed: rule.ExposedHeaders ?? [],
  maxAge: rule.MaxAge,
});

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
    eventDestinations: found('AWS::SES::ConfigurationSetEventDestination')
      .filter(({ properties: p }) => p.ConfigurationSetName === ref)
      .map(({ properties: { EventDestination: to } }) => ({
        topicArn: to.SnsDestination.TopicARN,
        events: to.MatchingEventTypes,
      })),
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

export function signIn(found: Find): plan.SignInPlan | undefined {
  const [pool] = found('AWS::Cognito::UserPool');
  const clients = found('AWS::Cognito::UserPoolClient');
  const isMachine = ({ properties: p }: Found) => (p.AllowedOAuthFlows ?? []).includes('client_credentials');
  const client = clients.find((one) => !isMachine(one));
  if (!pool || !client) return undefined;
  const { properties: p } = client;
  return {
    logicalId: pool.logicalId,
    issuer: pool.attributes.ProviderURL!,
    groups: found('AWS::Cognito::UserPoolGroup').map(({ ref }) => ref),
    client: {
      id: client.ref,
      callbackUrls: p.CallbackURLs ?? [],
      logoutUrls: p.LogoutURLs ?? [],
      scopes: p.AllowedOAuthScopes ?? [],
      idTokenMinutes: p.IdTokenValidity ?? 60,
      accessTokenMinutes: p.AccessTokenValidity ?? 60,
    },
    machine: clients.filter(isMachine).map(machineClient)[0],
  };
}

const machineClient = ({ ref, properties: p }: Found) => ({
  id: ref,
  scopes: p.AllowedOAuthScopes ?? [],
  tokenMinutes: p.AccessTokenValidity ?? 60,
});

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
