import { type Delivery, deliveriesOf } from '../../../shared/deliveries/of-request.ts';
import { canonicalAddress } from '../../../shared/members/address.ts';
import { getMembers } from '../../../shared/members/directory.ts';
import { addressesOf, type Member } from '../../../shared/members/member.ts';
import { type OptOut, type Subject, subjectsOf } from '../../../shared/optouts/opt-out.ts';
import { readOptOuts } from '../../../shared/optouts/store.ts';
import { type Reader, readersOf } from '../../../shared/requests/by-person/readers.ts';
import { requestsOf } from '../../../shared/requests/queue.ts';
import { isOpen, type WrittenRequest } from '../../../shared/requests/request.ts';
import { idsIn, type Names } from '../views/with-names.ts';
import { type MemberInQuestion, membersInQuestion } from './members-in-question.ts';

/** All that is known of a request beside its evidence. */
export interface Known {
  request: WrittenRequest;
  /** Whom it may be about, likeliest first, and why. */
  inQuestion: (MemberInQuestion & { member?: Member })[];
  /** The present opt-outs of all that these members can speak for. */
  optOuts: Map<Subject, OptOut>;
  /** What else the same person has open, and what they asked before, newest first. */
  others: WrittenRequest[];
  /** Who would read what a person writes now. */
  readers: Reader[];
  /** Our answers. */
  deliveries: Delivery[];
  /** The names of all members whom the page speaks of. */
  names: Names;
}

/** Reads by keys and indexes only, so its cost does not grow with what is stored. `more`: members that somebody chose. */
export async function gather(request: WrittenRequest, more: string[] = []): Promise<Known> {
  const inQuestion = membersInQuestion(request, more);
  const [{ members, optOuts }, others, readers, deliveries, named] = await Promise.all([
    withOptOuts(inQuestion.map(({ memberId }) => memberId)),
    request.who ? requestsOf(request.who, { limit: 10 }) : undefined,
    readersOf(request),
    deliveriesOf(request.requestId),
    getMembers(membersNamed(request)),
  ]);
  return {
    request,
    inQuestion: inQuestion.map((each) => withMember(each, members.get(each.memberId), request.summary.from)),
    optOuts,
    others: openFirst(others?.requests ?? []).filter(({ requestId }) => requestId !== request.requestId),
    readers,
    deliveries,
    names: new Map([...members.values(), ...named].map(({ memberId, name }) => [memberId, name])),
  };
}

/** Whom the history, what was decided and our answers speak of. */
function membersNamed({ history, decision, covers = [], lastAnswer }: WrittenRequest): string[] {
  const subjects = covers.flatMap(({ subject }) => (subject.startsWith('member/') ? [subject.slice(7)] : []));
  const told = lastAnswer?.memberId ? [lastAnswer.memberId] : [];
  const ids = idsIn([decision.reason, ...history.map(({ reason }) => reason)]);
  return [...new Set([...told, ...subjects, ...ids])].slice(0, mostNamed);
}

const mostNamed = 50;

/** Of the member whose address the mail names as its sender that is the first reason. */
function withMember({ memberId, because }: MemberInQuestion, member: Member | undefined, from: string | undefined) {
  const sender = from && canonicalAddress(from);
  const isSender = sender && member && addressesOf(member).some((own) => canonicalAddress(own) === sender);
  return { memberId, member, because: isSender ? [isFromThem, ...because] : because };
}

const isFromThem = 'The mail says that it comes from an address of theirs.';

/** Members by id, and the opt-outs of all their subjects. */
export async function withOptOuts(memberIds: string[]) {
  const found = await getMembers(memberIds);
  return {
    members: new Map(found.map((member) => [member.memberId, member])),
    optOuts: await readOptOuts(found.flatMap(subjectsOf)),
  };
}

const openFirst = (requests: WrittenRequest[]): WrittenRequest[] =>
  requests.toSorted((a, b) => Number(isOpen(b.state)) - Number(isOpen(a.state)));
