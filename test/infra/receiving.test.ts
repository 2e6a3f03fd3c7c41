import { expect, test } from 'vitest';
import { pathOf, type Resource, resourcesOf, type Template, templateOf } from './stage-template.ts';

const { template } = templateOf('local');

test('mail is scanned for spam and viruses, and only our own addresses accept it', () => {
  expect(ruleOf(template).Properties.Rule).toMatchObject({
    Enabled: true,
    ScanEnabled: true,
    Recipients: ['privacy@inwriting.example', 'unsubscribe@inwriting.example', 'fax@inwriting.example'],
  });
});

test('the rule is created once SES may write to the bucket and publish to the topic', () => {
  const before = ruleOf(template).DependsOn!.map((id) => pathOf(template, id));
  expect(before).toEqual(expect.arrayContaining(['receiving/raw-mail/Policy', 'receiving/topic/Policy']));
});

test('the rule set becomes active only when its rule is there', () => {
  const [[, activation]] = resourcesOf(template, 'Custom::ReceiptActivation') as [[string, Resource]];
  expect(activation.DependsOn!.map((id) => pathOf(template, id))).toContain('receiving/rule');
  expect(pathOf(template, activation.Properties.RuleSetName.Ref)).toBe('receiving/rule-set');
});

test('a stage that names an existing rule set adds its rule to it and activates nothing', () => {
  const { template } = templateOf('production', { receiptRuleSet: 'company-mail' });
  expect(ruleOf(template).Properties.RuleSetName).toBe('company-mail');
  expect(resourcesOf(template, 'AWS::SES::ReceiptRuleSet')).toEqual([]);
  expect(resourcesOf(template, 'Custom::ReceiptActivation')).toEqual([]);
  expect(JSON.stringify(template)).not.toContain('SetActiveReceiptRuleSet');
});

test('answers are signed by DKIM, leave from our own MAIL FROM domain, and bounce to nobody', () => {
  const [[, identity]] = resourcesOf(template, 'AWS::SES::EmailIdentity') as [[string, Resource]];
  expect(identity.Properties).toMatchObject({
    EmailIdentity: 'inwriting.example',
    FeedbackAttributes: { EmailForwardingEnabled: false },
    MailFromAttributes: { MailFromDomain: 'mail.inwriting.example' },
  });
  // Easy DKIM is what SES does when no key of one's own is given.
  expect(identity.Properties.DkimSigningAttributes).toBeUndefined();
});

function ruleOf(template: Template): Resource {
  return resourcesOf(template, 'AWS::SES::ReceiptRule')[0]![1];
}
