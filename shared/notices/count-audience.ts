import { unreachableAmong } from '../members/unreachable.ts';
import { type MemberPage, readMemberPage, type WalkedMember } from '../members/walk.ts';
import { isInAudience, languageFor } from './audience.ts';
import type { Draft } from './draft.ts';
import { type Rate, readRate } from './rate.ts';

/** The dry run: who would be told if it were sent now, and how long that would take. */
export interface AudienceCount {
  members: number;
  /** By the language in which they would read it. */
  byLanguage: Record<string, number>;
  /** Told by the site alone, since their address takes no mail. */
  unreachable: number;
  rate: Rate;
  /** Of sending, at this rate; the answers that go out meanwhile do not slow it. */
  minutes: number;
  /** False where the directory is too big for the time: then every figure is "at least". */
  complete: boolean;
}

/** Counts for as many seconds as a page of the desk may take. Memory does not grow with the directory. */
export async function countAudience(
  draft: Pick<Draft, 'audience' | 'texts' | 'fallback'>,
  { at, seconds = 12 }: { at: string; seconds?: number },
): Promise<AudienceCount> {
  const end = Date.now() + seconds * 1000;
  const notice = { ...draft, asOf: at };
  const [byLanguage, totals] = [{} as Record<string, number>, { members: 0, unreachable: 0 }];
  let next: MemberPage['next'];
  do {
    const page = await readMemberPage(next, membersAPage);
    const told = page.members.filter((member) => isInAudience(member, notice));
    totals.members += told.length;
    totals.unreachable += await countUnreachable(told);
    for (const member of told) {
      const language = languageFor(member, notice);
      byLanguage[language] = (byLanguage[language] ?? 0) + 1;
    }
    next = page.next;
  } while (next && Date.now() < end);
  const rate = await readRate();
  return { ...totals, byLanguage, rate, minutes: minutesFor(totals, rate), complete: !next };
}

/** Whether there is anybody to tell. Ends with the first member found, and gives the benefit of the doubt after a while. */
export async function hasAudience(
  draft: Pick<Draft, 'audience' | 'texts' | 'fallback'>,
  at: string,
  seconds = 5,
): Promise<boolean> {
  const end = Date.now() + seconds * 1000;
  let next: MemberPage['next'];
  do {
    const page = await readMemberPage(next, membersAPage);
    if (page.members.some((member) => isInAudience(member, { ...draft, asOf: at }))) return true;
    next = page.next;
  } while (next && Date.now() < end);
  return next !== undefined;
}

/** Items read at once, of which a quarter are members. */
const membersAPage = 2_000;

const minutesFor = ({ members, unreachable }: { members: number; unreachable: number }, { perMinute }: Rate): number =>
  Math.ceil((members - unreachable) / perMinute);

const countUnreachable = async (members: WalkedMember[]): Promise<number> => {
  const marked = await unreachableAmong(members.map(({ primaryEmail }) => primaryEmail));
  return members.filter(({ primaryEmail }) => marked.has(primaryEmail)).length;
};
