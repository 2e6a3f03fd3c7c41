import { type App, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, test } from 'vitest';
import { templateOf } from './stage-template.ts';

test.each(['local', 'production'])('stage %s passes the AwsSolutions rules of cdk-nag', (stage) => {
  const check = () => templateOf(stage, {}, (app) => Validations.of(app).addPlugins(new AwsSolutionsChecks(app)));
  expect(check).not.toThrow();
});

test('every acknowledgement answers a finding that is still there', () => {
  let acknowledged: string[] = [];
  let found: string[] = [];
  templateOf('production', {}, (app) => {
    acknowledged = acknowledgements(app);
    found = findings(app);
  });
  expect(acknowledged).toEqual(found);
});

function acknowledgements(app: App): string[] {
  const entries = app.node
    .findAll()
    .flatMap((construct) => construct.node.metadata)
    .filter((entry) => entry.type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap((entry) => Object.keys(entry.data))
    .map((id) => id.replace(/^annotation::/i, ''));
  return [...new Set(entries)].sort();
}

/** What the rules say when nothing is acknowledged. cdk-nag has no switch for that. */
function findings(app: App): string[] {
  const checks = new AwsSolutionsChecks(app);
  Reflect.set(checks, 'isAcknowledged', () => false);
  const { violations } = checks.validateScope(app);
  return violations.map((violation) => violation.ruleName).sort();
}
