import type { Member } from '../members/member.ts';
import { allScopes, type OptOut, type Scope, type Subject, stateOf, subjectsOf } from '../optouts/opt-out.ts';
import { choose, includes } from './by-person/covers.ts';
import type { Choice, Cover } from './request.ts';

/** What the member wants of one scope; what is not named stays as it is. */
export interface Wish {
  subject: Subject;
  scope: Scope;
  want: 'block' | 'allow';
}

/** All that a member can choose: their own images and marketing mail, and the images of each community they manage. */
export const choosable = (member: Pick<Member, 'memberId' | 'manages'>): Cover[] =>
  subjectsOf(member).map((subject) => ({
    subject,
    scopes: [...allScopes(subject), ...(subject.startsWith('member/') ? (['marketing-email'] as const) : [])],
  }));

/**
 * What changes by the wishes, given what is in effect. Wishes for what is not the member's, or is so already, are left
 * out, so that a page that was open for a while undoes nothing.
 */
export function planPreferences(
  member: Pick<Member, 'memberId' | 'manages'>,
  wishes: readonly Wish[],
  optOuts: ReadonlyMap<Subject, OptOut>,
): Pick<Choice, 'block' | 'allow' | 'keep' | 'lifts'> {
  const all = choosable(member);
  const now = (subject: Subject, scope: Scope) => stateOf(optOuts.get(subject) ?? { scopes: {} }, scope).state;
  const wanted = (subject: Subject, scope: Scope) =>
    wishes.find((wish) => wish.subject === subject && wish.scope === scope)?.want;
  const block = choose(
    all,
    ({ subject }, scope) => wanted(subject, scope) === 'block' && now(subject, scope) !== 'blocked',
  );
  const allow = choose(
    all,
    ({ subject }, scope) => wanted(subject, scope) === 'allow' && now(subject, scope) !== 'clear',
  );
  const changes = [...block, ...allow];
  const keep = choose(all, ({ subject }, scope) => !includes(changes, subject, scope));
  return { block, allow, keep, lifts: liftsOf(allow, optOuts) };
}

/** The requests behind what is allowed again. A flood of forged ones would not fit: their first are enough. */
const liftsOf = (allow: Cover[], optOuts: ReadonlyMap<Subject, OptOut>): string[] =>
  [
    ...new Set(
      allow.flatMap(({ subject, scopes }) =>
        scopes.flatMap((scope) => {
          const { blockedBy = {}, holds = {} } = optOuts.get(subject)?.scopes[scope] ?? {};
          return [...Object.keys(blockedBy), ...Object.keys(holds)];
        }),
      ),
    ),
  ]
    .filter((id) => id.startsWith('W-'))
    .slice(0, mostLifts);

const mostLifts = 200;
