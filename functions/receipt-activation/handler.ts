import { DescribeActiveReceiptRuleSetCommand, SESClient, SetActiveReceiptRuleSetCommand } from '@aws-sdk/client-ses';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { log } from '../../shared/log.ts';
import { answer } from './answer.ts';
import { type Activation, decide } from './decide.ts';

/** Not the client of shared/aws.ts, which never retries: these calls may be repeated, and a deploy hangs on them. */
const ses = new SESClient();

/**
 * Called by CloudFormation when a stage is created, changed or deleted. It looks which receipt rule set is active
 * before it acts, and it always answers: without an answer CloudFormation waits for an hour.
 */
export async function handler(event: CloudFormationCustomResourceEvent): Promise<void> {
  const failure = await activate(event).catch((error: Error) => `SES could not be asked: ${error.message}`);
  await answer(event, failure);
}

/** Returns the sentence of a refusal, or nothing when all is well. */
async function activate(event: CloudFormationCustomResourceEvent): Promise<string | undefined> {
  const active = await ses.send(new DescribeActiveReceiptRuleSetCommand());
  const activation = decide(event, active.Metadata?.Name);
  log.info('receipt rule set', { request: event.RequestType, ...activation });
  return carryOut(activation);
}

async function carryOut(activation: Activation): Promise<string | undefined> {
  if (activation.do === 'refuse') return activation.because;
  if (activation.do === 'nothing') return undefined;
  // Without a name SES switches receiving off.
  await ses.send(new SetActiveReceiptRuleSetCommand({ RuleSetName: activation.ruleSet }));
  return undefined;
}
