import { readToken, signToken, type TokenKeys } from '../tokens.ts';
import { idBytes, idOfBytes } from './id.ts';

/** The token of a confirmation link: which request, which member, and until when the member decides. */
export const confirmationToken = (
  requestId: string,
  memberId: string,
  expires: string | undefined,
  keys: TokenKeys,
): string =>
  signToken({ purpose: 'confirm', subject: Buffer.concat([idBytes(requestId), Buffer.from(memberId)]), expires }, keys);

/** Undefined for a token that is not ours, or has expired. */
export function readConfirmationToken(token: string, at: string, keys: TokenKeys) {
  const subject = readToken(token, 'confirm', at, keys);
  if (!subject) return undefined;
  return { requestId: idOfBytes(subject.subarray(0, 10)), memberId: Buffer.from(subject.subarray(10)).toString() };
}
