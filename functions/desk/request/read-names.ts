import type { PageText } from '../../../shared/evidence/pages.ts';
import { mentions } from '../../../shared/requests/mentions.ts';
import type { WrittenRequest } from '../../../shared/requests/request.ts';

/** Something on a page that may be a person, and that leads to nobody in the directory as it was read. */
export interface ReadName {
  words: string;
  page: number;
}

/**
 * User names, addresses and names on the pages that led to no member when they were looked up, the telling kinds first:
 * perhaps one letter of them was read wrong, which a person mends faster than they type the whole.
 */
export function readNames(
  { findings = [] }: Pick<WrittenRequest, 'findings'>,
  texts: PageText[],
  { siteUrl, mailDomain }: { siteUrl: string; mailDomain: string },
): ReadName[] {
  const led = findings.filter(({ what }) => what === 'candidate').map(({ sentence }) => sentence.toLowerCase());
  const isNew = (words: string) =>
    !led.some((sentence) => sentence.includes(`"${words.toLowerCase()}"`)) &&
    !words.toLowerCase().endsWith(`@${mailDomain.toLowerCase()}`);
  const read = texts.slice(0, mostPages).map(({ page, text }) => ({ page, found: mentions(text, siteUrl) }));
  const of = (kind: 'handles' | 'addresses' | 'names', most: number): ReadName[] =>
    distinct(read.flatMap(({ page, found }) => found[kind].map((words) => ({ words, page }))))
      .filter(({ words }) => isNew(words))
      .slice(0, most);
  return distinct([...of('handles', 2), ...of('addresses', 2), ...of('names', 2)]).slice(0, mostShown);
}

const mostShown = 4;

/** A request may bring a thousand pages, and its page has to be there within seconds. */
const mostPages = 50;

const distinct = (all: ReadName[]): ReadName[] =>
  [...new Map(all.toReversed().map((one) => [one.words.toLowerCase(), one])).values()].toReversed();
