import { setTimeout as pause } from 'node:timers/promises';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from './aws.ts';
import { isConditionFailed } from './errors.ts';

/** How often a conditional write is tried when others write the same item: a burst of mails in one member's name. */
export const attempts = 15;

/** Waits for one's turn, longer each time and never as long as the others: full jitter, up to a third of a second. */
export const turn = (attempt: number): Promise<void> => pause(Math.random() * Math.min(300, 10 * 2 ** attempt));

/**
 * Writes an item whole, as the version after the one that was read (0 where there was none). False when somebody else
 * wrote in between: then nothing has changed.
 */
export async function putAfter(TableName: string, item: { version: number }, read: number): Promise<boolean> {
  try {
    await dynamo().send(
      new PutCommand({
        TableName,
        Item: { ...item, version: read + 1 },
        ConditionExpression: read === 0 ? 'attribute_not_exists(version)' : 'version = :read',
        ExpressionAttributeValues: read === 0 ? undefined : { ':read': read },
      }),
    );
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
}
