import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReceiptPlan } from './plan.ts';
import { sesError } from './sending.ts';

/** Which receipt rule set is active. Only one is, in an account and region; none, before somebody says so. */
export function openActiveRuleSet(dir: string, { ruleSets }: ReceiptPlan) {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'active-rule-set.json');
  let active: string | undefined = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).name : undefined;
  return {
    name: () => active,
    /** Without a name, none is active. */
    set(name: string | undefined): void {
      if (name && !ruleSets.some((ruleSet) => ruleSet.name === name)) {
        throw sesError('RuleSetDoesNotExist', `Rule set does not exist: ${name}`);
      }
      writeFileSync(`${file}.new`, JSON.stringify({ name }));
      renameSync(`${file}.new`, file);
      active = name;
    },
  };
}
