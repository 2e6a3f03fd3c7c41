import type { WalkedMember } from '../members/walk.ts';
import type { Notice } from './notice.ts';

/**
 * Whether a member is told. Who joined after the audience was frozen read the new policy when they did; a member whose
 * `createdAt` the site does not tell counts as having been there.
 */
export function isInAudience(
  member: WalkedMember,
  { audience, fallback, asOf }: Pick<Notice, 'audience' | 'fallback' | 'asOf'>,
): boolean {
  if (asOf && member.createdAt && isAfter(member.createdAt, asOf)) return false;
  if (audience.who === 'managers') return member.manages.length > 0;
  if (audience.who !== 'locales') return true;
  // Whoever told no language reads the fallback.
  const read = member.locale ?? fallback;
  return (audience.locales ?? []).some((range) => matches(read, range));
}

/**
 * The language in which a member is told: their locale, then the same with less and less of it (RFC 4647 section 3.4,
 * lookup: de-AT, de), then another variety of the same language, then the fallback.
 */
export function languageFor(
  { locale }: Pick<WalkedMember, 'locale'>,
  { texts, fallback }: Pick<Notice, 'texts' | 'fallback'>,
): string {
  const written = new Map(Object.keys(texts).map((language) => [language.toLowerCase(), language]));
  const subtags = partsOf(locale ?? '');
  for (let length = subtags.length; length > 0; length -= 1) {
    const found = written.get(subtags.slice(0, length).join('-'));
    if (found) return found;
  }
  const sameLanguage = Object.keys(texts).find((language) => partsOf(language)[0] === subtags[0]);
  return sameLanguage ?? fallback;
}

/** A language tag in its canonical form (pt-BR); undefined for what is none, or names a language that nobody knows. */
export function canonicalLanguage(tag: string): string | undefined {
  try {
    const [canonical] = Intl.getCanonicalLocales(tag);
    return canonical && languageNames().of(canonical) !== undefined ? canonical : undefined;
  } catch {
    return undefined;
  }
}

/** Made on first use: that takes 10 ms, which not every function that imports this file should pay at its start. */
function languageNames(): Intl.DisplayNames {
  names ??= new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  return names;
}

let names: Intl.DisplayNames | undefined;

/** RFC 4647 section 3.3.1, basic filtering: `de` matches de and de-AT, and not del. */
const matches = (locale: string, range: string): boolean => {
  const [read, wanted] = [partsOf(locale), partsOf(range)];
  return wanted.every((subtag, place) => read[place] === subtag);
};

const partsOf = (tag: string): string[] => tag.toLowerCase().split(/[-_]/).filter(Boolean);

/** As moments: a directory may write them with another precision. */
const isAfter = (createdAt: string, asOf: string): boolean => Date.parse(createdAt) > Date.parse(asOf);
