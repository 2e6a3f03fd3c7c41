/** The words that the privacy policy asks members to write in the subject line. */
export const phrase = 'REMOVE FROM MARKETING MATERIALS';

/**
 * Whether a decoded subject holds the phrase: as words of their own, wherever they stand, so that reply prefixes, tags
 * such as [EXT] and courtesies around it do not matter, with or without a space between.
 */
export const hasPhrase = (subject: string): boolean => phraseAlone.test(words(subject));

/**
 * The words of a text as they count: Unicode NFKC (fullwidth letters become plain ones), what cannot be seen taken
 * out, all white space the same, case folded, quotes and punctuation at the edges of words dropped. Hyphens within a
 * word stay: REMOVE-FROM-MARKETING is a near miss for a person to read, not the phrase.
 */
export const words = (text: string): string =>
  text
    .split(whiteSpace)
    .map((word) => withoutEdges(visible(word).toLowerCase().replace(leftOfDottedI, '')))
    .filter(Boolean)
    .join(' ');

/** What separates words. */
export const whiteSpace = /[\s\p{Z}\p{Cc}]+/u;

/** A word in NFKC, without the characters that nobody sees. */
export function visible(word: string): string {
  if (/^[!-~]*$/.test(word)) return word;
  // Putting thousands of combining marks in order takes NFKC seconds; no word that counts is this long.
  return word
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .slice(0, 1_000)
    .normalize('NFKC');
}

/** What lower-casing leaves of the dotted capital I of Turkish keyboards. */
const leftOfDottedI = /\u0307/g;

/** From the first letter or digit to the last, in one pass however long the word is. */
const withoutEdges = (word: string): string =>
  /^[a-z]+$/.test(word) ? word : (/[\p{L}\p{N}](?:.*[\p{L}\p{N}])?/su.exec(word)?.[0] ?? '');

const phraseAlone = new RegExp(`(?<![\\p{L}\\p{N}_-])${words(phrase)}(?![\\p{L}\\p{N}_-])`, 'u');
