import { getMembers } from '../../members/directory.ts';
import type { Member } from '../../members/member.ts';
import { allScopes, type Scope, type Subject, subjectsOf } from '../../optouts/opt-out.ts';
import type { Cover, WrittenRequest } from '../request.ts';
import { describe, minus, union } from './covers.ts';
import { flagsOf } from './flags.ts';
import { isMembersWord } from './members-word.ts';
import { needsOpen } from './open-only.ts';
import type { Acting, Outcome, Refused } from './outcome.ts';
import { isElsewhere, lettersTo, type Reader, readerOf } from './readers.ts';
import { type Facts, type Plan, settle } from './settle.ts';
import { checkWords } from './words.ts';

export interface Grant extends Acting {
  /** Whose request it is. */
  memberId: string;
  /** What the member asked for: at least one scope of what is theirs. */
  grants: Cover[];
  words?: string;
}

/**
 * Grants a request: blocks what the person chose, ends what the request held beside it, and tells the member exactly
 * what is covered.
 */
export async function grant(request: WrittenRequest, { memberId, grants, ...acting }: Grant): Promise<Outcome> {
  const checked = checkWords(acting.words);
  if ('refused' in checked) return checked;
  const [member] = await getMembers([memberId]);
  const chosen = checkGrants(memberId, member, grants);
  if ('refused' in chosen) return chosen;
  return settle(request, {
    ...acting,
    ...checked,
    rule: 'granted',
    plan: (facts) => needsOpen(facts.request) ?? planGrant(facts, chosen, readersAmong(chosen.member)),
  });
}

/** A member, and what they asked for. */
export interface Chosen {
  member: Member;
  grants: Cover[];
}

/** The member of the directory reads it, at an address that is not ours. */
export const readersAmong = (member: Member): Reader[] => [readerOf(member)].filter(isElsewhere);

/** What the member can speak for, of what was chosen; a sentence where it is not theirs. */
export function checkGrants(
  memberId: string,
  member: Member | undefined,
  grants: Cover[],
  scopesOf: (subject: Subject) => readonly Scope[] = allScopes,
): Chosen | Refused {
  if (!member) return { refused: `There is no member ${memberId} in the directory. Choose another one.` };
  const chosen = union([], grants).filter(({ scopes }) => scopes.length > 0);
  if (chosen.length === 0) return { refused: 'Nothing is chosen. Choose at least one kind of image.' };
  const own = subjectsOf(member);
  const wrong = chosen.find(
    ({ subject, scopes }) => !own.includes(subject) || !scopes.every((scope) => scopesOf(subject).includes(scope)),
  );
  if (!wrong) return { member, grants: chosen };
  return {
    refused: `${member.name} cannot ask for the ${describe([wrong])}. Choose what is theirs, or another member.`,
  };
}

/** What the member's own word blocks stays, whatever the person chose: only the member can opt back in. */
export function planGrant({ at, present, request }: Facts, { member, grants }: Chosen, readers: Reader[]): Plan {
  const covers = isMembersWord(request) ? union(grants, present.blocks) : grants;
  const letGo = minus(present.holds, covers);
  const letter = covers.every(({ scopes }) => scopes.every((scope) => scope === 'marketing-email'))
    ? 'unsubscribed'
    : 'granted';
  const { answers, fields } = lettersTo(readers, letter, { covers, since: at });
  return {
    state: 'granted',
    reason: `Granted: ${describe(covers)}.`,
    flags: [
      ...flagsOf('block', covers),
      ...flagsOf('give-up', minus(present.blocks, covers)),
      ...flagsOf('let-go', letGo),
    ],
    answers,
    fields: {
      who: `member/${member.memberId}`,
      whoFound: request.whoFound ?? (request.who ? { who: request.who } : {}),
      covers,
      released: letGo,
      ...fields,
    },
  };
}
