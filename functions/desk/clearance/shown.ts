import type { Clearance } from '../../../shared/clearance/check.ts';
import type { KeptCheck } from '../../../shared/clearance/check-record.ts';
import { getMembers } from '../../../shared/members/directory.ts';
import type { Member } from '../../../shared/members/member.ts';
import type { OptOut, Subject } from '../../../shared/optouts/opt-out.ts';
import { readOptOuts } from '../../../shared/optouts/store.ts';

/** The part of a check that a page shows. */
export interface Shown {
  results: Clearance[];
  /** By id, as the directory has them now. */
  members: Map<string, Member>;
  /** As they are now: what was clear then may not be. */
  optOuts: Map<Subject, OptOut>;
  /** Only what may not be used. */
  refusedOnly: boolean;
  from: number;
  /** How many there are to page through. */
  count: number;
}

export const pageSize = 100;

export async function shownOf({ results }: KeptCheck, query: Record<string, string>): Promise<Shown> {
  const refusedOnly = query.only === 'refused';
  const all = refusedOnly ? results.filter(({ allowed }) => !allowed) : results;
  const from = Math.max(0, Math.floor(Number(query.from) || 0));
  const shown = all.slice(from, from + pageSize);
  const ids = shown.map(({ subject }) => subject).filter((subject) => subject.startsWith('member/'));
  const [members, optOuts] = await Promise.all([
    getMembers(ids.map((subject) => subject.slice('member/'.length))),
    readOptOuts([...new Set(shown.map(({ subject }) => subject))]),
  ]);
  return {
    ...{ results: shown, optOuts, refusedOnly, from, count: all.length },
    members: new Map(members.map((member) => [member.memberId, member])),
  };
}
