import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { isCountry } from './holidays.ts';
import type { Notices, SignIn, Stage } from './stage.ts';

/** What is wrong with the settings of a stage, a sentence each. Nothing is synthesized while there is one. */
export function stageErrors(stage: Stage): string[] {
  const { stackName, mailDomain, localParts, sender, site, alarmAddress, receiptRuleSet, retention } = stage;
  const { deadlineDays, country, timeZone, faxGateways, scanLanguages, staffAddress } = stage;
  const { logDays, ...periods } = retention;
  const checks: [boolean, string][] = [
    [
      /^[a-z][a-z0-9-]{0,49}$/.test(stackName),
      `stackName "${stackName}" must be at most 50 lower-case letters, digits and dashes.`,
    ],
    [isDomain(mailDomain), `mailDomain "${mailDomain}" must be a domain in lower case, such as privacy.example.org.`],
    [localParts.length > 0, 'localParts is empty: name at least one address that accepts mail, such as "privacy".'],
    ...localParts.map(checkLocalPart),
    [
      localParts.some((localPart) => sender.address === `${localPart}@${mailDomain}`),
      `sender.address "${sender.address}" must be one of localParts at ${mailDomain}: members reply to it.`,
    ],
    [isDisplayName(sender.name), 'sender.name must be one line of text without quotes and angle brackets.'],
    [site.name.trim() !== '', 'site.name is empty: give the name that members know the site by.'],
    [
      site.postalAddress === undefined || /^\S.*\S$/.test(site.postalAddress),
      'site.postalAddress must be one line of text, such as "Example Street 1, 12345 Town", or left out.',
    ],
    [isBaseUrl(site.url), `site.url "${site.url}" must be an http or https address without a trailing slash.`],
    [
      alarmAddress === undefined || isAddress(alarmAddress),
      `alarmAddress "${alarmAddress}" must be an e-mail address, or left out.`,
    ],
    [
      receiptRuleSet === undefined || /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(receiptRuleSet),
      `receiptRuleSet "${receiptRuleSet}" cannot be the name of a rule set in SES: leave it out to create one.`,
    ],
    [
      Number.isInteger(deadlineDays) && deadlineDays > 0,
      `deadlineDays ${deadlineDays} must be a whole number of business days above 0.`,
    ],
    [isCountry(country), `country "${country}" has no known holidays: use ISO 3166 codes, such as US, US-CA or DE.`],
    [isTimeZone(timeZone), `timeZone "${timeZone}" is none that IANA knows: use a name such as America/New_York.`],
    ...faxGateways.map(checkFaxGateway),
    [
      scanLanguages.length > 0 && scanLanguages.every((language) => /^[a-z]{3}(_[a-z]+)?$/.test(language)),
      `scanLanguages "${scanLanguages.join(' ')}" must name at least one language as tesseract does, such as eng.`,
    ],
    [isAddress(staffAddress), `staffAddress "${staffAddress}" must be an e-mail address.`],
    [
      !`.${domainOf(staffAddress)}`.endsWith(`.${mailDomain}`),
      `staffAddress "${staffAddress}" is at mailDomain, so what we tell people would come in as mail: use a mailbox elsewhere.`,
    ],
    ...signInErrors(stage.signIn),
    ...noticeErrors(stage.notices, mailDomain),
    ...Object.entries(periods).map(checkPeriod),
    [
      RetentionDays[logDays] !== undefined,
      `retention.logDays ${logDays} is not a period that CloudWatch knows: use 30, 60, 90, 180, 365 or another of its list.`,
    ],
  ];
  return sentences(stage, checks);
}

/** What should be looked at before a deploy; synthesis goes on. The local stage has nothing to deploy. */
export function stageWarnings(stage: Stage): string[] {
  if (stage.name === 'local') return [];
  const { mailDomain, site, alarmAddress, staffAddress, signIn, deadlineDays, retention, notices } = stage;
  return sentences(stage, [
    [!isReserved(mailDomain), `mailDomain "${mailDomain}" is a reserved name: put your own in before you deploy.`],
    [!isReserved(hostOf(site.url)), `site.url "${site.url}" is a reserved name: put your own in before you deploy.`],
    [site.url.startsWith('https:'), `site.url "${site.url}" is not https: links in mail would send members to it.`],
    [alarmAddress !== undefined, 'alarmAddress is not set: alarms show in CloudWatch alone, and nobody is told.'],
    [
      alarmAddress === undefined || !isReserved(domainOf(alarmAddress)),
      `alarmAddress "${alarmAddress}" is a reserved name: put your own in before you deploy.`,
    ],
    [
      !isReserved(domainOf(staffAddress)),
      `staffAddress "${staffAddress}" is a reserved name: put your own in before you deploy.`,
    ],
    [
      !isReserved(domainOf(notices.officersAddress)),
      `notices.officersAddress "${notices.officersAddress}" is a reserved name: put your own in before you deploy.`,
    ],
    [notices.secondOfficer, 'notices.secondOfficer is off: one officer alone can write to every member.'],
    [
      signIn.mfa === 'required' || signIn.issuer !== undefined,
      'signIn.mfa is optional: a password that somebody got hold of then opens the desk.',
    ],
    [deadlineDays <= 15, `deadlineDays ${deadlineDays} is more than the 15 business days that California allows.`],
    [
      retention.requestMonths >= 24,
      `retention.requestMonths ${retention.requestMonths} is less than the 24 months of records that California asks for.`,
    ],
  ]);
}

function checkLocalPart(localPart: string): [boolean, string] {
  const sentence = `localParts "${localPart}" must be lower-case letters, digits, dots and dashes, at most 20 of them: a token follows it after a plus.`;
  return [/^[a-z0-9]([a-z0-9.-]{0,18}[a-z0-9])?$/.test(localPart), sentence];
}

function signInErrors({ hours, idleMinutes, domainPrefix, issuer }: SignIn): [boolean, string][] {
  return [
    [isBetween(hours, 1, 24), `signIn.hours ${hours} must be a whole number from 1 to 24.`],
    [isBetween(idleMinutes, 5, 1440), `signIn.idleMinutes ${idleMinutes} must be a whole number from 5 to 1440.`],
    [
      /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(domainPrefix) && !/aws|amazon|cognito/.test(domainPrefix),
      `signIn.domainPrefix "${domainPrefix}" must be lower-case letters, digits and dashes, without aws, amazon or cognito.`,
    ],
    [
      issuer === undefined || (issuer.url.startsWith('https://') && URL.canParse(issuer.url)),
      `signIn.issuer.url "${issuer?.url}" must be the https address that the issuer calls itself by.`,
    ],
    [
      issuer === undefined || issuer.clientId.trim() !== '',
      'signIn.issuer.clientId is empty: the issuer gives you one.',
    ],
  ];
}

function noticeErrors(notices: Notices, mailDomain: string): [boolean, string][] {
  const { sender, officersAddress, share, bounceLimit, complaintLimit } = notices;
  return [
    [
      isAddress(sender.address) && domainOf(sender.address) === mailDomain,
      `notices.sender.address "${sender.address}" must be an address at ${mailDomain}: SES sends for this domain alone.`,
    ],
    [isDisplayName(sender.name), 'notices.sender.name must be one line of text without quotes and angle brackets.'],
    [isAddress(officersAddress), `notices.officersAddress "${officersAddress}" must be an e-mail address.`],
    [
      !`.${domainOf(officersAddress)}`.endsWith(`.${mailDomain}`),
      `notices.officersAddress "${officersAddress}" is at mailDomain, so what we tell people would come in as mail: use a mailbox elsewhere.`,
    ],
    [share > 0 && share <= 1, `notices.share ${share} must be above 0 and at most 1: 0.8 leaves a fifth to answers.`],
    [isLimit(bounceLimit), `notices.bounceLimit ${bounceLimit} must be above 0 and at most 0.1: 0.05 is 5 %.`],
    [
      isLimit(complaintLimit),
      `notices.complaintLimit ${complaintLimit} must be above 0 and at most 0.1: 0.001 is 0.1 %.`,
    ],
  ];
}

/** Beyond a tenth SES stops an account by itself. */
const isLimit = (share: number): boolean => share > 0 && share <= 0.1;

const isDisplayName = (text: string): boolean => /^[^"\\\r\n<>]+$/.test(text);

const isBetween = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

function checkFaxGateway(domain: string): [boolean, string] {
  return [isDomain(domain), `faxGateways "${domain}" must be a domain in lower case, such as fax.example.org.`];
}

function checkPeriod([name, value]: [string, number]): [boolean, string] {
  return [Number.isInteger(value) && value > 0, `retention.${name} ${value} must be a whole number above 0.`];
}

function sentences(stage: Stage, checks: [boolean, string][]): string[] {
  return checks
    .filter(([passed]) => !passed)
    .map(([, sentence]) => `Stage "${stage.name}" in infra/stage.ts: ${sentence}`);
}

function isDomain(name: string): boolean {
  return name.length <= 253 && /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(name);
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function isAddress(text: string): boolean {
  return /^[^@\s]+@[^@\s]+$/.test(text);
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

function isBaseUrl(address: string): boolean {
  return /^https?:\/\/[^/]/.test(address) && !address.endsWith('/') && URL.canParse(address);
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname : '';
}

/** Names that never belong to anyone: RFC 2606 and RFC 6761. */
function isReserved(domain: string): boolean {
  return /(^|\.)(example|test|invalid|localhost|example\.(com|net|org))$/.test(domain);
}
