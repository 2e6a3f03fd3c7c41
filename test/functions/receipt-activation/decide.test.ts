import { expect, test } from 'vitest';
import { decide } from '../../../functions/receipt-activation/decide.ts';

const create = { RequestType: 'Create', ResourceProperties: { RuleSetName: 'ours' } } as const;
const remove = { RequestType: 'Delete', ResourceProperties: { RuleSetName: 'ours' } } as const;
const replace = {
  RequestType: 'Update',
  ResourceProperties: { RuleSetName: 'ours' },
  OldResourceProperties: { RuleSetName: 'our-former' },
} as const;

test('where no rule set is active, ours is activated', () => {
  expect(decide(create, undefined)).toEqual({ do: 'activate', ruleSet: 'ours' });
});

test('asking again changes nothing', () => {
  expect(decide(create, 'ours')).toMatchObject({ do: 'nothing' });
  expect(decide(replace, 'ours')).toMatchObject({ do: 'nothing' });
});

test('a rule set of somebody else is never displaced, and the refusal says what to do instead', () => {
  expect(decide(create, 'company-mail')).toEqual({
    do: 'refuse',
    because:
      'The receipt rule set "company-mail" is active in this account and region, and only one can be: activating ' +
      `"ours" would stop the mail that it receives. Set receiptRuleSet: 'company-mail' for this stage in ` +
      'infra/stage.ts to add our rule to it, or deactivate it first.',
  });
  expect(decide(replace, 'company-mail')).toMatchObject({ do: 'refuse' });
});

test("this stage's former rule set is displaced by the one that replaces it", () => {
  expect(decide(replace, 'our-former')).toEqual({ do: 'activate', ruleSet: 'ours' });
});

test('on create a set that merely has the former name is somebody else’s', () => {
  expect(decide({ ...replace, RequestType: 'Create' }, 'our-former')).toMatchObject({ do: 'refuse' });
});

test('deleting the stage switches off its own rule set', () => {
  expect(decide(remove, 'ours')).toEqual({ do: 'deactivate' });
});

test.each([undefined, 'company-mail'])(
  'deleting the stage leaves the active rule set alone when it is %s',
  (active) => {
    expect(decide(remove, active)).toMatchObject({ do: 'nothing' });
  },
);

test('a custom resource without the name of a rule set is refused', () => {
  expect(decide({ RequestType: 'Create', ResourceProperties: {} }, undefined)).toMatchObject({ do: 'refuse' });
});
