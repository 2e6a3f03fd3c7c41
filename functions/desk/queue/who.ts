import { getMembers } from '../../../shared/members/directory.ts';
import type { Member } from '../../../shared/members/member.ts';
import type { WrittenRequest } from '../../../shared/requests/request.ts';

/** Members by id, for a list that names them. */
export type MembersById = ReadonlyMap<string, Member>;

/** The members that the requests of one page name, read together. */
export async function membersOf(requests: WrittenRequest[]): Promise<MembersById> {
  const members = await getMembers(
    requests.flatMap((request) => {
      const proposed = proposedOf(request);
      return [...memberIdsOf(request), ...(proposed ? [proposed] : [])].slice(0, namedAtMost);
    }),
  );
  return new Map(members.map((member) => [member.memberId, member]));
}

/** Who a request is from, as short as a list needs it: names, else the address, else that nobody knows yet. */
export function whoWrote(request: WrittenRequest, members: MembersById): { name: string; more?: string } {
  const ids = memberIdsOf(request);
  const [first] = ids;
  if (first !== undefined) {
    const member = members.get(first);
    const name = member?.name ?? `member ${first}`;
    return ids.length > 1
      ? { name, more: `and ${ids.length - 1} more` }
      : { name, more: member && `@${member.handle}` };
  }
  const proposed = members.get(proposedOf(request) ?? '');
  if (proposed) return { name: `perhaps ${proposed.name}`, more: request.summary.from };
  return { name: request.summary.from ?? 'Not known yet' };
}

/** The likeliest of those whom the pages of a scan name, as long as it is not certain. */
const proposedOf = ({ scans, findings = [] }: WrittenRequest): string | undefined =>
  scans && findings.find(({ what, memberId }) => what === 'candidate' && memberId)?.memberId;

function memberIdsOf({ who, summary }: WrittenRequest): string[] {
  const own = who?.startsWith('member/') ? [who.slice('member/'.length)] : [];
  return [...new Set([...own, ...summary.memberIds])];
}

/** A list names the first; the page of the request names all. */
const namedAtMost = 1;
