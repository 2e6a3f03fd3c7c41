import { getMembers, managersOf } from '../../../shared/members/directory.ts';
import type { Member } from '../../../shared/members/member.ts';
import { type OptOut, type Subject, subjectsOf } from '../../../shared/optouts/opt-out.ts';
import { readOptOuts } from '../../../shared/optouts/store.ts';
import { requestsOf } from '../../../shared/requests/queue.ts';
import type { WrittenRequest } from '../../../shared/requests/request.ts';
import { readRequest } from '../../../shared/requests/store.ts';
import { type MembersById, membersOf } from '../queue/who.ts';

/** What the desk knows of a member: read now, strongly consistent but for the list of requests. */
export interface MemberFacts {
  member: Member;
  /** The member's own, then those of the communities that they manage. */
  optOuts: OptOut[];
  /** A page of them, the newest first. */
  requests: WrittenRequest[];
  next?: string;
  after?: string;
}

export interface CommunityFacts {
  communityId: string;
  managers: Member[];
  optOut: OptOut;
  requests: WrittenRequest[];
  /** The members that the requests name. */
  members: MembersById;
}

/** Undefined where the directory has no such member. */
export async function readMember(memberId: string, after?: string): Promise<MemberFacts | undefined> {
  const [member] = await getMembers([memberId]);
  if (!member) return undefined;
  const subjects = subjectsOf(member);
  const [optOuts, { requests, next }] = await Promise.all([
    readOptOuts(subjects),
    requestsOf(`member/${memberId}`, { limit: 20, after }),
  ]);
  return { member, optOuts: subjects.map((subject) => optOuts.get(subject)!), requests, next, after };
}

/** Undefined where nobody manages it and nothing ever happened to it: communities are known by their managers alone. */
export async function readCommunity(communityId: string): Promise<CommunityFacts | undefined> {
  const subject: Subject = `community/${communityId}`;
  const [managers, optOuts] = await Promise.all([managersOf(communityId), readOptOuts([subject])]);
  const optOut = optOuts.get(subject)!;
  if (managers.length === 0 && optOut.version === 0) return undefined;
  const requests = await requestsBehind(optOut);
  return { communityId, managers, optOut, requests, members: await membersOf(requests) };
}

/** The requests that changed an opt-out lately: its last changes name at most twenty. */
async function requestsBehind({ changes }: OptOut): Promise<WrittenRequest[]> {
  const ids = [...new Set(changes.map(({ requestId }) => requestId))];
  const requests = (await Promise.all(ids.map(readRequest))).filter((request) => request !== undefined);
  return requests.sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1));
}
