import { listed, nameReason } from './candidates.ts';
import type { Finding, Scan } from './request.ts';
import type { PaperFacts } from './scan-facts.ts';

/** What a person should see of what was read on paper, the most telling first. */
export function paperFindings(facts: PaperFacts, scans: Scan[]): Finding[] {
  const { asks, candidates, pagesWith } = facts;
  const phrase: Finding[] = !asks
    ? []
    : asks.what === 'phrase'
      ? [{ what: 'phrase', sentence: `On ${asks.place}: ${asks.words}` }]
      : [{ what: 'near-miss', sentence: `On ${asks.place}: ${asks.words}`, difference: asks.difference }];
  const led: Finding[] = candidates.map(({ memberId, reasons }) => ({
    what: 'candidate',
    memberId,
    sentence: `${capital(
      listed(
        reasons.map((reason) => `${nameReason(reason)} on ${pagesWith(reason.words)[0]?.place ?? 'several pages'}`),
      ),
    )}.`,
  }));
  const problems: Finding[] = scans.flatMap((scan) =>
    problemsOf(scan, facts).map((problem) => ({ what: 'scan', sentence: `"${scan.name}": ${problem}` })),
  );
  return [...phrase, ...led, ...problems];
}

/** Of the file, and of its pages: at most so many, and how many more. */
function problemsOf({ scanId, problem }: Scan, { pages }: PaperFacts): string[] {
  const ofPages = pages.flatMap((page) => (page.scanId === scanId && page.problem ? [page.problem] : []));
  const more = ofPages.length - mostProblems;
  return [
    ...(problem ? [problem] : []),
    ...ofPages.slice(0, mostProblems),
    ...(more > 0 ? [`${capital(counted(more, 'more page'))} could not be read well.`] : []),
  ];
}

const mostProblems = 3;

/** A sentence or two for the history: what was read, and what followed from it. */
export function paperReason(facts: PaperFacts, outcome: PaperOutcome): string {
  const { pages } = facts;
  const unread = pages.filter(({ text, problem }) => problem !== undefined && text === '').length;
  const lost = outcome.scans.filter((scan) => !scan.pages).length;
  const missing = [
    ...(unread > 0 ? [`${capital(counted(unread, 'page'))} could not be read as text.`] : []),
    ...(lost > 0 ? [`${capital(counted(lost, 'file'))} could not be read.`] : []),
  ];
  const left = missing.length > 0 ? [...missing, 'A person looks at what is missing.'] : [];
  const read = pages.length - unread;
  if (read === 0) return left.join(' ');
  return [
    `${capital(counted(read, 'page'))} ${read === 1 ? 'was' : 'were'} read.`,
    saysWhat(facts, outcome),
    ...left,
  ].join(' ');
}

export interface PaperOutcome {
  scans: Scan[];
  /** How many members' images are held because of it. */
  held: number;
  /** A person has decided already. */
  closed: boolean;
}

function saysWhat({ asks, candidates, certain }: PaperFacts, { held, closed }: PaperOutcome): string {
  const phrase = !asks
    ? 'The text does not carry the phrase'
    : asks.what === 'phrase'
      ? 'The text carries the phrase'
      : 'The text comes near the phrase';
  if (closed) return `${phrase}; a person had decided before, so nothing changes.`;
  if (held > 0)
    return `${phrase}${certain ? ' and leads to one member' : ''}, so until a person decides the images are not used.`;
  if (candidates.length === 0) return `${phrase}, and it leads to no member: a person looks.`;
  const led = certain ? 'leads to one member' : `${counted(candidates.length, 'member')} may be meant`;
  return `${phrase}${certain ? ' but ' : '; '}${led}: a person decides.`;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
