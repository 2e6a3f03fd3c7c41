import type { Mark, PageText, PageWord, ReadPageText } from '../evidence/pages.ts';
import type { PaperFacts, PaperPage } from './scan-facts.ts';

/** What a page was read as, with the words marked that a person should see. The words themselves are left out. */
export function markPage({ words, ...page }: ReadPageText, facts: PaperFacts, scanId: string): PageText {
  const isHere = (one: PaperPage) => one.scanId === scanId && one.page === page.page;
  const phrases = facts.phrases.filter((one) => isHere(one.page));
  const sought: Sought[] = [
    ...phrases.map(({ found: { what, words: written } }) => ({ what, words: written })),
    ...facts.candidates
      .flatMap(({ reasons }) => reasons)
      .filter(({ words }) => facts.pagesWith(words).some(isHere))
      .map(({ words }): Sought => ({ what: 'candidate', words })),
  ];
  const once = [...new Map(sought.map((one) => [one.words, one])).values()];
  return { ...page, marks: once.slice(0, mostMarks).flatMap((one) => marksOf(one, words)) };
}

type Sought = Pick<Mark, 'what' | 'words'>;

const mostMarks = 20;

/** A box for each line on which the words stand; one mark without a box where that is not known. */
export function marksOf(sought: Sought, words: PageWord[] = []): Mark[] {
  const lines = linesOf(wordsThatHold(sought.words, words));
  return lines.length > 0 ? lines.map((line) => ({ ...sought, ...boxAround(line) })) : [sought];
}

/** Compared by letters and digits alone, because what was read has other spaces and marks than what was written. */
function wordsThatHold(sought: string, words: PageWord[]): PageWord[] {
  const letters = words.map(({ text }) => lettersOf(text));
  const target = lettersOf(sought);
  const start = target ? letters.join('').indexOf(target) : -1;
  if (start === -1) return [];
  let at = 0;
  return words.filter((_, index) => {
    const from = at;
    at += letters[index]!.length;
    return at > start && from < start + target.length;
  });
}

/** Letters that are read for one another count as the same. */
const lettersOf = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[|!]/g, 'l')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/[1i]/g, 'l')
    .replaceAll('0', 'o')
    .replaceAll('5', 's');

function linesOf(words: PageWord[]): PageWord[][] {
  const lines: PageWord[][] = [];
  for (const word of words) {
    const last = lines.at(-1)?.at(-1);
    const sameLine = last && word.x >= last.x && Math.abs(word.y - last.y) < Math.max(word.height, last.height);
    if (sameLine) lines.at(-1)!.push(word);
    else lines.push([word]);
  }
  return lines;
}

function boxAround(words: PageWord[]): Required<Pick<Mark, 'x' | 'y' | 'width' | 'height'>> {
  const x = Math.min(...words.map((word) => word.x));
  const y = Math.min(...words.map((word) => word.y));
  return {
    x,
    y,
    width: Math.max(...words.map((word) => word.x + word.width)) - x,
    height: Math.max(...words.map((word) => word.y + word.height)) - y,
  };
}
