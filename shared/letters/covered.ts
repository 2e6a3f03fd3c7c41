import type { Block, Covered, LetterFacts } from './letter.ts';

/** How a locale names what is covered. */
export interface CoveredWords {
  profile: string;
  community: (id: string) => string;
  header: (id: string) => string;
  pages: (id: string) => string;
  /** Marketing mail, which is no image. */
  offers: string;
}

/** The lines that say what is covered: exactly what a person chose, else all that a member can ask for. */
export const coveredLines = ({ covers, communities }: LetterFacts, words: CoveredWords): string[] =>
  covers ? covers.flatMap((one) => linesOf(one, words)) : [words.profile, ...communities.map(words.community)];

/** What a member chose on the preferences page: what we do no more, and what we may do again, each where there is any. */
export const chosenBlocks = (
  { covers = [], allowed = [] }: LetterFacts,
  words: CoveredWords,
  { off, on }: { off: string; on: string },
): Block[] =>
  [
    { sentence: off, covered: covers },
    { sentence: on, covered: allowed },
  ]
    .filter(({ covered }) => covered.length > 0)
    .flatMap(({ sentence, covered }) => [sentence, covered.flatMap((one) => linesOf(one, words))]);

function linesOf({ subject, scopes }: Covered, { profile, community, header, pages, offers }: CoveredWords): string[] {
  if (subject.startsWith('member/')) {
    const isMailToo = scopes.includes('marketing-email');
    return [...(scopes.length > Number(isMailToo) ? [profile] : []), ...(isMailToo ? [offers] : [])];
  }
  const id = subject.slice('community/'.length);
  if (scopes.length > 1) return [community(id)];
  return [scopes.includes('pages') ? pages(id) : header(id)];
}

/** What a person wrote, paragraph by paragraph. */
export const written = ({ words = '' }: LetterFacts): string[] =>
  words.split(/\n+/).filter((line) => line.trim() !== '');

/** The link to the request at the desk, for letters that staff read. */
export const atDesk = ({ deskUrl, requestId }: LetterFacts, words: string) =>
  deskUrl ? [{ link: `${deskUrl}/requests/${requestId}`, words }] : [];

/** The same for a letter about a notice, whose id takes the place of a request's. */
export const noticeAtDesk = ({ deskUrl, requestId }: LetterFacts, words: string) =>
  deskUrl ? [{ link: `${deskUrl}/notices/${requestId}`, words }] : [];
