import type { AxeResults } from 'axe-core';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Asked } from '../../../functions/public-site/asked.ts';
import { outcomePage, problemPage, questionPage } from '../../../functions/public-site/confirm-pages.tsx';
import { de } from '../../../functions/public-site/words/de.ts';
import { en } from '../../../functions/public-site/words/en.ts';
import { es } from '../../../functions/public-site/words/es.ts';
import { fr } from '../../../functions/public-site/words/fr.ts';
import type { Words } from '../../../functions/public-site/words/words.ts';
import { openBrowser } from '../../browser.ts';

const since = '2026-11-22T10:00:00.000Z';
const asked: Asked = {
  requestId: 'W-0123-4567-89AB-CDEF',
  name: 'Ann <b>& Co</b>',
  siteName: 'Rock & Roll <Fans>',
  receivedAt: since,
  dueAt: '2026-11-29T10:00:00.000Z',
  images: [
    { scope: 'profile-images', community: '', now: { state: 'blocked', since, requestIds: ['W-1'] } },
    {
      scope: 'header-graphic',
      community: `long-${'x'.repeat(100)}`,
      now: { state: 'hold', since, requestIds: ['W-1'] },
    },
    { scope: 'pages', community: 'gardeners', now: { state: 'clear', requestIds: [] } },
  ],
};
const contact = { address: 'privacy@inwriting.test', subject: asked.requestId };

const pagesOf = (words: Words): [string, { toString(): string }][] => [
  ['question', questionPage(asked, words)],
  ['thanks', outcomePage(asked, words, { ...words.saidYes, ...contact })],
  ['let go', outcomePage(asked, words, { ...words.saidNo, ...contact })],
  ['decided', outcomePage(asked, words, { ...words.decided, ...contact })],
  ['before', outcomePage(asked, words, { ...words.saidYes, ...contact, note: words.answered.firstCounts(words.yes) })],
  ['unknown', problemPage(words.unknown, words, contact.address)],
  ['not understood', problemPage(words.notUnderstood, words, contact.address)],
  ['unavailable', problemPage(words.unavailable, words, contact.address)],
];

const languages = [en, de, fr, es];
const all = languages.flatMap((words) =>
  pagesOf(words).map(([name, page]) => ({ language: words.language, name, page: String(page) })),
);

/** The languages share one structure. */
const differing = all.filter(({ language, name }) => language === 'en' || name === 'question');

test('the question says who, what and since when, and its form goes to its own address', () => {
  const page = String(questionPage(asked, en));
  expect(page).toContain('<dd>Ann &lt;b&gt;&amp; Co&lt;/b&gt;</dd>');
  expect(page).toContain('On November 22, 2026, Rock &amp; Roll &lt;Fans&gt; received an e-mail');
  expect(page).toContain('<li>Images of your profile page, including your photograph</li>');
  expect(page).toContain('<li>Pages of the community gardeners</li>');
  expect(page).toContain('If you do not answer by November 29, 2026, a person looks at the request.');
  expect(page.match(/<form[^>]*>/g)).toEqual(['<form method="post">', '<form method="post">']);
  expect(page).toMatch(/<button [^>]*name="said" value="yes"[^>]*>Yes, that was me<\/button>/);
  expect(page).toMatch(/<button [^>]*name="said" value="no"[^>]*>No, that was not me<\/button>/);
});

test('the outcome says what is in effect for each kind of image, and how to change it', () => {
  const page = String(outcomePage(asked, en, { ...en.saidYes, ...contact }));
  expect(page).toContain('Images of your profile page, including your photograph<span>Not used in marketing, since');
  expect(page).toContain('Pages of the community gardeners<span>May be used in marketing</span>');
  expect(page).toContain('<dd>W-0123-4567-89AB-CDEF</dd>');
  expect(page).toContain('<a href="mailto:privacy@inwriting.test?subject=W-0123-4567-89AB-CDEF">');
  expect(page).not.toContain('<form');
});

test('each page is in the language that it says it is in, and names every thing', () => {
  for (const { language, page } of all) {
    expect(page).toContain(`<html lang="${language}">`);
    expect(page).not.toMatch(/undefined|\[object|\$\{/);
  }
  expect(new Set(all.map(({ page }) => /<h1>(.*)<\/h1>/.exec(page)![1])).size).toBe(languages.length * 7);
});

test('a page shows no address but our own', () => {
  for (const { page } of all) expect(page.replaceAll(contact.address, '')).not.toContain('@');
});

describe.skipIf(process.platform !== 'linux')('in a browser', () => {
  let browser: Browser;
  let tab: Page;

  beforeAll(async () => {
    browser = await openBrowser();
    tab = await browser.newPage();
  });
  afterAll(() => browser?.close());

  test.each(['light', 'dark'] as const)('axe finds nothing to object to in any %s page', async (colorScheme) => {
    await tab.emulateMedia({ colorScheme });
    for (const { language, name, page } of differing) {
      await tab.setContent(page);
      await tab.evaluate(axe.source);
      const { violations } = (await tab.evaluate('axe.run()')) as AxeResults;
      expect(violations.map(({ id, help }) => `${language} ${name}: ${id}: ${help}`)).toEqual([]);
    }
  });

  test.each([320, 360, 1280])('at %d px nothing is cut off and the buttons can be hit', async (width) => {
    await tab.setViewportSize({ width, height: 800 });
    for (const { page } of all) {
      await tab.setContent(page);
      expect(await tab.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      const heights = await tab.evaluate('[...document.querySelectorAll("button")].map((it) => it.offsetHeight)');
      for (const height of heights as number[]) expect(height).toBeGreaterThanOrEqual(44);
    }
  });
});
