import { type Delivery, deliveriesOf } from '../../../shared/deliveries/of-request.ts';
import { InvalidInput } from '../../../shared/errors.ts';
import { getMembers } from '../../../shared/members/directory.ts';
import type { Member } from '../../../shared/members/member.ts';
import { type OptOut, type Subject, subjectsOf } from '../../../shared/optouts/opt-out.ts';
import { readOptOuts } from '../../../shared/optouts/store.ts';
import type { WrittenRequest } from '../../../shared/requests/request.ts';
import { readRequest } from '../../../shared/requests/store.ts';

/** What the tables know of a request, read before its evidence: a step that comes later is then in the evidence alone. */
export interface DossierFacts {
  request: WrittenRequest;
  members: Member[];
  optOuts: OptOut[];
  deliveries: Delivery[];
}

/** Throws InvalidInput where there is no such request. */
export async function readFacts(requestId: string): Promise<DossierFacts> {
  const request = await readRequest(requestId);
  if (!request) throw new InvalidInput(`There is no request ${requestId}: look its number up in the queue.`);
  const members = await getMembers(memberIdsOf(request));
  const [optOuts, deliveries] = await Promise.all([
    readOptOuts(concerned(request, members)),
    deliveriesOf(request.requestId),
  ]);
  return { request, members, optOuts: [...optOuts.values()].filter(({ version }) => version > 0), deliveries };
}

/** Whoever seems to ask, whoever is asked about, and whomever we answered. */
function memberIdsOf({ summary, who = '', decision, lastAnswer, ...request }: WrittenRequest): string[] {
  const told = [...decision.effects, ...decision.answers, ...(lastAnswer ? [lastAnswer] : [])];
  const subjects = [who, ...touched({ decision, ...request })].filter((subject) => subject.startsWith('member/'));
  const ids = [...summary.memberIds, ...told.flatMap(({ memberId }) => memberId ?? [])];
  return [...new Set([...subjects.map((subject) => subject.slice('member/'.length)), ...ids])].slice(0, mostMembers);
}

/** More share no address; beyond that the request's own item names them. */
const mostMembers = 100;

/** The subjects that the request touched, and all that its members can speak for. */
const concerned = (request: WrittenRequest, members: Member[]): Subject[] => [
  ...new Set([...touched(request), ...members.flatMap(subjectsOf)]),
];

/** What it held or blocked at any time: on arrival, by a person's decision, or until it was closed. */
const touched = ({ decision, covers = [], released = [] }: Pick<WrittenRequest, 'decision' | 'covers' | 'released'>) =>
  [...decision.effects, ...covers, ...released].map(({ subject }) => subject);
