/** The words that the privacy policy asks members to write in the subject line. */
export const phrase = 'REMOVE FROM MARKETING MATERIALS';

/**
 * Whether a decoded subject holds the phrase: as words of their own, wherever they stand, so that reply prefixes, tags
 * such as [EXT] and courtesies around it do not matter.
 */
export const hasPhrase = (subject: string): boolean => ` ${words(subject)} `.includes(` ${words(phrase)} `);

/**
 * The words of a text as they count: Unicode NFKC (fullwidth letters become plain ones), what cannot be seen taken
 * out, all white space the same, case folded, quotes and punctuation at the edges of words dropped. Hyphens within a
 * word stay: REMOVE-FROM-MARKETING is a near miss for a person to read, not the phrase.
 */
export function words(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .toLowerCase()
    .replace(/\u0307/g, '') // what lower-casing leaves of the dotted capital I of Turkish keyboards
    .split(/[\s\p{Z}\p{Cc}]+/u)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
    .filter(Boolean)
    .join(' ');
}
