/**
 * The three errors that are thrown. What is expected is a value with a reason, not an error; anything else that is
 * thrown is unknown and retried. Powertools' own error classes are left out on purpose: they name transport faults.
 */

/** The input will be just as wrong next time: record it and acknowledge, never retry. */
export class InvalidInput extends Error {
  override name = 'InvalidInput';
}

/** Somebody else changed the item since it was read: read again once, then let the message come back. */
export class Conflict extends Error {
  override name = 'Conflict';
}

/** A service or a lease is not to be had now: let the message come back, and after its last try the dead-letter queue. */
export class Unavailable extends Error {
  override name = 'Unavailable';
}

/** The name of a thrown thing: the AWS SDK tells its errors apart by name. */
export const errorName = (error: unknown): string => (error instanceof Error ? error.name : '');

export const isConditionFailed = (error: unknown): boolean => errorName(error) === 'ConditionalCheckFailedException';
