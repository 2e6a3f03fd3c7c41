import { getMembers } from '../../../shared/members/directory.ts';
import type { Member } from '../../../shared/members/member.ts';
import type { OptOut, Subject } from '../../../shared/optouts/opt-out.ts';
import { readOptOuts } from '../../../shared/optouts/store.ts';
import { median, type Recall, type Standing, untilDone, untilOpened } from '../../../shared/recalls/recall.ts';
import { countRecalls, readRecalls } from '../../../shared/recalls/store.ts';
import { groupOf, lastTold, type Told } from '../../../shared/recalls/told.ts';

/** What the page shows. */
export interface Gathered {
  standing: Standing;
  recalls: Recall[];
  next?: string;
  after?: string;
  open: { count: number; more: boolean };
  figures: Figures;
  members: ReadonlyMap<string, Member>;
  optOuts: ReadonlyMap<Subject, OptOut>;
  /** The newest mail to each contact, by groupOf; of what is open alone. */
  told: ReadonlyMap<string, Told | undefined>;
}

/** Medians in milliseconds over the newest; absent while there are none. */
export interface Figures {
  untilOpened?: number;
  untilDone?: number;
}

const onePage = 100;

/** Reads one page of recalls, and of each what is true now: cost is the same however many there are. */
export async function gather(standing: Standing, after?: string): Promise<Gathered> {
  const [page, open, lastDone] = await Promise.all([
    readRecalls(standing, { limit: onePage, after }),
    countRecalls('open'),
    readRecalls('done', { limit: onePage }),
  ]);
  const { recalls, next } = page;
  const groups = standing === 'open' ? [...new Set(recalls.map(groupOf))] : [];
  const [members, optOuts, told] = await Promise.all([
    getMembers(recalls.flatMap(({ subject }) => (subject.startsWith('member/') ? [subject.slice(7)] : []))),
    readOptOuts([...new Set(recalls.map(({ subject }) => subject))]),
    Promise.all(groups.map(async (group) => [group, await lastTold(group)] as const)),
  ]);
  return {
    ...{ standing, recalls, next, after, open, optOuts, told: new Map(told) },
    members: new Map(members.map((member) => [member.memberId, member])),
    figures: figuresOf(standing === 'open' ? recalls : [], lastDone.recalls),
  };
}

const figuresOf = (open: Recall[], done: Recall[]): Figures => ({
  untilOpened: median([...open, ...done].map(untilOpened)),
  untilDone: median(done.map(untilDone)),
});
