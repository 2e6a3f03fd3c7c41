import { createHash } from 'node:crypto';
import type { Notice } from './notice.ts';

/** What an officer writes, and another approves. */
export type Draft = Pick<Notice, 'texts' | 'fallback' | 'effectiveOn' | 'sendAt' | 'zone' | 'bannerUntil' | 'audience'>;

/** These fields alone, whatever else came along. */
export const draftOf = ({ texts, fallback, effectiveOn, sendAt, zone, bannerUntil, audience }: Draft): Draft => ({
  texts: Object.fromEntries(
    Object.entries(texts).map(([language, { subject, markdown }]) => [language, { subject, markdown }]),
  ),
  fallback,
  effectiveOn,
  sendAt,
  zone,
  bannerUntil,
  audience: audience.who === 'locales' ? { who: 'locales', locales: audience.locales ?? [] } : { who: audience.who },
});

/** The subject by which a list names it. */
export const titleOf = ({ texts, fallback }: Draft): string =>
  (texts[fallback] ?? Object.values(texts)[0])?.subject.trim() || 'Without a subject';

/** SHA-256 (hex) of the draft as canonical JSON: the same words and dates give the same hash, whatever their order. */
export const hashOf = (draft: Draft): string =>
  createHash('sha256')
    .update(canonicalJson(draftOf(draft)))
    .digest('hex');

/** JSON without white space, its names in the order of their code units. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

/** Characters of one text. */
export const longestText = 20_000;
export const longestSubject = 200;
const mostLanguages = 30;
/** Bytes of all texts: an item of DynamoDB holds 400 KB, and the history and the progress need some. */
const mostBytes = 250_000;

/** Why this could not even be kept as a draft. */
export function tooBig({ texts }: Draft): string | undefined {
  const all = Object.entries(texts);
  if (all.length > mostLanguages) return `There are ${all.length} languages: write at most ${mostLanguages}.`;
  const long = all.find(([, { markdown }]) => markdown.length > longestText);
  if (long) return tooLong(...long);
  const bytes = Buffer.byteLength(JSON.stringify(texts));
  if (bytes > mostBytes) return `All texts together are ${kilobytes(bytes)}: keep them below ${kilobytes(mostBytes)}.`;
  return undefined;
}

export const tooLong = (language: string, { markdown }: { markdown: string }): string =>
  `The text in "${language}" is ${markdown.length.toLocaleString('en')} characters long: shorten it to ${longestText.toLocaleString('en')}, and put the rest on a page that it links to.`;

const kilobytes = (bytes: number): string => `${Math.ceil(bytes / 1000)} KB`;
