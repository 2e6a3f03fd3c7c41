/**
 * The plan: what template.ts reads out of the CloudFormation template, resolved to plain data.
 * Types only. Every service of the local stack is opened from its part of the plan, nothing else.
 */
export interface Plan {
  region: string;
  accountId: string;
  functions: FunctionPlan[];
  eventSources: EventSourcePlan[];
  schedules: SchedulePlan[];
  tables: TablePlan[];
  queues: QueuePlan[];
  topics: TopicPlan[];
  buckets: BucketPlan[];
  secrets: SecretPlan[];
  receipt: ReceiptPlan;
  identities: IdentityPlan[];
  configurationSets: ConfigurationSetPlan[];
  httpApi?: HttpApiPlan;
  signIn?: SignInPlan;
  customResources: CustomResourcePlan[];
  /** Resource policies of buckets, queues, topics, functions and roles, by the ARN that they stand on. */
  resourcePolicies: { arn: string; statements: Statement[] }[];
  /** The construct file that makes a resource, by its ARN: where a missing grant is to be added. */
  constructFiles: Record<string, string>;
  outputs: Record<string, string>;
}

/** One policy statement. `source` names where it stands: the construct path of the policy, or its Sid. */
export interface Statement {
  source: string;
  effect: 'Allow' | 'Deny';
  actions: string[];
  notActions: string[];
  resources: string[];
  notResources: string[];
  /** Only in resource policies: service names, role ARNs, account ids or `*`. */
  principals: string[];
  /** Operator (`StringLike`, `ArnEquals` …) to condition key to the values, any of which may match. */
  conditions: Record<string, Record<string, string[]>>;
}

export interface FunctionPlan {
  logicalId: string;
  /** Name of its folder under functions/, of its construct, and of the caller in the trace. */
  name: string;
  arn: string;
  /** The file to edit when a grant is missing, e.g. `infra/constructs/inbound-mail.ts`. */
  constructFile: string;
  codeDir: string;
  /** `index.handler`: file and export. */
  handler: string;
  timeoutSeconds: number;
  memoryMb: number;
  /** Workers at the same time: two for each queue that it reads, or fewer when the template reserves fewer. */
  concurrency: number;
  environment: Record<string, string>;
  roleArn: string;
  statements: Statement[];
}

export interface EventSourcePlan {
  logicalId: string;
  functionName: string;
  queueArn: string;
  batchSize: number;
  /** Seconds to gather a batch; 0 sends what is there. */
  batchingWindow: number;
  reportFailures: boolean;
  enabled: boolean;
  /** Invocations at the same time, where the mapping limits them. */
  maximumConcurrency?: number;
}

export interface SchedulePlan {
  logicalId: string;
  name: string;
  arn: string;
  /** Seconds from one run to the next. */
  every: number;
  functionName: string;
  functionArn: string;
  /** What Scheduler invokes the function as, and what that role may do. */
  roleArn: string;
  statements: Statement[];
  /** The file to edit when the grant is missing. */
  constructFile: string;
}

export interface TablePlan {
  logicalId: string;
  name: string;
  arn: string;
  /** Parameters of CreateTable but the name. */
  attributes: { AttributeName: string; AttributeType: string }[];
  keySchema: { AttributeName: string; KeyType: string }[];
  indexes: { IndexName: string; KeySchema: { AttributeName: string; KeyType: string }[]; Projection: object }[];
}

export interface QueuePlan {
  logicalId: string;
  name: string;
  arn: string;
  /** The gateway's URL of the queue, so that SQS calls pass IAM. */
  url: string;
  /** As SetQueueAttributes wants them: VisibilityTimeout, RedrivePolicy … */
  attributes: Record<string, string>;
}

export interface TopicPlan {
  logicalId: string;
  name: string;
  arn: string;
  subscriptions: { queueArn: string; raw: boolean }[];
}

export interface BucketPlan {
  logicalId: string;
  name: string;
  arn: string;
  versioned: boolean;
  objectLock: boolean;
  defaultRetention?: { mode: 'GOVERNANCE' | 'COMPLIANCE'; days: number };
  notifications: { event: string; prefix?: string; suffix?: string; queueArn: string }[];
  /** In the order in which S3 tries them. */
  cors?: CorsRule[];
}

/** Which pages of other origins may ask, how, and what they get to see. Origins and headers may hold one `*`. */
export interface CorsRule {
  origins: string[];
  methods: string[];
  headers: string[];
  exposed: string[];
  maxAge?: number;
}

/** Who may sign in, and for what: a user pool of Cognito with its client for people, and perhaps one for programs. */
export interface SignInPlan {
  logicalId: string;
  issuer: string;
  groups: string[];
  client: {
    id: string;
    callbackUrls: string[];
    logoutUrls: string[];
    scopes: string[];
    idTokenMinutes: number;
    accessTokenMinutes: number;
  };
  /** Gets tokens for itself (client credentials). */
  machine?: { id: string; scopes: string[]; tokenMinutes: number };
}

export interface SecretPlan {
  logicalId: string;
  name: string;
  arn: string;
  /** GenerateSecretString: a random password, set under `key` into the JSON `template` where both are given. */
  generate: {
    template?: string;
    key?: string;
    length: number;
    excludePunctuation: boolean;
  };
}

export interface ReceiptPlan {
  ruleSets: { logicalId: string; name: string }[];
  /** In the order in which SES tries them. */
  rules: ReceiptRulePlan[];
}

export interface ReceiptRulePlan {
  logicalId: string;
  name: string;
  ruleSet: string;
  arn: string;
  enabled: boolean;
  scan: boolean;
  tlsRequired: boolean;
  /** Addresses or domains; empty means every recipient of a verified identity. */
  recipients: string[];
  s3: { bucket: string; prefix: string; topicArn?: string };
}

export interface IdentityPlan {
  logicalId: string;
  domain: string;
  arn: string;
}

export interface ConfigurationSetPlan {
  logicalId: string;
  name: string;
  arn: string;
  /** Where its events go, and which of them (`send`, `delivery`, `bounce` …). */
  eventDestinations: { topicArn: string; events: string[] }[];
}

export interface HttpApiPlan {
  logicalId: string;
  arn: string;
  /** `ANY /desk/{proxy+}`, `$default` … to the function that answers. */
  routes: { routeKey: string; functionName: string }[];
}

export interface CustomResourcePlan {
  logicalId: string;
  type: string;
  functionName: string;
  properties: Record<string, unknown>;
}
