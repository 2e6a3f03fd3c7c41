import type { ReceiptPlan, ReceiptRulePlan } from './plan.ts';

export interface Matched {
  rule: ReceiptRulePlan;
  /** The envelope recipients that the rule matched, as `receipt.recipients` lists them. */
  recipients: string[];
}

/** The enabled rules of the active set that take a mail for these recipients, in SES's order; none without a set. */
export function matchRules(plan: ReceiptPlan, activeRuleSet: string | undefined, recipients: string[]): Matched[] {
  return plan.rules
    .filter(({ enabled, ruleSet }) => enabled && ruleSet === activeRuleSet)
    .map((rule) => ({ rule, recipients: recipients.filter((recipient) => takes(rule.recipients, recipient)) }))
    .filter((matched) => matched.recipients.length > 0);
}

/** A condition is an address (with or without a label after `+`), a domain, or `.domain` for its subdomains. */
function takes(conditions: string[], recipient: string): boolean {
  const address = recipient.toLowerCase();
  const [local = '', domain = ''] = split(address);
  const plain = `${local.replace(/\+.*$/, '')}@${domain}`;
  const wanted = conditions.map((condition) => condition.toLowerCase());
  const fits = (condition: string) =>
    condition.startsWith('.') ? domain.endsWith(condition) : [address, plain, domain].includes(condition);
  return wanted.length === 0 || wanted.some(fits);
}

function split(address: string): [string, string] {
  const at = address.lastIndexOf('@');
  return [address.slice(0, at), address.slice(at + 1)];
}
