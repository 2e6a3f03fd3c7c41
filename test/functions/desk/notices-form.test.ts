import { describe, expect, it, test } from 'vitest';
import { atFields } from '../../../functions/desk/notices/faults.ts';
import { mergeTyped, openedOf } from '../../../functions/desk/notices/merge.ts';
import { progressOf } from '../../../functions/desk/notices/progress.ts';
import { Waiting } from '../../../functions/desk/notices/steps-view.tsx';
import {
  blank,
  draftFrom,
  readTyped,
  type Typed,
  typedOf,
  withLanguage,
  withoutLanguage,
} from '../../../functions/desk/notices/typed.ts';
import { ago } from '../../../functions/desk/notices/words.ts';
import { checkNotice } from '../../../shared/notices/check.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import { bannerOf, toldOf } from '../../../shared/notices/told.ts';
import { noticeAbout } from '../../walks/notice-items.ts';

const at = '2026-11-22T12:00:00.000Z';
const filled: Typed = {
  ...blank(at, 'Europe/Berlin'),
  texts: [{ language: 'en', subject: 'A change', markdown: 'From **May** on.' }],
};
const faultsFor = (change: Partial<Typed>) => {
  const { draft, faults } = draftFrom({ ...filled, ...change });
  return [...faults, ...atFields(checkNotice(draft, at))];
};

describe('the form of a notice', () => {
  it('is complete but for its words when it is opened', () => {
    expect(faultsFor({})).toEqual([]);
    expect(faultsFor({ texts: blank(at, 'UTC').texts }).map(({ field }) => field)).toEqual([
      'subject-en',
      'markdown-en',
    ]);
  });

  it.each<[string, Partial<Typed>, string]>([
    ['an empty language', { texts: [...filled.texts, { language: 'de', subject: '', markdown: '' }] }, 'subject-de'],
    ['a send time in the past', { sendDay: '2026-11-20' }, 'sendDay'],
    ['a time that the clocks skip', { sendDay: '2027-03-28', sendTime: '02:30' }, 'sendDay'],
    ['a day without a time', { bannerTime: '' }, 'bannerDay'],
    ['an effect before it is sent', { effectiveOn: '2026-11-23' }, 'effectiveOn'],
    ['a banner that ends before', { bannerDay: '2026-11-23' }, 'bannerDay'],
    ['200 KB of Markdown', { texts: [{ language: 'en', subject: 'A', markdown: 'x'.repeat(200_000) }] }, 'markdown-en'],
    ['an audience of no language', { who: 'locales', locales: ' , ' }, 'audience'],
    ['an audience of an unknown language', { who: 'locales', locales: 'de, klingonese1' }, 'audience'],
    ['an audience that nobody knows', { who: 'friends' }, 'audience'],
    ['a zone that nobody knows', { zone: 'Mars/Olympus' }, 'sendDay'],
    ['two texts in one language', { texts: [...filled.texts, ...filled.texts] }, 'texts'],
    ['a fallback without a text', { fallback: 'fr' }, 'fallback'],
  ])('says at its field what is wrong with %s', (_, change, field) => {
    const found = faultsFor(change).find((fault) => fault.field === field);
    expect(found?.sentence).toMatch(/^.{15,}[.?]$/s);
  });

  it('comes back from a browser as it was filled in, with all languages in their order', () => {
    const form = new URLSearchParams({
      nonce: filled.nonce,
      seen: '3',
      zone: 'Asia/Tokyo',
      who: 'locales',
      locales: 'de',
    });
    for (const [language, markdown] of [
      ['en', 'one\r\ntwo'],
      ['de', '  eins'],
    ]) {
      form.append('language', language!);
      form.append('subject', ` ${language} `);
      form.append('markdown', markdown!);
    }
    expect(readTyped(form)).toMatchObject({
      seen: 3,
      nonce: filled.nonce,
      texts: [
        { language: 'en', subject: 'en', markdown: 'one\ntwo' },
        { language: 'de', subject: 'de', markdown: '  eins' },
      ],
      locales: 'de',
    });
    expect(readTyped(new URLSearchParams('language=en&seen=x'))).toMatchObject({ seen: 0, texts: [{ subject: '' }] });
  });

  it('takes a language in any spelling, once, and no other word', () => {
    const { typed } = withLanguage({ ...filled, added: 'PT-br' });
    expect(typed.texts.map(({ language }) => language)).toEqual(['en', 'pt-BR']);
    expect(withLanguage({ ...typed, added: 'pt-BR' }).fault?.sentence).toContain('already');
    expect(withLanguage({ ...typed, added: 'no such' }).fault?.sentence).toContain('is no language');
    expect(withLanguage({ ...typed, added: '' }).fault?.field).toBe('added');
    expect(withoutLanguage(typed, 'en')).toMatchObject({ texts: [{ language: 'pt-BR' }], fallback: 'pt-BR' });
  });

  it('shows a notice in the zone in which its times were chosen, and gives the same notice back', () => {
    const { draft } = draftFrom({ ...filled, zone: 'America/New_York', who: 'locales', locales: 'de en-gb' });
    const typed = typedOf({ ...noticeAbout('N-0000-0001'), ...draft });
    expect(typed).toMatchObject({ zone: 'America/New_York', sendTime: '09:00', locales: 'de, en-GB' });
    expect(draftFrom(typed).draft).toEqual(draft);
  });
});

describe('a form that was filled in while somebody else saved', () => {
  const opened = typedOf({ ...noticeAbout('N-0000-0001'), ...draftFrom(filled).draft });
  const change = (changes: Partial<Typed>, subject = 'A change', markdown = 'From **May** on.'): Typed => ({
    ...{ ...opened, texts: [{ language: 'en', subject, markdown }], ...changes },
  });
  const merge = (mine: Typed, theirs: Typed, seen = openedOf(opened)) => mergeTyped(mine, theirs, seen);

  it('keeps what this officer changed, and takes what the other changed elsewhere', () => {
    const { typed, taken, differing } = merge(
      change({}, 'Mine'),
      change({ effectiveOn: '2027-05-05' }, 'A change', 'Theirs'),
    );
    expect(typed).toMatchObject({ effectiveOn: '2027-05-05', texts: [{ subject: 'Mine', markdown: 'Theirs' }] });
    expect(taken).toEqual(['Text in English', 'Takes effect on']);
    expect(differing).toEqual([]);
  });

  it('says at each field that both changed what is stored now', () => {
    const { typed, differing } = merge(
      change({ who: 'managers' }, 'Mine'),
      change({ who: 'locales', locales: 'de' }, 'Theirs'),
    );
    expect([typed.texts[0]!.subject, typed.who]).toEqual(['Mine', 'managers']);
    expect(differing).toEqual([
      { field: 'subject-en', sentence: 'Subject in English: stored now is “Theirs”.' },
      { field: 'audience', sentence: 'Members who are told: stored now is members who read German.' },
    ]);
  });

  it('never mixes a time of day with the time zone of somebody else', () => {
    const { typed, differing } = merge(change({ sendTime: '10:00' }), change({ zone: 'Asia/Tokyo' }));
    expect(typed).toMatchObject({ sendTime: '10:00', zone: 'Europe/Berlin' });
    expect(differing.map(({ field }) => field)).toEqual(['zone']);
    expect(merge(change({}), change({ zone: 'Asia/Tokyo', sendTime: '07:00' })).typed).toMatchObject({
      ...{ zone: 'Asia/Tokyo', sendTime: '07:00' },
    });
  });

  it('takes in a language that the other added, and leaves out one that they took out untouched', () => {
    const de = { language: 'de', subject: 'Neu', markdown: 'Neu.' };
    const [en] = opened.texts;
    const both = { ...opened, texts: [en!, de] };
    expect(merge(opened, both).typed.texts.map(({ language }) => language)).toEqual(['en', 'de']);
    expect(merge(both, opened, openedOf(both)).typed.texts).toEqual([en]);
    const changed = merge({ ...both, texts: [en!, { ...de, subject: 'Mein' }] }, opened, openedOf(both));
    expect(changed.typed.texts.map(({ language }) => language)).toEqual(['en', 'de']);
    expect(changed.differing[0]!.sentence).toContain('Subject in German: stored now is nothing');
    const out = merge(opened, { ...both, texts: [en!, { ...de, subject: 'Anders' }] }, openedOf(both));
    expect(out.typed.texts).toEqual([en]);
    expect(out.differing).toEqual([{ field: 'texts', sentence: 'Subject in German: stored now is “Anders”.' }]);
  });

  it('loses nothing that was typed where the browser does not say what it was opened with', () => {
    const { typed, taken } = merge(change({}, 'Mine'), change({ fallback: 'de' }, 'Theirs'), {});
    expect([typed.texts[0]!.subject, typed.fallback, taken]).toEqual(['Mine', 'en', []]);
  });
});

describe('a notice that waits for its time', () => {
  const waiting = (at: string) =>
    String(
      Waiting({ notice: noticeAbout('N-0000-0001', { state: 'scheduled', sendAt: '2026-11-22T12:00:00.000Z' }), at }),
    );

  test('asks whether it has begun, more often once its time has come', () => {
    expect(waiting('2026-11-20T12:00:00.000Z')).toMatch(
      /waiting\?as=scheduled" hx-trigger="every 60s".*Sending begins by/s,
    );
    expect(waiting('2026-11-22T11:59:40.000Z')).toContain('every 20s');
    expect(waiting('2026-11-22T12:00:10.000Z')).toMatch(/every 5s.*Its time has come/s);
  });

  test.each([
    ['2026-11-22T11:59:59.000Z', '1 second ago'],
    ['2026-11-22T11:50:00.000Z', '10 minutes ago'],
    ['2026-11-21T22:00:00.000Z', '14 hours ago'],
    ['2026-11-12T12:00:00.000Z', '10 days ago'],
  ])('a count of %s is as old as a person would say', (since, words) => {
    expect(ago(since, at)).toBe(words);
  });
});

describe('progress', () => {
  const sum = (notice: Notice, expected?: number) => {
    const progress = progressOf(notice, at, expected);
    return { ...progress, total: progress.parts.reduce((all, { many }) => all + many, 0) };
  };
  const tally = { queued: 5, sent: 3, delivered: 80, bounced: 3, complained: 1, failed: 2, byBanner: 6, countedAt: at };

  test('the parts add up to the audience, also while more are queued than were counted', () => {
    const walk = { audience: 130, queued: 124, byBanner: 6, startedAt: at };
    const pace = { minute: at.slice(0, 16), count: 100, most: 100 };
    const going = sum(noticeAbout('N-0000-0001', { tally, walk, pace }), 1_130);
    expect(going).toMatchObject({ audience: 130, total: 130, ahead: 1_000, remaining: 1_035, isWhole: false });
    expect(going.endsAt).toBe('2026-11-22T12:11:00.000Z');
    const done = sum(noticeAbout('N-0000-0001', { tally, walk: { ...walk, audience: 100, doneAt: at }, pace }), 1_130);
    expect(done).toMatchObject({ audience: 100, total: 100, ahead: undefined, remaining: 5, isWhole: true });
  });

  test('no end is promised where nobody knows how many there are, or while it is paused', () => {
    const walk = { audience: 130, queued: 124, byBanner: 6, startedAt: at };
    const pace = { minute: at.slice(0, 16), count: 100, most: 100 };
    expect(sum(noticeAbout('N-0000-0001', { tally, walk, pace })).endsAt).toBeUndefined();
    expect(sum(noticeAbout('N-0000-0001', { tally, walk, pace, state: 'paused' }), 500).endsAt).toBeUndefined();
  });
});

describe('how a member was told', () => {
  const notice = noticeAbout('N-0000-0001');
  const banner = { by: 'banner', at: notice.asOf, until: notice.bannerUntil };

  it.each([
    ['delivered', { sentAt: at, deliveredAt: at }, { by: 'mail', at }],
    ['delivered and complained about', { deliveredAt: at, complainedAt: '2026-12-01T00:00:00Z' }, { by: 'mail', at }],
    ['bounced', { sentAt: at, bouncedAt: at }, banner],
    ['delivered first and bounced later', { deliveredAt: at, bouncedAt: at }, banner],
    ['refused', { failedAt: at }, banner],
    ['left out, since an earlier mail bounced', { toldBy: 'banner' as const }, banner],
    ['sent', { sentAt: at }, { by: 'pending' }],
    ['queued', { queuedAt: at }, { by: 'pending' }],
  ])('when the mail was %s', (_, delivery, told) => {
    expect(toldOf(delivery, notice)).toEqual(told);
  });

  test('the banner of a cancelled notice ended when it was cancelled', () => {
    const history = [{ at: '2026-12-24T00:00:00.000Z', state: 'cancelled' as const, what: 'Cancelled.' }];
    expect(bannerOf({ ...notice, state: 'cancelled', history })).toEqual({
      from: notice.asOf,
      until: '2026-12-24T00:00:00.000Z',
    });
    expect(bannerOf({ ...notice, asOf: undefined })).toBeUndefined();
  });

  test('a banner that an officer ended told nobody after that', () => {
    const ended = { ...notice, state: 'sent' as const, bannerEndedAt: '2026-12-24T00:00:00.000Z' };
    expect(toldOf({ bouncedAt: at }, ended).until).toBe('2026-12-24T00:00:00.000Z');
  });
});
