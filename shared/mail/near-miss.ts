import { diffChars, diffWords } from 'diff';
import type { InboundMail } from './parse.ts';
import { hasPhrase, phrase } from './phrase.ts';
import { findInSubject, findInText, mayComeNear, mayHoldPhrase } from './phrase-likeness.ts';
import { visibleText } from './visible-text.ts';
import { type WrittenWord, writtenWords } from './written-words.ts';

/** Words that are nearly the phrase, or the phrase where it does not count by itself. For a person to judge. */
export interface NearMiss {
  where: 'subject' | 'text' | 'html';
  /** As written, single-spaced. */
  words: string;
  /** From the phrase to these words: what was added to it and what of it is missing. Data, no HTML. */
  difference: Change[];
}

export interface Change {
  text: string;
  change?: 'added' | 'removed';
}

/**
 * The nearest thing to the phrase in a mail whose subject does not carry it; undefined where there is none, and where
 * the subject does carry it.
 *
 * In the subject: the phrase mistyped, run together, spaced out, hyphenated, in letters of another alphabet that look
 * the same, with words added or one missing. In the text and the visible HTML, where people and newsletters talk of
 * marketing at length: the same, but all four words must be there. So "Remove me from your marketing list" is a near
 * miss as a subject, and none in the footer of a newsletter.
 *
 * Quoted old mail ("> …", "On … wrote:") is text like any other: a person who answers "yes, please do this" above a
 * quotation asks for it too, and no rule tells where a quotation ends in every mail client. That errs on the safe
 * side, since all that follows is a hold and a person who reads.
 */
export function findNearMiss(mail: Pick<InboundMail, 'subject' | 'text' | 'html'>): NearMiss | undefined {
  if (hasPhrase(mail.subject)) return undefined;
  return inSubject(mail.subject.slice(0, longestSubject)) ?? inText('text', mail.text) ?? inHtml(mail.html);
}

const inSubject = (subject: string): NearMiss | undefined =>
  mayComeNear(subject) ? nearMiss('subject', findInSubject(writtenWords(subject))) : undefined;

const inText = (where: 'text' | 'html', text: string): NearMiss | undefined =>
  mayHoldPhrase(text, 'text') ? nearMiss(where, findInText(writtenWords(text))) : undefined;

const inHtml = (html: string): NearMiss | undefined =>
  mayHoldPhrase(html, 'html') ? inText('html', visibleText(html)) : undefined;

/** Characters. Ten times what mail clients show of a subject. */
const longestSubject = 2_000;

function nearMiss(where: NearMiss['where'], found: WrittenWord[] | undefined): NearMiss | undefined {
  if (!found) return undefined;
  const words = spell(found).slice(0, longestWords);
  return { where, words, difference: differenceTo(words) };
}

/** Characters. The phrase and the most that may stand between its words is less, unless somebody plays. */
const longestWords = 300;

/** Parts of one written word, such as REMOVE-FROM, come back together. */
const spell = (found: WrittenWord[]): string =>
  found.map(({ written, before }, index) => (index > 0 ? before : '') + written).join('');

/** Letter by letter for a typo, word by word where there are others or fewer: whichever reads more easily. */
function differenceTo(words: string): Change[] {
  const sameWords = words.split(' ').length === phrase.split(' ').length || !words.includes(' ');
  const diff = sameWords ? diffChars : diffWords;
  return diff(phrase, words, { ignoreCase: true }).map(({ value, added, removed }) =>
    added ? { text: value, change: 'added' } : removed ? { text: value, change: 'removed' } : { text: value },
  );
}
