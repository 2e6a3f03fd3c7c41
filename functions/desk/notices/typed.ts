import { randomUUID } from 'node:crypto';
import { addDays } from '../../../shared/clock.ts';
import { canonicalLanguage } from '../../../shared/notices/audience.ts';
import type { Draft } from '../../../shared/notices/draft.ts';
import type { Audience, Notice } from '../../../shared/notices/notice.ts';
import type { Fault } from '../views/messages.tsx';
import { momentIn, wallIn } from './send-time.ts';

/** The form of a notice as it was filled in. All of it can be shown again, whatever is wrong with it. */
export interface Typed {
  /** One for each time that the page of a new notice is opened. */
  nonce: string;
  /** The version of the notice that the officer began with; 0 for a new one. */
  seen: number;
  /** What the form was opened with (merge.ts): short hashes by field; empty for a new notice. */
  opened: Record<string, string>;
  texts: TypedText[];
  /** A language to be added. */
  added: string;
  fallback: string;
  effectiveOn: string;
  zone: string;
  sendDay: string;
  sendTime: string;
  bannerDay: string;
  bannerTime: string;
  who: string;
  /** Language codes with anything between. */
  locales: string;
}

export interface TypedText {
  language: string;
  subject: string;
  markdown: string;
}

/** An empty form: a text in English, to be sent in a week, in effect a month later, and shown until then. */
export function blank(at: string, zone: string): Typed {
  const inAWeek = wallIn(zone, addDays(at, 7));
  const later = wallIn(zone, addDays(at, 37));
  return {
    nonce: randomUUID(),
    seen: 0,
    opened: {},
    texts: [{ language: 'en', subject: '', markdown: '' }],
    added: '',
    fallback: 'en',
    effectiveOn: later.day,
    zone,
    sendDay: inAWeek.day,
    sendTime: '09:00',
    bannerDay: wallIn(zone, addDays(at, 67)).day,
    bannerTime: '09:00',
    who: 'all',
    locales: '',
  };
}

/** The form for a notice that there is. */
export function typedOf(notice: Notice): Typed {
  const { texts, fallback, effectiveOn, zone, audience, version } = notice;
  const [send, banner] = [wallIn(zone, notice.sendAt), wallIn(zone, notice.bannerUntil)];
  return {
    nonce: '',
    seen: version,
    opened: {},
    texts: Object.entries(texts).map(([language, text]) => ({ language, ...text })),
    added: '',
    ...{ fallback, effectiveOn, zone },
    ...{ sendDay: send.day, sendTime: send.time, bannerDay: banner.day, bannerTime: banner.time },
    who: audience.who,
    locales: (audience.locales ?? []).join(', '),
  };
}

/** The form as it came. Its texts are three lists of the same length, which is how a browser sends equal names. */
export function readTyped(form: URLSearchParams): Typed {
  const text = (name: string) => (form.get(name) ?? '').toWellFormed().trim();
  const [subjects, markdowns] = [form.getAll('subject'), form.getAll('markdown')];
  return {
    nonce: /^[\w-]{16,80}$/.test(text('nonce')) ? text('nonce') : randomUUID(),
    seen: Number(text('seen')) || 0,
    opened: readOpened(text('opened')),
    texts: form.getAll('language').map((language, place) => ({
      language: language.toWellFormed().slice(0, 40),
      subject: (subjects[place] ?? '').toWellFormed().trim(),
      markdown: (markdowns[place] ?? '').toWellFormed().replace(/\r\n?/g, '\n'),
    })),
    added: text('added'),
    fallback: text('fallback'),
    effectiveOn: text('effectiveOn'),
    zone: text('zone'),
    ...{ sendDay: text('sendDay'), sendTime: text('sendTime') },
    ...{ bannerDay: text('bannerDay'), bannerTime: text('bannerTime') },
    who: text('who'),
    locales: text('locales'),
  };
}

/** The draft that the form describes, and what of the form cannot be kept: then nothing is saved. */
export function draftFrom(typed: Typed): { draft: Draft; faults: Fault[]; notes: string[] } {
  const send = chosen(typed, 'send');
  const banner = chosen(typed, 'banner');
  const twice = typed.texts.find(({ language }, place) => place !== placeOf(typed, language));
  const faults: (Fault | false | undefined)[] = [
    twice && { field: 'texts', sentence: `There are two texts in "${twice.language}": take one of them out.` },
    ...[send, banner].map(({ fault }) => fault),
  ];
  return {
    draft: {
      texts: Object.fromEntries(typed.texts.map(({ language, ...text }) => [language, text])),
      ...{ fallback: typed.fallback, effectiveOn: typed.effectiveOn, zone: typed.zone },
      ...{ sendAt: send.at, bannerUntil: banner.at, audience: audienceOf(typed) },
    },
    faults: faults.filter((fault) => !!fault),
    notes: [send.note, banner.note].filter((note) => note !== undefined),
  };
}

/** The form with a language more, or one less; with a fault where that cannot be. */
export function withLanguage(typed: Typed): { typed: Typed; fault?: Fault } {
  const language = canonicalLanguage(typed.added);
  if (language === undefined) return { typed, fault: { field: 'added', sentence: unknownLanguage(typed.added) } };
  if (typed.texts.some((text) => text.language === language)) {
    return { typed, fault: { field: 'added', sentence: `There is a text in "${language}" already.` } };
  }
  const texts = [...typed.texts, { language, subject: '', markdown: '' }];
  return { typed: { ...typed, added: '', texts, fallback: typed.fallback || language } };
}

export function withoutLanguage(typed: Typed, language: string): Typed {
  const texts = typed.texts.filter((text) => text.language !== language);
  return { ...typed, texts, fallback: typed.fallback === language ? (texts[0]?.language ?? '') : typed.fallback };
}

/** Whatever a browser may send: what is not readable tells nothing. */
function readOpened(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

const unknownLanguage = (typed: string): string =>
  typed
    ? `"${typed.slice(0, 40)}" is no language that is known: use a code such as en, de or pt-BR.`
    : 'Type the code of a language, such as de or pt-BR.';

const placeOf = ({ texts }: Typed, language: string): number => texts.findIndex((text) => text.language === language);

/** Nothing at all is kept as nothing; half of it cannot be kept. */
function chosen(typed: Typed, what: 'send' | 'banner'): { at: string; note?: string; fault?: Fault } {
  const [day, time] = [typed[`${what}Day`], typed[`${what}Time`]];
  if (!day && !time) return { at: '' };
  const found = momentIn(typed.zone, day, time);
  if ('at' in found) return found;
  return { at: '', fault: { field: `${what}Day`, sentence: found.fault } };
}

function audienceOf({ who, locales }: Typed): Audience {
  if (who !== 'locales') return { who: who as Audience['who'] };
  const codes = locales.split(/[\s,;]+/).filter(Boolean);
  return { who, locales: [...new Set(codes.map((code) => canonicalLanguage(code) ?? code.slice(0, 40)))] };
}
