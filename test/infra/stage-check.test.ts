import { describe, expect, test } from 'vitest';
import { findStage, type Stage, stages } from '../../infra/stage.ts';
import { stageErrors, stageWarnings } from '../../infra/stage-check.ts';
import { templateOf } from './stage-template.ts';

const production = findStage('production');

test.each(stages)('the settings of stage $name hold no error as they stand', (stage) => {
  expect(stageErrors(stage)).toEqual([]);
});

test('production as it stands is synthesized, with a warning for each name that must be replaced', () => {
  const { warnings } = templateOf('production');
  expect(warnings.filter((sentence) => sentence.includes('is a reserved name'))).toHaveLength(5);
});

test('the local stage has nothing to warn of', () => {
  expect(templateOf('local').warnings).toEqual([]);
});

test.each(['US', 'US-CA', 'DE', 'DE-BY'])('%s is a country whose holidays are known', (country) => {
  expect(stageErrors({ ...production, country })).toEqual([]);
});

test('a stage that nobody wrote is refused with the names of those that exist', () => {
  expect(() => findStage('staging')).toThrow('There is no stage "staging": use one of local, production');
});

test('a stage with an error is not synthesized', () => {
  expect(() => templateOf('production', { mailDomain: 'Privacy' })).toThrow(
    'Stage "production" in infra/stage.ts: mailDomain "Privacy" must be a domain in lower case',
  );
});

describe('a setting that cannot work is named in a sentence', () => {
  const { retention, sender, site, notices } = production;
  const noticesWith = (changes: Partial<Stage['notices']>) => ({ notices: { ...notices, ...changes } });
  const wrong: [Partial<Stage>, string][] = [
    [{ stackName: 'In Writing' }, 'stackName "In Writing" must be at most 50 lower-case'],
    [{ mailDomain: 'localhost' }, 'mailDomain "localhost" must be a domain'],
    [{ localParts: [] }, 'localParts is empty'],
    [{ localParts: ['privacy', 'fax+1'] }, 'localParts "fax+1" must be'],
    [{ sender: { ...sender, address: 'noreply@privacy.community.example' } }, 'members reply to it'],
    [{ sender: { ...sender, name: 'Privacy\r\nBcc: all' } }, 'sender.name must be one line'],
    [{ site: { ...site, name: ' ' } }, 'site.name is empty'],
    [{ site: { ...site, url: 'https://community.org/' } }, 'without a trailing slash'],
    [{ alarmAddress: 'operations' }, 'alarmAddress "operations" must be an e-mail address'],
    [{ deadlineDays: 7.5 }, 'deadlineDays 7.5 must be a whole number of business days'],
    [{ country: 'UK' }, 'country "UK" has no known holidays'],
    [{ country: 'US-XX' }, 'country "US-XX" has no known holidays'],
    [{ timeZone: 'Somewhere/Else' }, 'timeZone "Somewhere/Else" is none that IANA knows'],
    [{ faxGateways: ['fax@fax.example'] }, 'faxGateways "fax@fax.example" must be a domain'],
    [{ scanLanguages: ['English'] }, 'scanLanguages "English" must name at least one language as tesseract does'],
    [{ staffAddress: 'staff' }, 'staffAddress "staff" must be an e-mail address'],
    [{ staffAddress: 'staff@privacy.community.example' }, 'would come in as mail'],
    [{ staffAddress: 'staff@desk.Privacy.community.example' }, 'would come in as mail'],
    [noticesWith({ sender: { name: 'X', address: 'notices@community.example' } }), 'must be an address at privacy'],
    [noticesWith({ officersAddress: 'officers@privacy.community.example' }), 'would come in as mail'],
    [noticesWith({ share: 0 }), 'notices.share 0 must be above 0'],
    [noticesWith({ bounceLimit: 0.5 }), 'notices.bounceLimit 0.5 must be'],
    [noticesWith({ complaintLimit: 5 }), 'notices.complaintLimit 5 must be'],
    [{ receiptRuleSet: 'the set' }, 'cannot be the name of a rule set'],
    [{ retention: { ...retention, rawMailDays: 0 } }, 'retention.rawMailDays 0 must be a whole number above 0'],
    [{ retention: { ...retention, logDays: 45 } }, 'retention.logDays 45 is not a period'],
  ];
  test.each(wrong)('%o', (changes, sentence) => {
    expect(stageErrors({ ...production, ...changes }).join('\n')).toContain(sentence);
  });
});

describe('a setting that should be looked at before a deploy is named in a warning', () => {
  const { retention, site, notices } = production;
  const doubtful: [Partial<Stage>, string][] = [
    [{ mailDomain: 'privacy.example.org' }, 'mailDomain "privacy.example.org" is a reserved name'],
    [{ site: { ...site, url: 'http://community.org' } }, 'is not https'],
    [{ alarmAddress: undefined }, 'alarmAddress is not set'],
    [{ staffAddress: 'staff@example.org' }, 'staffAddress "staff@example.org" is a reserved name'],
    [{ notices: { ...notices, secondOfficer: false } }, 'one officer alone can write to every member'],
    [{ deadlineDays: 20 }, 'more than the 15 business days'],
    [{ retention: { ...retention, requestMonths: 12 } }, 'less than the 24 months'],
  ];
  test.each(doubtful)('%o', (changes, sentence) => {
    expect(stageWarnings({ ...production, ...changes }).join('\n')).toContain(sentence);
  });
});
