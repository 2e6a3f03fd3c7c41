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
  /** Domain of the stage's own mail addresses: privacy@, unsubscribe@, fax@. */
  mailDomain: 'MAIL_DOMAIN',
  /** Display name and address that answers come from, as in a From header. */
  sender: 'SENDER',
  /** Name of the community site, as members know it. */
  siteName: 'SITE_NAME',
  /** Address of the community site, without a trailing slash. */
  siteUrl: 'SITE_URL',
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
  tokensTable: 'TOKENS_TABLE',
  /** How long automatic mail and spam are kept, in days. */
  automaticRetentionDays: 'AUTOMATIC_RETENTION_DAYS',
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
