import { getMembers, managersOf } from '../../members/directory.ts';
import type { Member } from '../../members/member.ts';
import { allScopes, type Scope, type Subject, subjectsOf } from '../../optouts/opt-out.ts';
import { type Cursor, requestsOf } from '../queue.ts';
import { type Cover, isOpen, type WrittenRequest } from '../request.ts';
import { includes, union } from './covers.ts';
import { isMembersWord } from './members-word.ts';

/**
 * Another granted request, and what it asked for. It may block nothing, because a block was there when it came; should
 * that block go, this request blocks in its place.
 */
export interface Heir {
  requestId: string;
  covers: Cover[];
  /** When it was granted. */
  at?: string;
}

/** The request that blocks these images once another one does not: none from before the member opted back in. */
export const heirOf = (
  heirs: readonly Heir[],
  subject: Subject,
  scope: Scope,
  optedIn: string | undefined,
): string | undefined =>
  heirs.find(({ covers, at }) => includes(covers, subject, scope) && !(optedIn && at && at <= optedIn))?.requestId;

/**
 * What a granted request of a member asked for; nothing for one that is not granted. The member's own word stands while
 * a reply to it waits to be read.
 */
export function grantedOf(request: WrittenRequest, member: Member): Cover[] {
  const { state, decision, covers = [], confirmations } = request;
  if (!isMembersWord(request)) return state === 'granted' ? covers : [];
  if (state !== 'granted' && !isOpen(state)) return [];
  if (decision.rule === 'already-in-effect') return union(allOf(member), covers);
  const said = decision.effects.filter(
    ({ effect, memberId }) => effect === 'block' || confirmations[memberId] === 'yes',
  );
  return union(said, covers);
}

/** Reads who else asked for the same images: the member themselves, or the managers of the community. */
export async function readHeirs(requestId: string, subjects: readonly Subject[]): Promise<Heir[]> {
  const members = (await Promise.all([...new Set(subjects)].map(speakersFor))).flat();
  const each = new Map(members.map((member) => [member.memberId, member]));
  const found = await Promise.all([...each.values()].map((member) => heirsOf(member, requestId, subjects)));
  return found.flat();
}

/**
 * Those among a member's newest requests; one of each scope is enough. Anybody can send mails in a member's name, so
 * where one is missing still, older requests are read as well.
 */
async function heirsOf(member: Member, requestId: string, subjects: readonly Subject[]): Promise<Heir[]> {
  const wanted = allOf(member).filter(({ subject }) => subjects.includes(subject));
  const heirs: Heir[] = [];
  let after: Cursor | undefined;
  for (let read = 0; read < mostRead; read += pageSize) {
    const { requests, next } = await requestsOf(`member/${member.memberId}`, { limit: pageSize, after });
    const others = requests.filter((request) => request.requestId !== requestId);
    heirs.push(...others.map((request) => asHeir(request, member)).filter(({ covers }) => covers.length > 0));
    if (!next || areMet(wanted, heirs)) break;
    after = next;
  }
  return heirs;
}

const pageSize = 100;
const mostRead = 2_000;

const asHeir = (request: WrittenRequest, member: Member): Heir => ({
  requestId: request.requestId,
  covers: grantedOf(request, member),
  at: grantedAt(request),
});

const areMet = (wanted: readonly Cover[], heirs: readonly Heir[]): boolean =>
  wanted.every(({ subject, scopes }) =>
    scopes.every((scope) => heirs.some(({ covers }) => includes(covers, subject, scope))),
  );

const grantedAt = ({ history, receivedAt }: WrittenRequest): string =>
  history.findLast(({ state }) => state === 'granted')?.at ?? receivedAt;

const speakersFor = (subject: Subject): Promise<Member[]> => {
  const id = subject.slice(subject.indexOf('/') + 1);
  return subject.startsWith('member/') ? getMembers([id]) : managersOf(id);
};

const allOf = (member: Member): Cover[] =>
  subjectsOf(member).map((subject) => ({ subject, scopes: [...allScopes(subject)] }));
