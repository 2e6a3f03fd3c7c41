import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

/**
 * Answers CloudFormation: a PUT to the presigned address in its event. Throws when the PUT fails, so that Lambda
 * invokes the function again.
 *
 * @param failure a sentence when the request is refused; CloudFormation shows it as the reason of the failed deploy.
 */
export async function answer(event: CloudFormationCustomResourceEvent, failure?: string): Promise<void> {
  const response = await fetch(event.ResponseURL, {
    method: 'PUT',
    // The address is signed for an empty content type.
    headers: { 'content-type': '' },
    body: JSON.stringify({
      Status: failure ? 'FAILED' : 'SUCCESS',
      // CloudFormation takes an answer of 4,096 bytes at most.
      Reason: failure?.slice(0, 1000),
      PhysicalResourceId: physicalId(event),
      StackId: event.StackId,
      RequestId: event.RequestId,
      LogicalResourceId: event.LogicalResourceId,
    }),
  });
  if (!response.ok) throw new Error(`CloudFormation did not take the answer: status ${response.status}.`);
}

/** The name of the rule set: when it changes, CloudFormation deletes the activation of the old one afterwards. */
function physicalId(event: CloudFormationCustomResourceEvent): string {
  if (event.RequestType === 'Delete') return event.PhysicalResourceId;
  return `receipt-activation/${event.ResourceProperties.RuleSetName}`;
}
