import { distance } from 'fastest-levenshtein';
import { phrase } from './phrase.ts';
import { kindOf, likeWord, type PhraseWord } from './phrase-words.ts';
import type { WrittenWord } from './written-words.ts';

/**
 * Whether a subject is worth reading word by word: what is nearly the phrase has one half of "remove" whole, or its m
 * and its v near each other, or a word that is used for it, or its letters spaced out, or letters that are not ASCII.
 */
export const mayComeNear = (subject: string): boolean =>
  /rem|ove|m.?.?v|v.?.?m|delet|exclu|erase|withdraw|omit|r\W+e\W+m|[^\0-\x7f]/i.test(subject);

/** The words of a subject that are nearly the phrase, in order; undefined where none are. */
export const findInSubject = (words: WrittenWord[]): WrittenWord[] | undefined =>
  findRunTogether(words) ?? findMistyped(words) ?? findInOrder(words) ?? findMostOfIt(words);

/** The same in a text, where one word of the phrase may not be missing. */
export const findInText = (words: WrittenWord[]): WrittenWord[] | undefined =>
  findRunTogether(words) ?? findInOrder(words);

/**
 * Whether a text or its HTML is worth reading word by word: a part of "materials" follows a part of "marketing" (with
 * one typo in a word, one half of it is still whole), or there are letters that may hide them. Read at the speed of a
 * plain search, because nearly all mail holds nothing of the kind.
 */
export const mayHoldPhrase = (text: string, form: 'text' | 'html'): boolean =>
  (/mate|rial/i.test(text) && together[form].test(text) && /rem|ove/i.test(text)) || hiding.test(text);

/** With a few words between them, and in HTML with markup. */
const together = {
  text: /(?:mark|eting)[\s\S]{0,80}?(?:mate|rial)/i,
  html: /(?:mark|eting)[\s\S]{0,1000}?(?:mate|rial)/i,
};

/** A Latin letter beside a Greek or Cyrillic one or beside one that is not seen, fullwidth letters, letters as numbers. */
const hiding =
  /[a-z][\u0370-\u052f\u00ad\u200b-\u200f\u2060-\u2064\ufeff][a-z\u0370-\u052f]|[\uff21-\uff5a]{3}|\ud835[\udc00-\udfff]\ud835|&#(?:x[46][1-9a-f]|x[57][0-9a]|6[5-9]|[78]\d|9[07-9]|1[01]\d|12[0-2]);/i;

/** All letters there, whatever stands between them: REMOVE-FROM-…, REMOVEFROM…, R E M O V E. */
function findRunTogether(words: WrittenWord[]): WrittenWord[] | undefined {
  const letters = lettersOf(words);
  const at = letters.indexOf(phraseLetters);
  return at === -1 ? undefined : wordsAt(words, at, at + phraseLetters.length);
}

const lettersOf = (words: WrittenWord[]): string => words.map(({ plain }) => plain).join('');

/** The words that the letters from `start` to `end` belong to. */
function wordsAt(words: WrittenWord[], start: number, end: number): WrittenWord[] {
  let at = 0;
  return words.filter(({ plain }) => {
    at += plain.length;
    return at > start && at - plain.length < end;
  });
}

/** A run of words of about that length with up to three letters wrong, wherever the spaces are. */
function findMistyped(words: WrittenWord[]): WrittenWord[] | undefined {
  // With three mistakes in it, one of four parts is still whole.
  const all = lettersOf(words);
  if (!fourParts.some((part) => all.includes(part))) return undefined;
  for (let from = 0; from < words.length; from += 1) {
    let letters = '';
    for (let to = from; to < words.length && letters.length <= phraseLetters.length; to += 1) {
      letters += words[to]!.plain;
      if (Math.abs(letters.length - phraseLetters.length) <= 3 && distance(letters, phraseLetters) <= 3)
        return words.slice(from, to + 1);
    }
  }
  return undefined;
}

/** All four words in their order within one sentence, each at most slightly mistyped, with others between them. */
function findInOrder(words: WrittenWord[]): WrittenWord[] | undefined {
  for (const [start, word] of words.entries()) {
    if (!likeWord.remove(word.plain)) continue;
    const end = followOn(words, start);
    if (end !== undefined) return words.slice(start, end + 1);
  }
  return undefined;
}

/** How many other words may stand before each: "remove all pictures of my profile page from all your marketing and …". */
const mostBetween: [PhraseWord, number][] = [
  ['from', 6],
  ['marketing', 3],
  ['materials', 2],
];

function followOn(words: WrittenWord[], start: number): number | undefined {
  let at = start;
  for (const [wanted, between] of mostBetween) {
    const last = Math.min(at + 1 + between, words.length - 1);
    let next = at;
    do {
      if (words[next]!.endsSentence) return undefined;
      next += 1;
    } while (next <= last && !likeWord[wanted](words[next]!.plain));
    if (next > last) return undefined;
    at = next;
  }
  return at;
}

/**
 * Three of the four words in any order, "remove" among them, and nothing else in the subject but what requests are made
 * of. It holds for "Remove me from your marketing list", which may mean something else: a hold until a person has read
 * it costs the site a picture for some days, and its absence might cost the member their wish.
 */
function findMostOfIt(words: WrittenWord[]): WrittenWord[] | undefined {
  if (words.length > 20 || !words.some(({ plain }) => likeWord.remove(plain))) return undefined;
  const kinds = words.map(({ plain }) => kindOf(plain));
  const found = new Set(kinds.filter((kind) => kind !== 'request' && kind !== 'unknown'));
  if (!found.has('remove') || found.size < 3 || kinds.includes('unknown')) return undefined;
  const counts = (kind: string) => kind !== 'request';
  return words.slice(kinds.findIndex(counts), kinds.findLastIndex(counts) + 1);
}

const phraseLetters = phrase.toLowerCase().replaceAll(' ', '');
const fourParts = phraseLetters.match(/.{7}/g)!;
