/** What CloudFormation asks: the parts of its event that decide. */
export interface Asked {
  RequestType: 'Create' | 'Update' | 'Delete';
  ResourceProperties: Properties;
  OldResourceProperties?: Properties;
}

/** Properties of the custom resource; CloudFormation adds its own (ServiceToken). */
type Properties = { RuleSetName?: string; [others: string]: unknown };

export type Activation =
  | { do: 'activate'; ruleSet: string }
  | { do: 'deactivate'; ruleSet?: undefined }
  | { do: 'nothing'; because: string }
  | { do: 'refuse'; because: string };

/**
 * What to do about the active rule set of the account. `active` is its name, or undefined when none is active.
 * A set that is not this stage's is never displaced and never switched off: other mail depends on it.
 */
export function decide(asked: Asked, active: string | undefined): Activation {
  const ours = asked.ResourceProperties.RuleSetName;
  if (!ours) return { do: 'refuse', because: 'The property RuleSetName is missing from the custom resource.' };
  if (asked.RequestType === 'Delete') return deactivate(ours, active);
  if (active === ours) return { do: 'nothing', because: 'it is active already' };
  // A replaced set of this stage is still active while the stack is updated, and while an update is rolled back.
  const replaced = asked.RequestType === 'Update' && active === asked.OldResourceProperties?.RuleSetName;
  if (active === undefined || replaced) return { do: 'activate', ruleSet: ours };
  return { do: 'refuse', because: refusal(ours, active) };
}

function deactivate(ours: string, active: string | undefined): Activation {
  if (active === ours) return { do: 'deactivate' };
  return { do: 'nothing', because: 'another set is active, or none' };
}

function refusal(ours: string, active: string): string {
  return (
    `The receipt rule set "${active}" is active in this account and region, and only one can be: activating ` +
    `"${ours}" would stop the mail that it receives. Set receiptRuleSet: '${active}' for this stage in ` +
    'infra/stage.ts to add our rule to it, or deactivate it first.'
  );
}
