import { Logger } from '@aws-lambda-powertools/logger';

/**
 * The structured log of every function. Only ids, rule names, states and hashed addresses go in: a log is read by more
 * people, and kept elsewhere, than the mail that it speaks of.
 */
export const log = new Logger();
