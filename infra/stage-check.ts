import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { isCountry } from './holidays.ts';
import type { Stage } from './stage.ts';

/** What is wrong with the settings of a stage, a sentence each. Nothing is synthesized while there is one. */
export function stageErrors(stage: Stage): string[] {
  const { stackName, mailDomain, localParts, sender, site, alarmAddress, receiptRuleSet, retention } = stage;
  const { deadlineDays, country, faxGateways, staffAddress } = stage;
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
    [/^[^"\\\r\n<>]+$/.test(sender.name), 'sender.name must be one line of text without quotes and angle brackets.'],
    [site.name.trim() !== '', 'site.name is empty: give the name that members know the site by.'],
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
    ...faxGateways.map(checkFaxGateway),
    [isAddress(staffAddress), `staffAddress "${staffAddress}" must be an e-mail address.`],
    [
      !`.${domainOf(staffAddress)}`.endsWith(`.${mailDomain}`),
      `staffAddress "${staffAddress}" is at mailDomain, so what we tell people would come in as mail: use a mailbox elsewhere.`,
    ],
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
  const { mailDomain, site, alarmAddress, staffAddress, deadlineDays, retention } = stage;
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
