import { managersOf } from '../members/directory.ts';
import type { Member } from '../members/member.ts';
import { choose } from './by-person/covers.ts';
import { isElsewhere, type Reader, readerOf } from './by-person/readers.ts';
import type { Answer, Choice, Cover } from './request.ts';

/**
 * Who hears of a choice: the member, at the primary address, and the other managers of each community that it changes,
 * each once with all that is theirs.
 */
export async function answersToChoice(member: Member, { block, allow, at }: Changes): Promise<Answer[]> {
  const others = await otherManagers(member, [...block, ...allow]);
  const own = letterTo(readerOf(member), 'preferences-changed', { covers: block, allowed: allow, since: at });
  const told = others.map((manager) => {
    const theirs = (covers: Cover[]) => choose(covers, ({ subject }) => isManagedBy(manager, subject));
    return letterTo(readerOf(manager), 'community-changed', {
      covers: theirs(block),
      allowed: theirs(allow),
      since: at,
      chosenBy: member.name,
    });
  });
  return [own, ...told].filter(isElsewhere);
}

type Changes = Pick<Choice, 'block' | 'allow' | 'at'>;

async function otherManagers({ memberId }: Member, changed: Cover[]): Promise<Member[]> {
  const ids = new Set(changed.flatMap(({ subject }) => communityOf(subject) ?? []));
  const found = new Map<string, Member>();
  for (const id of ids) {
    for (const manager of await managersOf(id)) if (manager.memberId !== memberId) found.set(manager.memberId, manager);
    if (found.size >= mostTold) break;
  }
  return [...found.values()].slice(0, mostTold);
}

/** The answers stand in the item of the request, which DynamoDB limits to 400 KB. */
const mostTold = 200;

const isManagedBy = ({ manages }: Member, subject: string): boolean =>
  manages.some((communityId) => subject === `community/${communityId}`);

const communityOf = (subject: string): string | undefined => /^community\/(.*)$/s.exec(subject)?.[1];

const letterTo = (
  reader: Reader,
  letter: Answer['letter'],
  about: Pick<Answer, 'covers' | 'allowed' | 'since' | 'chosenBy'>,
): Answer => ({ ...reader, letter, communities: [], ...about });
