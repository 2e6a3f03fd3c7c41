import { describe, expect, test } from 'vitest';
import { de } from '../../../shared/letters/de.ts';
import { en } from '../../../shared/letters/en.ts';
import { es } from '../../../shared/letters/es.ts';
import { fr } from '../../../shared/letters/fr.ts';
import type { LetterFacts } from '../../../shared/letters/letter.ts';
import { writeLetter } from '../../../shared/letters/write.ts';
import { hasPhrase } from '../../../shared/mail/phrase.ts';

const facts: LetterFacts = {
  name: 'Ann <b>Example</b>',
  requestId: 'W-1234-5678-9ABC-DEFG',
  since: '2026-11-22T10:00:00.000Z',
  decideBy: '2026-12-14T10:00:00.000Z',
  communities: ['gardeners'],
  siteName: 'Example Community',
  confirmUrl: 'https://inwriting.example/confirm/token',
};
const kinds = Object.keys(en);

describe.each(Object.entries({ en, de, fr, es }))('in %s', (language, letters) => {
  test('every letter is there', () => {
    expect(Object.keys(letters)).toEqual(kinds);
  });

  test.each(kinds)('the letter "%s" names the request in text and HTML, and never carries the phrase', (kind) => {
    const letter = writeLetter(kind, `${language}-XX`, facts);
    expect(letter.language).toBe(language);
    for (const form of [letter.subject, letter.text, letter.html]) expect(form).toContain(facts.requestId);
    expect(hasPhrase(letter.subject) || hasPhrase(letter.text)).toBe(false);
    expect(letter.html).not.toContain('<b>Example');
  });
});

test('the letter that asks carries its link in both forms', () => {
  const { text, html } = writeLetter('confirm', 'en', facts);
  expect(text).toContain(facts.confirmUrl);
  expect(html).toContain(`href="${facts.confirmUrl}"`);
});

test('a language that we have no words in is answered in English', () => {
  expect(writeLetter('granted', 'nl', facts).language).toBe('en');
  expect(writeLetter('granted', 'constructor', facts).language).toBe('en');
});
