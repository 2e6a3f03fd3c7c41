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
  /**
   * The community site: its name as members know it, and its address without a trailing slash. With a postal address,
   * on one line, printed letters say that one can write there, too.
   */
  readonly site: { readonly name: string; readonly url: string; readonly postalAddress?: string };
  /** Business days that a person has to decide a request. */
  readonly deadlineDays: number;
  /** Whose holidays are no business days: ISO 3166, a country or a state or region of it, `US` or `US-CA`. */
  readonly country: string;
  /** Where the desk is, as IANA names it (Europe/Berlin): staff are told what is due at seven in the morning there. */
  readonly timeZone: string;
  /** Domains that the stage's fax services send from. A fax from elsewhere is taken in too, marked as unknown. */
  readonly faxGateways: readonly string[];
  /** Languages in which letters are recognised, as tesseract names them; each is a package of its own. */
  readonly scanLanguages: readonly string[];
  /** Who is told when a member says that a request was not theirs: a mailbox that people read, not one of ours. */
  readonly staffAddress: string;
  readonly notices: Notices;
  readonly retention: Retention;
  readonly signIn: SignIn;
  /** Where alarms are mailed. Without it they are shown in CloudWatch alone. */
  readonly alarmAddress?: string;
  /**
   * Name of a receipt rule set that is active in this account and region already. The rule is then added to it, and
   * no rule set and no activation are created: an account has one active set only.
   */
  readonly receiptRuleSet?: string;
}

/** How members are told of a significant change. */
export interface Notices {
  /** Who notices come from, as members see it: at mailDomain, and another address than offers and answers have. */
  readonly sender: { readonly name: string; readonly address: string };
  /** Whether another officer than the author has to approve a notice. */
  readonly secondOfficer: boolean;
  /** Share of SES's sending rate, and of its daily quota, that notices may use. The rest is for answers. */
  readonly share: number;
  /** Shares of bounces and of complaints above which a notice is paused and the officers are told. */
  readonly bounceLimit: number;
  readonly complaintLimit: number;
  /** A mailbox that the officers read, not one of ours. */
  readonly officersAddress: string;
}

/** How staff sign in at the desk. */
export interface SignIn {
  /** Hours after which everybody signs in again, and minutes after which whoever has done nothing does. */
  readonly hours: number;
  readonly idleMinutes: number;
  /** Whether Cognito insists on a second factor, a code from an app. */
  readonly mfa: 'optional' | 'required';
  /** The pages of Cognito are at `https://<domainPrefix>.auth.<region>.amazoncognito.com`: nobody else may have it there. */
  readonly domainPrefix: string;
  /**
   * Another OpenID Connect issuer in place of Cognito. There we are a public client of this id that uses PKCE, leads back
   * to `/desk/signed-in`, and finds the groups of a person in the claim `groups` of the ID token.
   * Programs bring its access tokens (RFC 9068) for the scopes `inwriting/clearance.check` and `inwriting/offers.links`.
   */
  readonly issuer?: { readonly url: string; readonly clientId: string };
}

export interface Retention {
  /** Evidence of a request, in months after it closes. California asks for 24. */
  readonly requestMonths: number;
  /** Evidence of automatic mail and spam, in days. */
  readonly automaticDays: number;
  /** Mail as SES stored it, and paper as scanners and staff brought it. The evidence bucket holds the copy that counts. */
  readonly rawMailDays: number;
  /** Member files and their results in the intake bucket. */
  readonly intakeDays: number;
  /** Logs of functions and of the HTTP API: one of the periods that CloudWatch knows. */
  readonly logDays: number;
}

const retention: Retention = { requestMonths: 24, automaticDays: 30, rawMailDays: 30, intakeDays: 30, logDays: 90 };
/** SES looks into an account at 5 % of bounces and at 0.1 % of complaints. */
const noticeLimits = { share: 0.8, bounceLimit: 0.05, complaintLimit: 0.001 };
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
    timeZone: 'America/New_York',
    faxGateways: ['fax.example'],
    scanLanguages: ['eng'],
    staffAddress: 'privacy-team@site.example',
    notices: {
      sender: { name: 'Example Community', address: 'notices@inwriting.example' },
      officersAddress: 'privacy-officers@site.example',
      secondOfficer: true,
      ...noticeLimits,
    },
    signIn: { hours: 8, idleMinutes: 60, mfa: 'optional', domainPrefix: 'in-writing-local' },
    retention,
  },
  {
    name: 'production',
    stackName: 'in-writing',
    // Edit before the first deploy: each of these six still holds a reserved .example name.
    mailDomain: 'privacy.community.example',
    sender: { name: 'Community Privacy', address: 'privacy@privacy.community.example' },
    site: { name: 'Community', url: 'https://community.example' },
    alarmAddress: 'operations@community.example',
    staffAddress: 'privacy-team@community.example',
    notices: {
      sender: { name: 'Community', address: 'notices@privacy.community.example' },
      officersAddress: 'privacy-officers@community.example',
      secondOfficer: true,
      ...noticeLimits,
    },
    // Choose a prefix that nobody else in the region has.
    signIn: { hours: 8, idleMinutes: 60, mfa: 'required', domainPrefix: 'community-privacy-desk' },
    // Set this where the account receives other mail already: 'name-of-the-active-rule-set'.
    receiptRuleSet: undefined,
    // California asks for an answer within 15 business days.
    deadlineDays: 15,
    country: 'US',
    timeZone: 'America/New_York',
    faxGateways: [],
    scanLanguages: ['eng'],
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
