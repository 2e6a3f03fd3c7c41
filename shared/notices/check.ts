import { canonicalLanguage } from './audience.ts';
import { type Draft, longestSubject, longestText, tooBig, tooLong } from './draft.ts';

/** What is wrong with a field of the form, and what to do. `language` where it is about one of the texts. */
export interface Fault {
  field: 'texts' | 'subject' | 'markdown' | 'fallback' | 'effectiveOn' | 'sendAt' | 'zone' | 'bannerUntil' | 'audience';
  sentence: string;
  language?: string;
}

/** Everything that keeps a notice from being submitted, in the order of the form; empty where nothing does. */
export function checkNotice(draft: Draft, at: string): Fault[] {
  return [...checkTexts(draft), ...checkTimes(draft, at), ...checkAudience(draft)];
}

function checkTexts(draft: Draft): Fault[] {
  const { texts, fallback } = draft;
  const languages = Object.keys(texts);
  const faults = languages.flatMap((language) => checkText(language, texts[language]!));
  if (languages.length === 0) faults.push({ field: 'texts', sentence: 'Write the notice in at least one language.' });
  else if (!Object.hasOwn(texts, fallback)) {
    const sentence = fallback
      ? `The fallback is "${fallback}", which has no text: write one, or choose another fallback.`
      : 'Choose the language for members who read none of the others.';
    faults.push({ field: 'fallback', sentence });
  }
  const big = faults.some(({ field }) => field === 'markdown') ? undefined : tooBig(draft);
  return big ? [...faults, { field: 'texts', sentence: big }] : faults;
}

function checkText(language: string, text: { subject: string; markdown: string }): Fault[] {
  const { subject, markdown } = text;
  const faults: (Fault | false)[] = [
    canonicalLanguage(language) === undefined && {
      field: 'texts',
      language,
      sentence: `"${language}" is no language that is known: use a code such as en, de or pt-BR.`,
    },
    subject.trim() === '' && {
      field: 'subject',
      language,
      sentence: `The notice in "${language}" has no subject: write one, or take the language out.`,
    },
    (subject.length > longestSubject || /[\p{Cc}\u2028\u2029]/u.test(subject)) && {
      field: 'subject',
      language,
      sentence: `The subject in "${language}" must be one line of at most ${longestSubject} characters.`,
    },
    markdown.trim() === '' && {
      field: 'markdown',
      language,
      sentence: `The notice in "${language}" has no text: write one, or take the language out.`,
    },
    markdown.length > longestText && { field: 'markdown', language, sentence: tooLong(language, text) },
  ];
  return faults.filter((fault) => fault !== false);
}

function checkTimes({ sendAt, zone, effectiveOn, bannerUntil }: Draft, at: string): Fault[] {
  const faults: Fault[] = [];
  const isZone = dayIn(at, zone) !== undefined;
  if (!isZone) faults.push({ field: 'zone', sentence: `"${zone}" is no time zone: use a name such as Europe/Berlin.` });
  if (!isMoment(sendAt)) faults.push({ field: 'sendAt', sentence: 'Choose the day and the time of sending.' });
  else if (sendAt <= at)
    faults.push({ field: 'sendAt', sentence: 'The time of sending is in the past: choose a later one.' });
  if (!isDay(effectiveOn)) faults.push({ field: 'effectiveOn', sentence: 'Choose the day on which it takes effect.' });
  else if (isZone && isMoment(sendAt) && effectiveOn < dayIn(sendAt, zone)!)
    faults.push({
      field: 'effectiveOn',
      sentence: 'It would take effect before it is sent: choose a later day, or send it earlier.',
    });
  if (!isMoment(bannerUntil)) faults.push({ field: 'bannerUntil', sentence: 'Choose until when the site shows it.' });
  else if (isMoment(sendAt) && bannerUntil <= sendAt)
    faults.push({ field: 'bannerUntil', sentence: 'The site would stop showing it before it is sent: choose later.' });
  return faults;
}

function checkAudience({ audience }: Draft): Fault[] {
  const { who, locales = [] } = audience;
  const fault = (sentence: string): Fault[] => [{ field: 'audience', sentence }];
  if (!['all', 'managers', 'locales'].includes(who)) return fault('Choose whom to tell.');
  if (who !== 'locales') return [];
  if (locales.length === 0) return fault('Choose at least one language, or tell everybody.');
  const unknown = locales.find((locale) => canonicalLanguage(locale) === undefined);
  return unknown === undefined
    ? []
    : fault(`"${unknown}" is no language that is known: use a code such as en, de or pt-BR.`);
}

const isMoment = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/.test(text) && !Number.isNaN(Date.parse(text));

const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;

/** The day (`YYYY-MM-DD`) of a moment in a time zone; undefined for a zone that nobody knows. */
function dayIn(at: string, timeZone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date(at));
  } catch {
    return undefined;
  }
}
