import { describe, expect, test } from 'vitest';
import { de } from '../../../shared/letters/de.ts';
import { en } from '../../../shared/letters/en.ts';
import { es } from '../../../shared/letters/es.ts';
import { fr } from '../../../shared/letters/fr.ts';
import type { LetterFacts } from '../../../shared/letters/letter.ts';
import { composeLetter, writeLetter } from '../../../shared/letters/write.ts';
import { hasPhrase } from '../../../shared/mail/phrase.ts';

const facts: LetterFacts = {
  name: 'Ann <b>Example</b>',
  requestId: 'W-1234-5678-9ABC-DEFG',
  since: '2026-11-22T10:00:00.000Z',
  decideBy: '2026-12-14T10:00:00.000Z',
  communities: ['gardeners'],
  siteName: 'Example Community',
  confirmUrl: 'https://inwriting.example/confirm/token',
  deskUrl: 'https://inwriting.example/desk',
  words: 'First <i>paragraph</i>.\n\nSecond one.',
};
const kinds = Object.keys(en);
// The letters to staff that come once a day are about many requests.
const aboutOne = kinds.filter((kind) => !['digest', 'recall', 'preferences-link'].includes(kind));

describe.each(Object.entries({ en, de, fr, es }))('in %s', (language, letters) => {
  test('every letter is there', () => {
    expect(Object.keys(letters)).toEqual(kinds);
  });

  test.each(aboutOne)('the letter "%s" names the request in text and HTML, and never carries the phrase', (kind) => {
    const letter = writeLetter(kind, `${language}-XX`, facts);
    expect(letter.language).toBe(language);
    for (const form of [letter.subject, letter.text, letter.html]) expect(form).toContain(facts.requestId);
    expect(hasPhrase(letter.subject) || hasPhrase(letter.text)).toBe(false);
    expect(letter.html).not.toContain('<b>Example');
  });

  test.each(['declined', 'withdrawn', 'question'])('the letter "%s" carries what the person wrote, as text', (kind) => {
    const { text, html } = writeLetter(kind, language, facts);
    for (const paragraph of ['First <i>paragraph</i>.', 'Second one.']) expect(text).toContain(`\n\n${paragraph}\n\n`);
    expect(html).toContain('<p>First &lt;i&gt;paragraph&lt;/i&gt;.</p>');
  });

  test('what a person chose is listed, that and nothing else', () => {
    const covered = (covers: LetterFacts['covers']) =>
      composeLetter('granted', language, { ...facts, covers }).blocks.find((block) => Array.isArray(block));
    const all = covered([
      { subject: 'member/m1', scopes: ['profile-images'] },
      { subject: 'community/c1', scopes: ['header-graphic', 'pages'] },
    ]);
    expect(all).toEqual(covered(undefined)?.map((line) => `${line}`.replace('gardeners', 'c1')));
    const [header] = covered([{ subject: 'community/c1', scopes: ['header-graphic'] }])!;
    const [pages] = covered([{ subject: 'community/c1', scopes: ['pages'] }])!;
    expect(new Set([header, pages, ...all!]).size).toBe(4);
  });

  test('the letter that brings a link to the preferences carries it in both forms, and says nothing of a request', () => {
    const preferencesUrl = 'https://inwriting.example/preferences/token';
    const { text, html, subject } = writeLetter('preferences-link', language, { ...facts, preferencesUrl });
    for (const form of [text, html]) expect(form).toContain(preferencesUrl);
    for (const form of [text, html, subject]) expect(form).not.toContain(facts.requestId);
  });

  test('the letter about a choice lists what is off and what is on again, and only what there is', () => {
    const covers = [{ subject: 'member/m1', scopes: ['profile-images', 'marketing-email'] }];
    const allowed = [{ subject: 'community/c1', scopes: ['pages'] }];
    const lists = (more: Partial<LetterFacts>) =>
      composeLetter('preferences-changed', language, { ...facts, ...more }).blocks.filter((block) =>
        Array.isArray(block),
      );
    expect(lists({ covers, allowed }).map((list) => list.length)).toEqual([2, 1]);
    expect(lists({ covers, allowed: [] })).toEqual(lists({ covers, allowed }).slice(0, 1));
    expect(lists({ covers: [], allowed })).toEqual(lists({ covers, allowed }).slice(1));
    const told = writeLetter('community-changed', language, {
      ...facts,
      covers: [],
      allowed,
      chosenBy: 'Max <i>Manager</i>',
    });
    expect(told.text).toContain('Max <i>Manager</i>');
    expect(told.html).not.toContain('<i>Manager');
  });

  test.each(['granted', 'declined', 'withdrawn', 'question'])('the letter "%s" on paper speaks of no mail', (kind) => {
    const mail = /mail|Mail|mensaje|message/;
    expect(writeLetter(kind, language, facts).text).toMatch(mail);
    expect(writeLetter(kind, language, { ...facts, onPaper: true }).text).not.toMatch(mail);
  });

  test('staff who hear that a member denies a request are led to it', () => {
    expect(writeLetter('not-me', language, facts).text).toContain(`${facts.deskUrl}/requests/${facts.requestId}`);
  });
});

test('the daily letter counts what is due and leads to each of them', () => {
  const first = [{ requestId: 'W-1111-1111-1111-1111', dueAt: '2026-11-20T10:00:00.000Z' }];
  const { subject, text, html } = writeLetter('digest', 'en', {
    ...facts,
    digest: {
      groups: [
        { name: 'overdue', count: 100, more: true, first },
        { name: 'due-soon', count: 0, more: false, first: [] },
        { name: 'asked', count: 1, more: false, first },
      ],
    },
  });
  expect(subject).toBe('Requests in writing: more than 100 overdue, 1 asked without an answer');
  expect(text).toContain(
    '- W-1111-1111-1111-1111, was due on November 20, 2026\n  https://inwriting.example/desk/requests/W-1111',
  );
  expect(html).toContain('<li><a href="https://inwriting.example/desk/requests/W-1111-1111-1111-1111">');
  expect(text).toContain('The others are on the desk.');
  expect(text).not.toContain('Due within');
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
