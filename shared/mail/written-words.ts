import { visible, whiteSpace } from './phrase.ts';

/** A word of a text: a run of letters or digits. */
export interface WrittenWord {
  /** As written, in NFKC. */
  written: string;
  /** What stands between it and the word before: white space as one space, or the hyphen of a compound. */
  before: string;
  /** To compare: lower case, without accents, and with Latin letters for those that look the same. */
  plain: string;
  /** Whether a sentence or a paragraph ends after it. */
  endsSentence: boolean;
}

/** The words of a text in their order. */
export function writtenWords(text: string): WrittenWord[] {
  const all: WrittenWord[] = [];
  for (const paragraph of text.split(/\n[\t\r ]*\n/)) {
    for (const word of paragraph.split(whiteSpace)) addParts(all, visible(word));
    const last = all.at(-1);
    if (last) last.endsSentence = true;
  }
  return all;
}

/** Most words: letters alone, with punctuation around them. */
const simple = /^["'([*>-]*([A-Za-z]+)[.,;:!?)"'\]]*$/;

function addParts(all: WrittenWord[], word: string): void {
  const letters = simple.exec(word)?.[1];
  if (letters) {
    all.push({ written: letters, before: ' ', plain: letters.toLowerCase(), endsSentence: endsSentence.test(word) });
    return;
  }
  let end = 0;
  for (const { 0: written, index } of word.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const before = end === 0 ? ' ' : word.slice(end, index);
    all.push({ written, before, plain: plain(written), endsSentence: false });
    end = index + written.length;
  }
  const last = all.at(-1);
  if (last && endsSentence.test(word)) last.endsSentence = true;
}

const endsSentence = /[.!?;]["'”’)\]]*$/;

function plain(written: string): string {
  if (/^[a-z]+$/i.test(written)) return written.toLowerCase();
  const letters = written.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return /[^a-z]/.test(letters)
    ? letters.replace(/[^\0-\x7f]/g, (letter) => lookAlikes.get(letter) ?? letter)
    : letters;
}

/**
 * Letters of other alphabets that pass for Latin ones of the phrase: each is the small letter of a capital or of a
 * small one that looks the same. Pairs that only look alike in another case are left to the distance of the words.
 */
const lookAlikes = new Map(
  Object.entries({
    a: 'аα',
    e: 'еєε',
    f: 'ϝ',
    g: 'ԍɡ',
    i: 'іιı',
    k: 'кκ',
    l: 'ӏ',
    m: 'мμ',
    n: 'νոп',
    o: 'оοօ',
    r: 'г',
    s: 'ѕ',
    t: 'тτ',
    v: 'ѵ',
  }).flatMap(([latin, others]) => [...others].map((other): [string, string] => [other, latin])),
);
