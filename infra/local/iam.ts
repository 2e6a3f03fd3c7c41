import type { Plan, Statement } from './plan.ts';

/** Who asks: a function or the operator with its identity policies, or a service principal, which has none. */
export interface Principal {
  /** Function name, `operator`, or the service principal's name. */
  caller: string;
  /** `ses.amazonaws.com` and the like; absent for functions and the operator. */
  service?: string;
  roleArn?: string;
  statements: Statement[];
  /** The file to edit when a grant is missing; functions are found by their name. */
  constructFile?: string;
}

export interface Question {
  principal: Principal;
  action: string;
  resource: string;
  context?: Record<string, string>;
}

export interface Answer {
  allowed: boolean;
  /** A sentence: the statement that decided, or what to grant and in which file. */
  because: string;
}

export type Authorize = (question: Question) => Answer;

/**
 * Evaluates the synthesized policies: an explicit Deny wins, then any Allow of the caller's role or of the
 * resource's own policy (one account), else no. Permission boundaries, SCPs and session policies are left out,
 * because no construct makes them. An operator that is not implemented throws at the start, not at the call.
 */
export function openIam(
  plan: Pick<Plan, 'accountId' | 'resourcePolicies' | 'functions' | 'schedules' | 'constructFiles'>,
): Authorize {
  const ofResource = new Map(plan.resourcePolicies.map(({ arn, statements }) => [arn, compile(statements)]));
  const ofCaller = new Map<Statement[], Compiled[]>();
  for (const statements of [...[...plan.functions, ...plan.schedules].map((taker) => taker.statements), everything]) {
    ofCaller.set(statements, compile(statements));
  }
  const decided = new Map<string, Answer>();

  return (question) => {
    const { principal, action, resource, context } = question;
    const key = context ? '' : `${principal.caller} ${principal.roleArn} ${action} ${resource}`;
    const known = decided.get(key);
    if (known) return known;
    const answer = decide(question, context ?? {});
    if (decided.size > 20_000) decided.clear();
    if (key) decided.set(key, answer);
    return answer;
  };

  function decide({ principal, action, resource }: Question, context: Record<string, string>): Answer {
    const values: Record<string, string> = { ...constants, 'aws:PrincipalAccount': plan.accountId, ...context };
    if (principal.roleArn) values['aws:PrincipalArn'] = principal.roleArn;
    const matches = (s: Compiled) => s.action(action) && s.resource(resource) && s.conditions.every((c) => c(values));
    const identity = (ofCaller.get(principal.statements) ?? []).filter(matches);
    const policy = ofResource.get(policyOwner(resource)) ?? [];
    const found = [...identity, ...policy.filter((s) => isMeant(s, principal) && matches(s))];
    const denial = found.find((s) => s.effect === 'Deny');
    if (denial) return { allowed: false, because: `"${denial.source}" denies it` };
    const grant = found.find((s) => s.effect === 'Allow');
    if (grant) return { allowed: true, because: `"${grant.source}" allows it` };
    return { allowed: false, because: missing(principal, resource) };
  }

  function missing({ caller, service, constructFile }: Principal, resource: string): string {
    const ofCaller = constructFile ?? plan.functions.find((f) => f.name === caller)?.constructFile;
    const file = service ? plan.constructFiles[policyOwner(resource)] : ofCaller;
    const where = service ? 'no resource policy' : 'no policy of its role';
    return `${where} allows it: grant it in ${file ?? 'infra/stack.ts'}`;
  }
}

/** Policies of the operator, that is of the npm scripts and the tests: as of an administrator. */
export const everything: Statement[] = [
  {
    source: 'the operator may do everything',
    effect: 'Allow',
    actions: ['*'],
    notActions: [],
    resources: ['*'],
    notResources: [],
    principals: [],
    conditions: {},
  },
];

/** The sentence of an AccessDenied error: who, what, on what, and where to grant it. */
export function denialSentence({ principal, action, resource }: Question, because: string): string {
  return `${principal.caller} is not authorized to perform ${action} on ${resource}, because ${because}.`;
}

/** Every call of the local stack counts as made over TLS 1.3: the loopback stands in for it. */
const constants: Record<string, string> = { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3' };

interface Compiled {
  source: string;
  effect: 'Allow' | 'Deny';
  principals: string[];
  action: (name: string) => boolean;
  resource: (arn: string) => boolean;
  conditions: ((context: Record<string, string>) => boolean)[];
}

function compile(statements: Statement[]): Compiled[] {
  return statements.map((s) => ({
    source: s.source,
    effect: s.effect,
    principals: s.principals,
    action: either(s.actions, s.notActions, 'i'),
    resource: either(s.resources, s.notResources),
    conditions: Object.entries(s.conditions).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => condition(operator, key, values, s.source)),
    ),
  }));
}

/** Action or NotAction, Resource or NotResource: exactly one of the two is given. */
function either(patterns: string[], notPatterns: string[], flags = ''): (text: string) => boolean {
  const listed = patterns.map((pattern) => wildcard(pattern, flags));
  const excluded = notPatterns.map((pattern) => wildcard(pattern, flags));
  return excluded.length
    ? (text) => !excluded.some((pattern) => pattern.test(text))
    : (text) => listed.some((pattern) => pattern.test(text));
}

function wildcard(pattern: string, flags = ''): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, `s${flags}`);
}

/** Object ARNs and index ARNs stand under the ARN that carries the policy. */
function policyOwner(resource: string): string {
  return resource.startsWith('arn:aws:s3:::') ? resource.split('/', 1)[0]! : resource;
}

/** A resource policy that names the account's root grants nothing by itself: it hands the decision to the roles. */
function isMeant({ principals }: Compiled, { service, roleArn }: Principal): boolean {
  return principals.some((name) => name === '*' || name === service || (roleArn !== undefined && name === roleArn));
}

type Test = (actual: string, wanted: string) => boolean;

const tests: Record<string, Test> = {
  StringEquals: (actual, wanted) => actual === wanted,
  StringEqualsIgnoreCase: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
  StringLike: (actual, wanted) => wildcard(wanted).test(actual),
  ArnEquals: (actual, wanted) => wildcard(wanted).test(actual),
  ArnLike: (actual, wanted) => wildcard(wanted).test(actual),
  Bool: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
  NumericEquals: (actual, wanted) => Number(actual) === Number(wanted),
  NumericLessThan: (actual, wanted) => Number(actual) < Number(wanted),
  NumericLessThanEquals: (actual, wanted) => Number(actual) <= Number(wanted),
  NumericGreaterThan: (actual, wanted) => Number(actual) > Number(wanted),
  NumericGreaterThanEquals: (actual, wanted) => Number(actual) >= Number(wanted),
};

/**
 * One operator on one key. A key that the request lacks fails the condition, but passes it for `…IfExists` and for
 * the negated operators (IAM user guide, "Evaluation logic for conditions with multiple context keys or values").
 */
function condition(operator: string, key: string, wanted: string[], source: string) {
  const ifExists = operator.endsWith('IfExists');
  const name = operator.replace(/IfExists$/, '').replace(/^ForAnyValue:/, '');
  if (name === 'Null') return (context: Record<string, string>) => String(!find(context, key)) === wanted[0];
  const negated = /^(String|Arn|Numeric)Not/.test(name);
  const test = tests[name.replace('Not', '')];
  if (!test) throw new Error(`"${source}" has the condition operator ${operator}: teach it to infra/local/iam.ts.`);
  return (context: Record<string, string>) => {
    const actual = find(context, key);
    if (actual === undefined) return ifExists || negated;
    return wanted.some((value) => test(actual, value)) !== negated;
  };
}

/** Condition keys are case-insensitive. */
function find(context: Record<string, string>, key: string): string | undefined {
  if (context[key] !== undefined) return context[key];
  const wanted = key.toLowerCase();
  return Object.entries(context).find(([name]) => name.toLowerCase() === wanted)?.[1];
}
