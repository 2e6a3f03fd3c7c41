/**
 * The settings of a stage: the only place where stages differ.
 * stage-check.ts says in sentences what a stage may hold.
 */
export interface Stage {
  readonly name: string;
  /** Name of the CloudFormation stack. */
  readonly stackName: string;
  /** Domain of our own mail addresses. It receives mail and sends the answers, so it is used for nothing else. */
  readonly mailDomain: string;
  /** Local parts that accept mail. SES delivers plus-addresses of them (`privacy+token@`) as well. */
  readonly localParts: readonly string[];
  /** Who answers come from, as members see it. */
  readonly sender: { readonly name: string; readonly address: string };
  /** The community site: its name as members know it, and its address without a trailing slash. */
  readonly site: { readonly name: string; readonly url: string };
  /** Business days that a person has to decide a request. */
  readonly deadlineDays: number;
  /** Whose holidays are no business days: ISO 3166, a country or a state or region of it, `US` or `US-CA`. */
  readonly country: string;
  /** Domains that the stage's fax services send from. A fax from elsewhere is taken in too, marked as unknown. */
  readonly faxGateways: readonly string[];
  /** Who is told when a member says that a request was not theirs: a mailbox that people read, not one of ours. */
  readonly staffAddress: string;
  readonly retention: Retention;
  /** Where alarms are mailed. Without it they are shown in CloudWatch alone. */
  readonly alarmAddress?: string;
  /**
   * Name of a receipt rule set that is active in this account and region already. The rule is then added to it, and
   * no rule set and no activation are created: an account has one active set only.
   */
  readonly receiptRuleSet?: string;
}

export interface Retention {
  /** Evidence of a request, in months after it closes. California asks for 24. */
  readonly requestMonths: number;
  /** Evidence of automatic mail and spam, in days. */
  readonly automaticDays: number;
  /** Mail as SES stored it. The evidence bucket holds the copy that counts. */
  readonly rawMailDays: number;
  /** Member files and their results in the intake bucket. */
  readonly intakeDays: number;
  /** Logs of functions and of the HTTP API: one of the periods that CloudWatch knows. */
  readonly logDays: number;
}

const retention: Retention = { requestMonths: 24, automaticDays: 30, rawMailDays: 30, intakeDays: 30, logDays: 90 };
const localParts = ['privacy', 'unsubscribe', 'fax'];

export const stages: readonly Stage[] = [
  {
    name: 'local',
    stackName: 'in-writing-local',
    mailDomain: 'inwriting.example',
    localParts,
    sender: { name: 'Example Community Privacy', address: 'privacy@inwriting.example' },
    site: { name: 'Example Community', url: 'http://site.example' },
    deadlineDays: 15,
    country: 'US',
    faxGateways: ['fax.example'],
    staffAddress: 'privacy-team@site.example',
    retention,
  },
  {
    name: 'production',
    stackName: 'in-writing',
    // Edit before the first deploy: each of these five still holds a reserved .example name.
    mailDomain: 'privacy.community.example',
    sender: { name: 'Community Privacy', address: 'privacy@privacy.community.example' },
    site: { name: 'Community', url: 'https://community.example' },
    alarmAddress: 'operations@community.example',
    staffAddress: 'privacy-team@community.example',
    // Set this where the account receives other mail already: 'name-of-the-active-rule-set'.
    receiptRuleSet: undefined,
    // California asks for an answer within 15 business days.
    deadlineDays: 15,
    country: 'US',
    faxGateways: [],
    localParts,
    retention,
  },
];

/** The stage of that name. Throws a sentence that lists the known ones. */
export function findStage(name: string): Stage {
  const stage = stages.find((candidate) => candidate.name === name);
  if (stage) return stage;
  const known = stages.map((candidate) => candidate.name).join(', ');
  throw new Error(`There is no stage "${name}": use one of ${known}, or add it to infra/stage.ts.`);
}
