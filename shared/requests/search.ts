import { canonicalAddress } from '../members/address.ts';
import { findByAddress, findByHandle, findByName, getMembers } from '../members/directory.ts';
import type { Member } from '../members/member.ts';
import { readRequestId } from './id.ts';
import { requestsOf } from './queue.ts';
import type { WrittenRequest } from './request.ts';
import { readRequest } from './store.ts';

export interface Found {
  requests: WrittenRequest[];
  members: Member[];
}

/**
 * Finds requests and members by what a person types: a request id in any case, with or without dashes; an address, a
 * handle, a member id or a whole name. Each is a look-up by key, so it costs the same whatever is stored.
 */
export async function search(text: string): Promise<Found> {
  const typed = text.trim().slice(0, longest);
  if (!typed) return { requests: [], members: [] };
  const requestId = readRequestId(typed);
  const request = requestId && (await readRequest(requestId));
  if (request) return { requests: [request], members: [] };
  const members = await findMembers(typed);
  const address = canonicalAddress(typed);
  const whose = [...members.map(({ memberId }) => `member/${memberId}`), ...(address ? [`address/${address}`] : [])];
  const pages = await Promise.all(whose.map((who) => requestsOf(who, { limit: 20 })));
  return { requests: distinct(pages.flatMap(({ requests }) => requests)), members };
}

async function findMembers(typed: string): Promise<Member[]> {
  const found = await Promise.all([
    findByAddress(typed),
    findByHandle(typed),
    findByName(typed, mostMembers),
    isMemberId(typed) ? getMembers([typed]) : [],
  ]);
  const byId = new Map(found.flat().map((member) => [member.memberId, member]));
  return [...byId.values()].slice(0, mostMembers);
}

/** The newest first. */
const distinct = (requests: WrittenRequest[]): WrittenRequest[] =>
  [...new Map(requests.map((request) => [request.requestId, request])).values()].sort((a, b) =>
    a.receivedAt < b.receivedAt ? 1 : -1,
  );

const isMemberId = (text: string): boolean => /^[^\s/]{1,128}$/.test(text);

const mostMembers = 10;
const longest = 400;
