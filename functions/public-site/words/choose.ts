import type { Context } from 'hono';
import { accepts } from 'hono/accepts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import type { Words } from './words.ts';

/**
 * The words for a reader: in the member's language (BCP 47) where it is known and we have words in it, else in the one
 * that the browser asks for, else in English.
 */
export const chooseWords = (context: Context, locale = ''): Words =>
  languages[languageOf(locale)] ?? languages[acceptedLanguage(context)]!;

const languages: Record<string, Words> = Object.assign(Object.create(null), { en, de, fr, es });

const acceptedLanguage = (context: Context): string =>
  accepts(context, {
    header: 'Accept-Language',
    supports: Object.keys(languages),
    default: 'en',
    match: (asked, { supports, default: fallback }) =>
      asked
        .filter(({ q }) => q > 0)
        .toSorted((a, b) => b.q - a.q)
        .map(({ type }) => languageOf(type))
        .find((language) => supports.includes(language)) ?? fallback,
  });

const languageOf = (tag: string): string => tag.toLowerCase().split(/[-_]/)[0]!;
