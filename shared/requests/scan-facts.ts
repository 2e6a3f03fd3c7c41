import { type Candidate, candidates, type Lookups } from './candidates.ts';
import { type Mentions, mentions } from './mentions.ts';
import { mendAddresses } from './scan-addresses.ts';
import { phraseOn, type WrittenPhrase } from './scan-phrase.ts';

/** One page as it was read. */
export interface PaperPage {
  scanId: string;
  page: number;
  /** As a person finds it again: `page 2 of "fax.tif"`. */
  place: string;
  text: string;
  /** Why it, or its text, is missing. */
  problem?: string;
}

/** What paper says: whether it asks, and whom it may be about. */
export interface PaperFacts {
  pages: PaperPage[];
  /** The phrase on each page that has it. */
  phrases: { page: PaperPage; found: WrittenPhrase }[];
  /** The first exact one, else the first that comes near it. */
  asks?: WrittenPhrase & { place: string };
  /** The likeliest first. */
  candidates: Candidate[];
  /** The one member to whom an address, a profile or a user name on the paper leads; absent where there are more. */
  certain?: string;
  /** The pages on which words stand that led to somebody. */
  pagesWith: (words: string) => PaperPage[];
}

/** What is known beside the paper. */
export interface PaperSettings {
  /** Address of the community site. */
  siteUrl: string;
  /** Domain of our own addresses: a letter to us has one of them at its top. */
  mailDomain: string;
}

/** Gathers what the pages say, and looks up at most twenty things. */
export async function gatherPaperFacts(
  pages: PaperPage[],
  settings: PaperSettings,
  lookups: Lookups,
): Promise<PaperFacts> {
  const read = pages.map((page) => ({ page, mentioned: mentionsOn(page.text, settings) }));
  const found = await candidates(together(read.map(({ mentioned }) => mentioned)), lookups);
  const phrases = pages.flatMap((page) => {
    const one = phraseOn(page.text);
    return one ? [{ page, found: one }] : [];
  });
  return {
    pages,
    phrases,
    asks: asked(pages, phrases),
    candidates: found,
    certain: certainOf(found),
    pagesWith: (words) => read.filter(({ mentioned }) => all(mentioned).includes(words)).map(({ page }) => page),
  };
}

function asked(pages: PaperPage[], phrases: PaperFacts['phrases']): PaperFacts['asks'] {
  const best = phrases.find(({ found }) => found.what === 'phrase') ?? phrases[0];
  if (best) return { ...best.found, place: best.page.place };
  // The phrase may run over from one page, or photo, to the next.
  const over = phraseOn(pages.map(({ text }) => text).join('\n'));
  return over && { ...over, place: 'several pages' };
}

/**
 * A name alone never makes it certain, and neither does what several members have in common: then each of them is
 * among those whom it leads to.
 */
function certainOf(found: Candidate[]): string | undefined {
  const strong = found.filter(({ reasons }) => reasons.some(({ kind }) => kind !== 'name'));
  return strong.length === 1 ? strong[0]!.memberId : undefined;
}

/** What stands on a page, as it was read and as it was probably written. */
function mentionsOn(text: string, { siteUrl, mailDomain }: PaperSettings): Mentions {
  const mended = mendAddresses(text.slice(0, mostText), siteUrl);
  const both = together([mentions(text, siteUrl), ...(mended === text ? [] : [mentions(mended, siteUrl)])]);
  const own = `@${mailDomain.toLowerCase()}`;
  return { ...both, addresses: both.addresses.filter((address) => !address.toLowerCase().endsWith(own)) };
}

/** Characters, as many as `mentions` reads. */
const mostText = 64 * 1024;

const together = (several: Mentions[]): Mentions => ({
  addresses: distinct(several.flatMap(({ addresses }) => addresses)),
  handles: distinct(several.flatMap(({ handles }) => handles)),
  memberIds: distinct(several.flatMap(({ memberIds }) => memberIds)),
  names: distinct(several.flatMap(({ names }) => names)),
});

const distinct = (all: string[]): string[] => [...new Set(all)];

const all = ({ addresses, handles, memberIds, names }: Mentions): string[] => [
  ...addresses,
  ...handles,
  ...memberIds,
  ...names,
];
