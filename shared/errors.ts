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

/**
 * What a thrown thing says, for a log: a library's message may quote what it choked on, so addresses are taken out of
 * it. A message may be as long as what somebody sent; of a long one, what was cut in half goes as well.
 */
export function reasonOf(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  const whole = said.length > mostSaid ? said.slice(0, mostSaid).replace(/(?:"[^"]*|\S*)$/, '…') : said;
  return whole.replace(/(?:"[^"]*"|[^\s<>"])+(?:@|%40)[^\s<>"]*/gi, '[address]');
}

const mostSaid = 1_000;

export const isConditionFailed = (error: unknown): boolean => errorName(error) === 'ConditionalCheckFailedException';
