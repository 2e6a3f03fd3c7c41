import { expect, test } from 'vitest';
import { checkNotice } from '../../../shared/notices/check.ts';
import { type Draft, hashOf, tooBig } from '../../../shared/notices/draft.ts';

const at = '2026-11-22T10:00:00.000Z';
const good: Draft = {
  texts: { en: { subject: 'Our policy changes', markdown: 'From *May* on.' } },
  fallback: 'en',
  effectiveOn: '2026-12-01',
  sendAt: '2026-11-22T11:00:00.000Z',
  zone: 'Europe/Berlin',
  bannerUntil: '2027-01-01T00:00:00.000Z',
  audience: { who: 'all' },
};
const text = (changes: Partial<Draft['texts'][string]>) => ({ texts: { en: { ...good.texts.en!, ...changes } } });

test('a notice with everything has no fault', () => {
  expect(checkNotice(good, at)).toEqual([]);
});

test.each<[string, Partial<Draft>, string, RegExp]>([
  ['no language', { texts: {} }, 'texts', /at least one language/],
  ['an empty subject', text({ subject: ' ' }), 'subject', /"en" has no subject: write one, or take/],
  ['an empty locale', text({ markdown: '\n' }), 'markdown', /"en" has no text: write one, or take/],
  ['a subject of two lines', text({ subject: 'a\r\nBcc: all@example.org' }), 'subject', /one line/],
  ['200 KB of Markdown', text({ markdown: 'x'.repeat(200_000) }), 'markdown', /200,000 characters long: shorten it/],
  ['a fallback without a text', { fallback: 'de' }, 'fallback', /"de", which has no text/],
  ['a language of nobody', { texts: { ...good.texts, qx: good.texts.en! } }, 'texts', /"qx" is no language/],
  ['a tag that is none', { texts: { ...good.texts, 'e n': good.texts.en! } }, 'texts', /"e n" is no language/],
  ['a send time in the past', { sendAt: '2026-11-22T09:59:00.000Z' }, 'sendAt', /in the past/],
  ['a send time that is none', { sendAt: 'soon' }, 'sendAt', /Choose the day/],
  ['an effective date before it is sent', { effectiveOn: '2026-11-21' }, 'effectiveOn', /before it is sent/],
  ['a day that the calendar does not have', { effectiveOn: '2026-02-30' }, 'effectiveOn', /Choose the day/],
  [
    'a banner that ends before it begins',
    { bannerUntil: '2026-11-22T10:30:00.000Z' },
    'bannerUntil',
    /before it is sent/,
  ],
  ['a time zone of nobody', { zone: 'Mars/Base' }, 'zone', /"Mars\/Base" is no time zone/],
  ['an audience of no language', { audience: { who: 'locales', locales: [] } }, 'audience', /at least one language/],
  ['an audience of an unknown language', { audience: { who: 'locales', locales: ['xq'] } }, 'audience', /"xq"/],
])('%s is one sentence at its field', (_, changes, field, sentence) => {
  const faults = checkNotice({ ...good, ...changes }, at);
  expect(faults).toMatchObject([{ field, sentence: expect.stringMatching(sentence) }]);
});

test('the effective day is that of the zone which the officer chose', () => {
  const late = { sendAt: '2026-11-22T20:00:00.000Z', effectiveOn: '2026-11-22' };
  expect(checkNotice({ ...good, ...late, zone: 'Europe/Berlin' }, at)).toEqual([]);
  expect(checkNotice({ ...good, ...late, zone: 'Asia/Tokyo' }, at)).toMatchObject([{ field: 'effectiveOn' }]);
});

test('what does not fit into an item cannot even be kept as a draft', () => {
  expect(tooBig(good)).toBeUndefined();
  expect(tooBig({ ...good, ...text({ markdown: 'x'.repeat(20_001) }) })).toMatch(/shorten it to 20,000/);
  const languages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'sv', 'da', 'fi', 'cs', 'hu', 'ro'];
  const all = Object.fromEntries(languages.map((one) => [one, { subject: 's', markdown: 'x'.repeat(19_000) }]));
  expect(tooBig({ ...good, texts: all })).toMatch(/All texts together are 267 KB/);
});

test('the hash is of the words and dates, and of nothing else', () => {
  const reordered = JSON.parse(JSON.stringify({ ...good, version: 7, state: 'draft' }, Object.keys(good).reverse()));
  expect(hashOf({ ...reordered, texts: good.texts, audience: good.audience })).toBe(hashOf(good));
  expect(hashOf({ ...good, bannerUntil: '2027-01-02T00:00:00.000Z' })).not.toBe(hashOf(good));
});
