import { createHash } from 'node:crypto';
import { addSeconds } from '../clock.ts';
import { readToken, signToken, type TokenKeys } from '../tokens.ts';

/** What the link to the preferences stands for: a member, and one use. */
export interface PreferencesLink {
  memberId: string;
  /** Tells one link from every other: the request that is made by it has its id from here, so that there is one. */
  nonce: string;
}

/** Minutes for which the link is good. */
export const linkMinutes = 30;

/** The token of a link, made from the delivery that carries it: sent again after a crash, it is the same link. */
export function preferencesToken(memberId: string, delivery: string, at: string, keys: TokenKeys): string {
  const nonce = createHash('sha256').update(delivery).digest().subarray(0, nonceBytes);
  // A token counts whole minutes and drops what is left of one.
  const expires = addSeconds(at, (linkMinutes + 1) * 60);
  return signToken({ purpose: 'preferences', subject: Buffer.concat([nonce, Buffer.from(memberId)]), expires }, keys);
}

/** Undefined for a token that is not ours, has expired, or is for something else. */
export function readPreferencesToken(token: string, at: string, keys: TokenKeys): PreferencesLink | undefined {
  const subject = readToken(token, 'preferences', at, keys);
  if (!subject) return undefined;
  return {
    nonce: Buffer.from(subject.subarray(0, nonceBytes)).toString('hex'),
    memberId: Buffer.from(subject.subarray(nonceBytes)).toString(),
  };
}

const nonceBytes = 10;
