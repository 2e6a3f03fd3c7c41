import type { AxeResults } from 'axe-core';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { askPage } from '../../../functions/public-site/preferences/ask.tsx';
import { formPage, savedPage, sentAgainPage } from '../../../functions/public-site/preferences/pages.tsx';
import type { Present } from '../../../functions/public-site/preferences/present.ts';
import { problemWithNewLink } from '../../../functions/public-site/preferences/problem.tsx';
import { fieldOf, readWishes } from '../../../functions/public-site/preferences/wishes.ts';
import * as unsubscribing from '../../../functions/public-site/unsubscribe/pages.tsx';
import { de } from '../../../functions/public-site/words/de.ts';
import { en } from '../../../functions/public-site/words/en.ts';
import { es } from '../../../functions/public-site/words/es.ts';
import { fr } from '../../../functions/public-site/words/fr.ts';
import type { Words } from '../../../functions/public-site/words/words.ts';
import { openBrowser } from '../../browser.ts';

const since = '2026-11-22T10:00:00.000Z';
const long = `long-${'x'.repeat(100)}`;
const present: Present = {
  name: 'Ann <b>& Co</b>',
  siteName: 'Rock & Roll <Fans>',
  isManager: true,
  scopes: [
    {
      subject: 'member/m1',
      scope: 'profile-images',
      community: '',
      now: { state: 'blocked', since, requestIds: ['W-1'] },
    },
    { subject: 'member/m1', scope: 'marketing-email', community: '', now: { state: 'clear', requestIds: [] } },
    {
      subject: `community/${long}`,
      scope: 'header-graphic',
      community: long,
      now: { state: 'hold', since, requestIds: ['W-1'] },
    },
    { subject: `community/${long}`, scope: 'pages', community: long, now: { state: 'clear', requestIds: [] } },
  ],
};
const address = 'privacy@inwriting.test';

beforeAll(() => {
  vi.stubEnv('SITE_NAME', 'Rock & Roll <Fans>');
});
afterAll(() => {
  vi.unstubAllEnvs();
});

const pagesOf = (words: Words): [string, string][] => [
  ['ask', String(askPage(words))],
  ['wrong', String(askPage(words, '"><script>'))],
  ['form', String(formPage(present, words))],
  ['same', String(formPage(present, words, words.preferences.same))],
  ['saved', String(savedPage(present, words, 'W-0123-4567-89AB-CDEF'))],
  ['sent again', String(sentAgainPage(words, address))],
  ['used', String(problemWithNewLink(words, 'used', address))],
  ['unknown', String(problemWithNewLink(words, 'unknown', address))],
  ['unsubscribe', String(unsubscribing.askPage(words, present.siteName))],
  ['unsubscribed', String(unsubscribing.donePage(words))],
];
const languages = [en, de, fr, es];
const all = () =>
  languages.flatMap((words) => pagesOf(words).map(([name, page]) => ({ language: words.language, name, page })));

test('what is in effect is chosen already and has the value that changes nothing', () => {
  const page = String(formPage(present, en));
  const valuesOf = (scope: (typeof present.scopes)[number]) =>
    [
      ...page.matchAll(new RegExp(`name="${fieldOf(scope.subject, scope.scope)}" value="(\\w+)"( checked="")?`, 'g')),
    ].map(([, value, checked]) => (checked ? `${value}!` : value));
  expect(present.scopes.map(valuesOf)).toEqual([
    ['allow', 'keep!'],
    ['keep!', 'block'],
    ['keep!', 'allow', 'block'],
    ['keep!', 'block'],
  ]);
});

test('each page is in the language that it says it is in, and text is text', () => {
  for (const { language, page } of all()) {
    expect(page).toContain(`<html lang="${language}">`);
    expect(page).not.toMatch(/undefined|\[object|\$\{|<b>|<Fans>|<script/);
    expect(page.replaceAll(address, '').replaceAll(/\w+@example\.org/g, '')).not.toContain('@');
  }
});

test('a wish is read only for what is the member’s, once each, and only as the form says it', () => {
  const member = { memberId: 'm1', manages: ['c1'] } as Parameters<typeof readWishes>[1];
  const photos = fieldOf('member/m1', 'profile-images');
  const others = fieldOf('member/m2', 'profile-images');
  expect(readWishes(`${photos}=allow&${others}=allow`, member)).toEqual([
    { subject: 'member/m1', scope: 'profile-images', want: 'allow' },
  ]);
  expect(readWishes(`${photos}=keep`, member)).toEqual([]);
  for (const odd of ['', `${others}=allow`, `${photos}=allow&${photos}=block`, `${photos}=on`, '{"a":1}']) {
    expect(readWishes(odd, member)).toBeUndefined();
  }
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
    for (const { language, name, page } of all().filter((one) => one.language === 'en' || one.name === 'form')) {
      await tab.setContent(page);
      await tab.evaluate(axe.source);
      const { violations } = (await tab.evaluate('axe.run()')) as AxeResults;
      expect(violations.map(({ id, help }) => `${language} ${name}: ${id}: ${help}`)).toEqual([]);
    }
  });

  test.each([320, 360, 1280])('at %d px nothing is cut off, and all that can be hit is high enough', async (width) => {
    await tab.setViewportSize({ width, height: 800 });
    for (const { language, name, page } of all()) {
      await tab.setContent(page);
      const beyond = await tab.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect(`${language} ${name}: ${beyond}`).toBe(`${language} ${name}: 0`);
      const targets = 'button, input[type=email], fieldset label';
      const heights = await tab.evaluate(`[...document.querySelectorAll("${targets}")].map((it) => it.offsetHeight)`);
      for (const height of heights as number[]) expect(height).toBeGreaterThanOrEqual(44);
    }
  });
});
