/**
 * The environment variables of the functions: a construct sets them by these names, a handler reads them.
 * Both sides import this list, so a name cannot drift between the template and the code.
 */
export const variables = {
  membersTable: 'MEMBERS_TABLE',
  optOutsTable: 'OPT_OUTS_TABLE',
  requestsTable: 'REQUESTS_TABLE',
  deliveriesTable: 'DELIVERIES_TABLE',
  evidenceBucket: 'EVIDENCE_BUCKET',
  answersQueueUrl: 'ANSWERS_QUEUE_URL',
  tokenKeysSecret: 'TOKEN_KEYS_SECRET',
  configurationSet: 'CONFIGURATION_SET',
  /** Of notices, which have figures of their own at SES. */
  noticesConfigurationSet: 'NOTICES_CONFIGURATION_SET',
  /** Domain of the stage's own mail addresses: privacy@, unsubscribe@, fax@. */
  mailDomain: 'MAIL_DOMAIN',
  /** Display name and address that answers come from, as in a From header. */
  sender: 'SENDER',
  /** The same of notices. */
  noticesSender: 'NOTICES_SENDER',
  /** Name of the community site, as members know it. */
  siteName: 'SITE_NAME',
  /** Address of the community site, without a trailing slash. */
  siteUrl: 'SITE_URL',
  /** Where letters to us go by post, on one line; `none` where only mail does. */
  postalAddress: 'POSTAL_ADDRESS',
  /** Address of our own HTTP API, without a trailing slash. */
  publicUrl: 'PUBLIC_URL',
  /** How long the evidence of a request is kept after it closes, in months. */
  requestRetentionMonths: 'REQUEST_RETENTION_MONTHS',
  /** Business days that a person has to decide a request. */
  deadlineDays: 'DEADLINE_DAYS',
  /** Holidays that are no business days, `YYYY-MM-DD` with a space between; `none` where there are none. */
  holidays: 'HOLIDAYS',
  /** Domains of the fax services that the stage uses, with a space between; `none` where there are none. */
  faxGateways: 'FAX_GATEWAYS',
  /** Who is told when a member says that a request was not theirs. */
  staffAddress: 'STAFF_ADDRESS',
  /** Where the desk is, as IANA names it: the daily letter to staff comes in the morning there. */
  timeZone: 'TIME_ZONE',
  tokensTable: 'TOKENS_TABLE',
  /** How long automatic mail and spam are kept, in days. */
  automaticRetentionDays: 'AUTOMATIC_RETENTION_DAYS',
  /** Where letters and faxes arrive as files: uploads of the desk, and what scanners drop. */
  scansBucket: 'SCANS_BUCKET',
  /** Requests whose scans are to be read. */
  scanQueueUrl: 'SCAN_QUEUE_URL',
  /** How often a message of that queue comes before it is a dead letter. */
  scanReceives: 'SCAN_RECEIVES',
  /** Languages in which letters are recognised, as tesseract names them, with a space between. */
  scanLanguages: 'SCAN_LANGUAGES',
  /** Where the files that staff asked for are made, with their jobs. */
  exportsBucket: 'EXPORTS_BUCKET',
  exportsQueueUrl: 'EXPORTS_QUEUE_URL',
  /** Keys of the desk's cookies. */
  cookieKeysSecret: 'COOKIE_KEYS_SECRET',
  /** OpenID Connect issuer that staff sign in at, and what we are called there. */
  signInIssuer: 'SIGN_IN_ISSUER',
  signInClient: 'SIGN_IN_CLIENT',
  /** An address of the issuer's own pages, which may be on another host. */
  signInPages: 'SIGN_IN_PAGES',
  /** The client whose tokens programs come with; `any` where the scope of a token alone decides. */
  machineClient: 'MACHINE_CLIENT',
  /** How long a sign-in is good for, and how long when nothing is done. */
  sessionHours: 'SESSION_HOURS',
  sessionIdleMinutes: 'SESSION_IDLE_MINUTES',
  noticesTable: 'NOTICES_TABLE',
  campaignsTable: 'CAMPAIGNS_TABLE',
  recallsTable: 'RECALLS_TABLE',
  /** Mails of notices, on their way to mail-sender. */
  noticesQueueUrl: 'NOTICES_QUEUE_URL',
  /** Share of SES's sending rate that notices may use: 0.8 leaves a fifth to answers. */
  noticesShare: 'NOTICES_SHARE',
  /** How many invocations of mail-sender share in that at the same time. */
  noticeSenders: 'NOTICE_SENDERS',
  /** Shares of bounces and complaints above which a notice is paused. */
  bounceLimit: 'BOUNCE_LIMIT',
  complaintLimit: 'COMPLAINT_LIMIT',
  /** Who is told when a notice is paused by itself. */
  officersAddress: 'OFFICERS_ADDRESS',
  /** `yes` where another officer than the author has to approve a notice. */
  secondOfficer: 'SECOND_OFFICER',
} as const;

export type Variable = keyof typeof variables;

/** The value of a variable. Throws a sentence when the construct did not set it. */
export function env(name: Variable): string {
  const value = process.env[variables[name]];
  if (value) return value;
  throw new Error(
    `The environment variable ${variables[name]} is not set: give it to the function in its file under infra/constructs.`,
  );
}

/** The same for a whole number. */
export function envNumber(name: Variable): number {
  const value = Number(env(name));
  if (Number.isInteger(value)) return value;
  throw new Error(`The environment variable ${variables[name]} must be a whole number, not "${env(name)}".`);
}

/** The same for a share from 0 to 1. */
export function envShare(name: Variable): number {
  const value = Number(env(name));
  if (value >= 0 && value <= 1) return value;
  throw new Error(`The environment variable ${variables[name]} must be a number from 0 to 1, not "${env(name)}".`);
}
