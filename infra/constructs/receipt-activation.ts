import { CustomResource, Duration, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import { HandlerFunction } from './handler-function.ts';
import type { Receiving } from './receiving.ts';

export interface ReceiptActivationProps {
  stage: Stage;
  bundles: string;
  receiving: Receiving;
}

/**
 * Makes our receipt rule set the active one: CloudFormation creates a set but does not activate it
 * (aws/aws-cdk#10321). The function looks first, and fails the deploy rather than displace another set.
 */
export class ReceiptActivation extends Construct {
  readonly handler: HandlerFunction;
  readonly whenItFails = 'The receipt rule set could not be switched, so SES may not be receiving mail.';

  constructor(scope: Construct, { stage, bundles, receiving }: ReceiptActivationProps) {
    super(scope, 'receipt-activation');
    this.handler = new HandlerFunction(this, {
      stage,
      bundles,
      name: 'receipt-activation',
      timeout: Duration.seconds(60),
      memory: 256,
    });
    this.handler.allow(['ses:DescribeActiveReceiptRuleSet', 'ses:SetActiveReceiptRuleSet'], ['*']);
    Validations.of(this.handler).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Which rule set is active is a setting of the account: SES knows no resource for these two actions.',
    });

    const activation = new CustomResource(this, 'activation', {
      resourceType: 'Custom::ReceiptActivation',
      serviceToken: this.handler.lambda.functionArn,
      serviceTimeout: Duration.minutes(5),
      properties: { RuleSetName: receiving.ruleSetName },
    });
    // Mail must not arrive in the set before its rule is there; and on delete the set is switched off first.
    activation.node.addDependency(receiving.rule, this.handler);
  }
}
