/**
 * What the local stack does with each property of the template: `honoured`, or the reason why it can be ignored.
 * There are no wildcards. A name covers what is below it where the whole value is taken as it is (a policy document,
 * a map of variables); elsewhere every leaf is listed. What is not listed stops the start, so that nothing is
 * silently different on this machine. Before a line is added here: can the construct do without the property?
 */
export const honoured = 'honoured';

const kept = 'ignored because nothing expires on this machine: remove the data folder instead';
const unexpired = 'ignored because it is late on AWS too, so expiry is checked in code';
const noAlarms = 'ignored because alarms are for AWS: here the page and the terminal show what fails';
const logsShown = 'ignored because log lines go to the page and the terminal';
const noFlood = 'ignored because nobody floods this machine';
const oneMachine = 'ignored because bundles run on the Node of this machine';
const onDisk = 'ignored because encryption at rest is the business of this disk';
const loopback = 'ignored because the endpoints listen on 127.0.0.1 alone';
const description = 'ignored because it is a text for people';
const reachable = 'ignored because it is for targets out of reach, and here both run in one process';
const onAws = 'ignored because it is about how AWS delivers mail, and nothing leaves this machine';
const noPasswords = 'ignored because the people of this machine sign in by a click, without a password';
const ownLook = 'ignored because the sign-in of this machine has pages of its own';

/**
 * Resource types to their properties, as dotted paths below Properties; lists of the template add nothing to a path.
 * A list here names the only values that are honoured.
 */
export const supported: Record<string, Record<string, string | string[]>> = {
  'AWS::ApiGatewayV2::Api': { Name: description, ProtocolType: ['HTTP'] },
  'AWS::ApiGatewayV2::Integration': {
    ApiId: honoured,
    IntegrationType: ['AWS_PROXY'],
    IntegrationUri: honoured,
    PayloadFormatVersion: ['2.0'],
  },
  'AWS::ApiGatewayV2::Route': { ApiId: honoured, AuthorizationType: ['NONE'], RouteKey: honoured, Target: honoured },
  'AWS::ApiGatewayV2::Stage': {
    'AccessLogSettings.DestinationArn': logsShown,
    'AccessLogSettings.Format': logsShown,
    ApiId: honoured,
    AutoDeploy: 'ignored because every start deploys',
    'DefaultRouteSettings.ThrottlingBurstLimit': noFlood,
    'DefaultRouteSettings.ThrottlingRateLimit': noFlood,
    StageName: ['$default'],
  },
  'AWS::CloudWatch::Alarm': {
    AlarmActions: noAlarms,
    AlarmDescription: noAlarms,
    ComparisonOperator: noAlarms,
    'Dimensions.Name': noAlarms,
    'Dimensions.Value': noAlarms,
    EvaluationPeriods: noAlarms,
    MetricName: noAlarms,
    Namespace: noAlarms,
    OKActions: noAlarms,
    Period: noAlarms,
    Statistic: noAlarms,
    Threshold: noAlarms,
    TreatMissingData: noAlarms,
  },
  'AWS::Cognito::ManagedLoginBranding': {
    ClientId: ownLook,
    UseCognitoProvidedValues: ownLook,
    UserPoolId: ownLook,
  },
  'AWS::Cognito::UserPool': {
    'AccountRecoverySetting.RecoveryMechanisms.Name': noPasswords,
    'AccountRecoverySetting.RecoveryMechanisms.Priority': noPasswords,
    'AdminCreateUserConfig.AllowAdminCreateUserOnly': ['true'],
    AutoVerifiedAttributes: noPasswords,
    DeletionProtection: 'ignored because nothing is deployed over it here',
    EmailVerificationMessage: noPasswords,
    EmailVerificationSubject: noPasswords,
    EnabledMfas: noPasswords,
    MfaConfiguration: noPasswords,
    'Policies.PasswordPolicy.MinimumLength': noPasswords,
    'Policies.PasswordPolicy.RequireLowercase': noPasswords,
    'Policies.PasswordPolicy.RequireNumbers': noPasswords,
    'Policies.PasswordPolicy.RequireSymbols': noPasswords,
    'Policies.PasswordPolicy.RequireUppercase': noPasswords,
    'Policies.PasswordPolicy.TemporaryPasswordValidityDays': noPasswords,
    'Schema.Mutable': noPasswords,
    'Schema.Name': ['email', 'name'],
    'Schema.Required': ['true'],
    SmsVerificationMessage: noPasswords,
    UsernameAttributes: noPasswords,
    'UsernameConfiguration.CaseSensitive': noPasswords,
    'VerificationMessageTemplate.DefaultEmailOption': noPasswords,
    'VerificationMessageTemplate.EmailMessage': noPasswords,
    'VerificationMessageTemplate.EmailSubject': noPasswords,
    'VerificationMessageTemplate.SmsMessage': noPasswords,
  },
  'AWS::Cognito::UserPoolClient': {
    AccessTokenValidity: honoured,
    AllowedOAuthFlows: ['code', 'client_credentials'],
    AllowedOAuthFlowsUserPoolClient: ['true'],
    AllowedOAuthScopes: honoured,
    CallbackURLs: honoured,
    EnableTokenRevocation: 'ignored because tokens here end with the process at the latest',
    ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
    GenerateSecret: honoured,
    IdTokenValidity: honoured,
    LogoutURLs: honoured,
    PreventUserExistenceErrors: noPasswords,
    RefreshTokenValidity: 'ignored because no refresh tokens are given out here',
    SupportedIdentityProviders: ['COGNITO'],
    'TokenValidityUnits.AccessToken': ['minutes'],
    'TokenValidityUnits.IdToken': ['minutes'],
    'TokenValidityUnits.RefreshToken': ['minutes'],
    UserPoolId: honoured,
  },
  'AWS::Cognito::UserPoolDomain': { Domain: ownLook, ManagedLoginVersion: ownLook, UserPoolId: ownLook },
  'AWS::Cognito::UserPoolGroup': { GroupName: honoured, UserPoolId: honoured },
  'AWS::Cognito::UserPoolResourceServer': {
    Identifier: honoured,
    Name: 'ignored because nobody is shown it',
    'Scopes.ScopeDescription': 'ignored because nobody is shown it',
    'Scopes.ScopeName': 'ignored because what a client may ask for stands with the client',
    UserPoolId: honoured,
  },
  'AWS::DynamoDB::Table': {
    'AttributeDefinitions.AttributeName': honoured,
    'AttributeDefinitions.AttributeType': honoured,
    BillingMode: 'ignored because nothing is billed or throttled here',
    'GlobalSecondaryIndexes.IndexName': honoured,
    'GlobalSecondaryIndexes.KeySchema.AttributeName': honoured,
    'GlobalSecondaryIndexes.KeySchema.KeyType': honoured,
    'GlobalSecondaryIndexes.Projection.ProjectionType': ['ALL', 'KEYS_ONLY', 'INCLUDE'],
    'GlobalSecondaryIndexes.Projection.NonKeyAttributes': honoured,
    'KeySchema.AttributeName': honoured,
    'KeySchema.KeyType': honoured,
    'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled': 'ignored because the data folder can be copied',
    'TimeToLiveSpecification.AttributeName': unexpired,
    'TimeToLiveSpecification.Enabled': unexpired,
  },
  'AWS::IAM::Policy': { PolicyDocument: honoured, PolicyName: honoured, Roles: honoured },
  'AWS::IAM::Role': { AssumeRolePolicyDocument: honoured },
  'AWS::Lambda::EventSourceMapping': {
    BatchSize: honoured,
    Enabled: honoured,
    EventSourceArn: honoured,
    FunctionName: honoured,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    MaximumBatchingWindowInSeconds: honoured,
    'ScalingConfig.MaximumConcurrency': honoured,
  },
  'AWS::Lambda::Function': {
    Architectures: oneMachine,
    'Code.S3Bucket': 'ignored because the code is taken from the assembly',
    'Code.S3Key': honoured,
    Description: description,
    'Environment.Variables': honoured,
    'EphemeralStorage.Size': 'ignored because the disk of this machine is there for /tmp',
    Handler: honoured,
    'LoggingConfig.LogGroup': logsShown,
    MemorySize: honoured,
    ReservedConcurrentExecutions: honoured,
    Role: honoured,
    Runtime: oneMachine,
    Timeout: honoured,
  },
  'AWS::Lambda::Permission': { Action: honoured, FunctionName: honoured, Principal: honoured, SourceArn: honoured },
  'AWS::Logs::LogGroup': { RetentionInDays: logsShown },
  'AWS::S3::Bucket': {
    BucketEncryption: onDisk,
    'CorsConfiguration.CorsRules.AllowedHeaders': honoured,
    'CorsConfiguration.CorsRules.AllowedMethods': honoured,
    'CorsConfiguration.CorsRules.AllowedOrigins': honoured,
    'CorsConfiguration.CorsRules.ExposedHeaders': honoured,
    'CorsConfiguration.CorsRules.MaxAge': honoured,
    LifecycleConfiguration: kept,
    'NotificationConfiguration.QueueConfigurations.Event': honoured,
    'NotificationConfiguration.QueueConfigurations.Filter.S3Key.Rules.Name': honoured,
    'NotificationConfiguration.QueueConfigurations.Filter.S3Key.Rules.Value': honoured,
    'NotificationConfiguration.QueueConfigurations.Queue': honoured,
    'ObjectLockConfiguration.ObjectLockEnabled': ['Enabled'],
    'ObjectLockConfiguration.Rule.DefaultRetention.Days': honoured,
    'ObjectLockConfiguration.Rule.DefaultRetention.Mode': honoured,
    ObjectLockEnabled: honoured,
    PublicAccessBlockConfiguration: loopback,
    'VersioningConfiguration.Status': ['Enabled', 'Suspended'],
  },
  'AWS::S3::BucketPolicy': { Bucket: honoured, PolicyDocument: honoured },
  'AWS::SES::ConfigurationSet': {
    Name: honoured,
    'ReputationOptions.ReputationMetricsEnabled': onAws,
    'SuppressionOptions.SuppressedReasons': onAws,
  },
  'AWS::SES::ConfigurationSetEventDestination': {
    ConfigurationSetName: honoured,
    'EventDestination.Enabled': ['true'],
    'EventDestination.MatchingEventTypes': honoured,
    'EventDestination.SnsDestination.TopicARN': honoured,
  },
  'AWS::SES::EmailIdentity': {
    'ConfigurationSetAttributes.ConfigurationSetName': 'ignored because every mail here names its configuration set',
    EmailIdentity: honoured,
    'FeedbackAttributes.EmailForwardingEnabled': onAws,
    'MailFromAttributes.MailFromDomain': onAws,
  },
  'AWS::SES::ReceiptRule': {
    'Rule.Actions.S3Action.BucketName': honoured,
    'Rule.Actions.S3Action.ObjectKeyPrefix': honoured,
    'Rule.Actions.S3Action.TopicArn': honoured,
    'Rule.Enabled': honoured,
    'Rule.Name': honoured,
    'Rule.Recipients': honoured,
    'Rule.ScanEnabled': honoured,
    'Rule.TlsPolicy': ['Optional', 'Require'],
    RuleSetName: honoured,
  },
  'AWS::SES::ReceiptRuleSet': { RuleSetName: honoured },
  'AWS::SNS::Subscription': {
    Endpoint: honoured,
    Protocol: honoured,
    RawMessageDelivery: honoured,
    TopicArn: honoured,
  },
  'AWS::SNS::Topic': {},
  'AWS::SNS::TopicPolicy': { PolicyDocument: honoured, Topics: honoured },
  'AWS::SQS::Queue': {
    MessageRetentionPeriod: kept,
    'RedrivePolicy.deadLetterTargetArn': honoured,
    'RedrivePolicy.maxReceiveCount': honoured,
    SqsManagedSseEnabled: onDisk,
    VisibilityTimeout: honoured,
  },
  'AWS::SQS::QueuePolicy': { PolicyDocument: honoured, Queues: honoured },
  'AWS::Scheduler::Schedule': {
    'FlexibleTimeWindow.Mode': ['OFF'],
    ScheduleExpression: honoured,
    'Target.Arn': honoured,
    'Target.RetryPolicy.MaximumEventAgeInSeconds': reachable,
    'Target.RetryPolicy.MaximumRetryAttempts': reachable,
    'Target.RoleArn': honoured,
  },
  'AWS::SecretsManager::Secret': {
    Description: description,
    'GenerateSecretString.ExcludePunctuation': honoured,
    'GenerateSecretString.GenerateStringKey': honoured,
    'GenerateSecretString.PasswordLength': honoured,
    'GenerateSecretString.SecretStringTemplate': honoured,
  },
  'Custom::ReceiptActivation': {
    RuleSetName: honoured,
    ServiceTimeout: "ignored because the function's own timeout ends the wait here",
    ServiceToken: honoured,
  },
};

/** What may stand beside Properties. `Condition`, `CreationPolicy` and the like are not there. */
const besideProperties = ['Type', 'Properties', 'Metadata', 'DependsOn', 'DeletionPolicy', 'UpdateReplacePolicy'];

export interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
  Metadata?: Record<string, unknown>;
}

/** Throws a sentence with the first type or property that the table does not list. */
export function checkSupported(logicalId: string, resource: Resource): void {
  const table = supported[resource.Type];
  const unlisted = table ? findUnlisted(resource.Properties ?? {}, '', table) : undefined;
  const beside = Object.keys(resource).find((name) => !besideProperties.includes(name));
  const what = !table
    ? 'the resource type'
    : unlisted
      ? `the property ${unlisted} of`
      : beside && `the attribute ${beside} of`;
  if (!what) return;
  throw new Error(
    `The local stack does not know ${what} ${resource.Type} (${resource.Metadata?.['aws:cdk:path'] ?? logicalId}): ` +
      'do without it, or honour it and list it in infra/local/supported.ts.',
  );
}

/** The path of the first property that is not in the table, or of the first value that is not among its values. */
function findUnlisted(value: unknown, path: string, table: (typeof supported)[string]): string | undefined {
  const rule = path ? table[path] : undefined;
  if (Array.isArray(value) && (value.length || !rule)) {
    return first(value.length ? value : [''], (item) => findUnlisted(item, path, table));
  }
  if (Array.isArray(rule)) return rule.includes(String(value)) ? undefined : `${path} with the value ${String(value)}`;
  if (rule) return undefined;
  if (typeof value !== 'object' || value === null || (path && !Object.keys(value).length)) return path;
  return first(Object.entries(value), ([name, item]) => findUnlisted(item, path ? `${path}.${name}` : name, table));
}

function first<T>(items: T[], find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}
