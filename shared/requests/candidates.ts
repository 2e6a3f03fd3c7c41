import type { Member } from '../members/member.ts';
import type { Mentions } from './mentions.ts';

/** A member that a stranger's request may be about. Only ever proposed to a person. */
export interface Candidate {
  memberId: string;
  /** One sentence with the words that led to the member. */
  because: string;
  /** To sort by, higher first; says nothing by itself. */
  strength: number;
  /** The words that led to the member, each once. */
  reasons: Reason[];
}

export interface Reason {
  kind: 'address' | 'profile number' | 'user name' | 'name';
  words: string;
}

/** As in members/directory.ts. Each compares as mail systems and the site do; none merges plus tags or dots. */
export interface Lookups {
  findByAddress: (address: string) => Promise<Member[]>;
  findByHandle: (handle: string) => Promise<Member[]>;
  findByName: (name: string) => Promise<Member[]>;
  /** For profile URLs that carry the id. Left out where the site has none of these. */
  findById?: (memberId: string) => Promise<Member[]>;
}

/** The members whom a text mentions, the likeliest first: at most ten, each once, by at most twenty look-ups. */
export async function candidates(mentions: Mentions, lookups: Lookups): Promise<Candidate[]> {
  const asked = questions(mentions, lookups).slice(0, mostLookups);
  const answers = await Promise.all(asked.map(({ find, words }) => find(words)));
  const found = new Map<string, { reasons: Reason[]; strength: number }>();
  for (const [index, members] of answers.entries()) {
    const { kind, words, strength } = asked[index]!;
    for (const { memberId } of members) {
      const candidate = found.get(memberId) ?? { reasons: [], strength: 0 };
      candidate.reasons.push({ kind, words });
      // What several members have in common points to none of them.
      candidate.strength += strength / members.length;
      found.set(memberId, candidate);
    }
  }
  return [...found]
    .map(([memberId, { reasons, strength }]) => ({ memberId, because: sentence(reasons), strength, reasons }))
    .sort((a, b) => b.strength - a.strength || (a.memberId < b.memberId ? -1 : 1))
    .slice(0, mostCandidates);
}

const mostLookups = 20;
const mostCandidates = 10;

interface Question {
  kind: Reason['kind'];
  words: string;
  strength: number;
  find: (words: string) => Promise<Member[]>;
}

/** The telling kinds come first, each with a share of the look-ups, so that a list of one kind leaves room for names. */
function questions(mentions: Mentions, { findByAddress, findByHandle, findByName, findById }: Lookups): Question[] {
  const ask = (all: string[], share: number, question: Omit<Question, 'words'>): Question[] =>
    all.slice(0, share).map((words) => ({ words, ...question }));
  return [
    ...ask(mentions.addresses, 5, { kind: 'address', strength: 8, find: findByAddress }),
    ...(findById ? ask(mentions.memberIds, 3, { kind: 'profile number', strength: 8, find: findById }) : []),
    ...ask(mentions.handles, 5, { kind: 'user name', strength: 6, find: findByHandle }),
    ...ask(mentions.names, mostLookups, { kind: 'name', strength: 3, find: findByName }),
  ];
}

const sentence = (reasons: Reason[]): string => `The mail holds ${listed(reasons.map(nameReason))}.`;

/** As it stands in a sentence. */
export const nameReason = ({ kind, words }: Reason): string => `the ${kind} "${words}"`;

export const listed = (parts: string[]): string =>
  new Intl.ListFormat('en', { type: 'conjunction' }).format([...new Set(parts)].slice(0, 5));
