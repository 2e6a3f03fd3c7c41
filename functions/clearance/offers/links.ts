import { readFlags } from '../../../shared/clearance/known.ts';
import { env } from '../../../shared/env.ts';
import { type Subject, stateOf } from '../../../shared/optouts/opt-out.ts';
import {
  rememberLongIds,
  unsubscribeAddressToken,
  unsubscribeToken,
} from '../../../shared/requests/unsubscribe-token.ts';
import { type TokenKeys, tokenKeys } from '../../../shared/tokens.ts';

/** The links of one member, and whether offers may be mailed at all. */
export interface Links {
  member: string;
  known: boolean;
  allowed: boolean;
  url?: string;
  mailto?: string;
  headers?: { 'List-Unsubscribe': string; 'List-Unsubscribe-Post': string };
}

/** Links for the members that the directory knows, in the order asked for. */
export async function linksOf(memberIds: readonly string[]): Promise<Links[]> {
  const [flags, keys] = await Promise.all([readFlags([...new Set(memberIds.map(subjectOf))]), tokenKeys()]);
  await rememberLongIds(memberIds.filter((memberId) => flags.get(subjectOf(memberId))!.known));
  return memberIds.map((member) => {
    const { known, optOut } = flags.get(subjectOf(member))!;
    const allowed = known && stateOf(optOut, 'marketing-email').state === 'clear';
    return { member, known, allowed, ...(known && linksTo(member, keys)) };
  });
}

export const subjectOf = (memberId: string): Subject => `member/${memberId}`;

/** RFC 8058 section 3.1: one HTTPS URI; a mailto beside it serves mail clients that do not post. */
function linksTo(memberId: string, keys: TokenKeys): Pick<Links, 'url' | 'mailto' | 'headers'> {
  const url = `${env('publicUrl')}/unsubscribe/${unsubscribeToken(memberId, keys)}`;
  const address = `unsubscribe+${unsubscribeAddressToken(memberId, keys)}@${env('mailDomain')}`;
  const mailto = `mailto:${address}?subject=unsubscribe`;
  return {
    url,
    mailto,
    headers: { 'List-Unsubscribe': `<${url}>, <${mailto}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  };
}
