import { env } from '../env.ts';
import { readToken, signToken, type TokenKeys } from '../tokens.ts';
import { idBytes, idOfBytes } from './id.ts';

/**
 * The address that a reply to an answer comes to: `privacy+TOKEN@domain`. Nobody can make one for a request that they
 * had no answer about. A local part of 58 octets stays within the 64 of RFC 5321 section 4.5.3.1.1.
 */
export const replyAddress = (requestId: string, keys: TokenKeys): string =>
  `privacy+${signToken({ purpose: 'reply', subject: idBytes(requestId) }, keys)}@${env('mailDomain')}`;

/** The request that a token speaks of; undefined for a token that is not ours. */
export function requestOfReply(token: string, at: string, keys: TokenKeys): string | undefined {
  const subject = readToken(token, 'reply', at, keys);
  return subject && idOfBytes(subject);
}
