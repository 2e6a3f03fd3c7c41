import type { Member } from '../../../shared/members/member.ts';
import { allScopes, type Scope, type Subject, subjectsOf } from '../../../shared/optouts/opt-out.ts';
import type { Cover } from '../../../shared/requests/request.ts';

/** A manager of more communities than anybody can tick one by one gets one box for the rest. */
export const mostSubjects = 30;

/** The value of a box. Neither part has a space in it. */
export const boxOf = (subject: Subject, scope: Scope): string => `${subject} ${scope}`;
export const restOf = ({ memberId }: Pick<Member, 'memberId'>): string => `member/${memberId} rest`;

/** What the ticked boxes ask for. Those of other members, which a page sends along unseen, do not count. */
export function ticked(member: Member, boxes: readonly string[]): Cover[] {
  const wanted = new Set(boxes);
  const rest = wanted.has(restOf(member));
  return subjectsOf(member)
    .map((subject, place) => ({
      subject,
      scopes: allScopes(subject).filter((scope) => (place < mostSubjects ? wanted.has(boxOf(subject, scope)) : rest)),
    }))
    .filter(({ scopes }) => scopes.length > 0);
}
