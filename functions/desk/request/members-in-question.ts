import type { WrittenRequest } from '../../../shared/requests/request.ts';

/** A member that a request may be about, and the sentences that say why. */
export interface MemberInQuestion {
  memberId: string;
  because: string[];
}

/**
 * Whom a request may be about: first those whom its arrival names, then those whom a rule has set a flag for, then the
 * candidates of the text, then whom somebody chose on the page. Each once, at most twenty, as many as a person can
 * compare. The sender of a mail is told apart by the address, which gather.ts knows.
 */
export function membersInQuestion(request: WrittenRequest, chosen: string[] = []): MemberInQuestion[] {
  const { summary, decision, findings = [], channel, who } = request;
  const reasons = new Map<string, string[]>(summary.memberIds.map((memberId) => [memberId, []]));
  const add = (memberId: string, ...because: string[]) =>
    reasons.set(memberId, [...new Set([...(reasons.get(memberId) ?? []), ...because])]);
  for (const { memberId } of decision.effects) add(memberId);
  for (const { memberId, sentence } of [...(decision.found ?? []), ...findings]) if (memberId) add(memberId, sentence);
  if (channel === 'letter' || channel === 'other')
    for (const memberId of summary.memberIds)
      if (reasons.get(memberId)!.length === 0) add(memberId, 'Whoever took it in named them.');
  for (const memberId of [...(who?.startsWith('member/') ? [who.slice('member/'.length)] : []), ...chosen])
    add(memberId);
  return [...reasons].slice(0, most).map(([memberId, because]) => ({ memberId, because }));
}

const most = 20;
