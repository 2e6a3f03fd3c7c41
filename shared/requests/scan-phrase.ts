import { findNearMiss } from '../mail/near-miss.ts';
import { hasPhrase, phrase } from '../mail/phrase.ts';
import type { Finding } from './request.ts';

/** The phrase on paper, or what comes near it. */
export interface WrittenPhrase {
  what: 'phrase' | 'near-miss';
  /** As written, single-spaced. */
  words: string;
  difference?: Finding['difference'];
}

/**
 * The phrase in what was read on a page, wherever it stands: paper has no subject line. Letters that a machine took for
 * others count as typing errors do, and a subject line of a letter is looked at as closely as that of a mail.
 */
export function phraseOn(whole: string): WrittenPhrase | undefined {
  const text = whole.slice(0, mostText);
  if (hasPhrase(text)) return { what: 'phrase', words: phrase };
  const mended = mendLetters(text);
  if (hasPhrase(mended)) return { what: 'phrase', words: phrase };
  const near = findNearMiss({ subject: '', text: mended, html: '' }) ?? inSubjectLine(mended);
  return near && { what: 'near-miss', words: near.words, difference: near.difference };
}

/** Characters. A dense page has five thousand. */
const mostText = 64 * 1024;

/** Digits and strokes within a word, where a machine saw a letter: REM0VE FR0M MARKET1NG MATER|ALS. */
const mendLetters = (text: string): string =>
  text
    .replace(/(?<=\p{L})0|0(?=\p{L})/gu, 'O')
    .replace(/(?<=\p{L})[1|!](?=\p{L})|(?<=\p{L}{2})[1|](?!\p{L})/gu, 'I')
    .replace(/(?<=\p{L})5(?=\p{L})/gu, 'S');

function inSubjectLine(text: string) {
  for (const [, subject] of text.matchAll(subjectLine)) {
    const near = findNearMiss({ subject: subject!, text: '', html: '' });
    if (near) return near;
  }
  return undefined;
}

/** In the languages of the letters. */
const subjectLine = /^[ \t]*(?:re|subject|ref|betreff|betr|objet|asunto)[ \t]*[.:][ \t]*(\S.{0,300})$/gim;
