import { canonicalAddress } from './address.ts';
import type { Column } from './header.ts';

export type Read<T> = { value: T } | { reason: string };

/** How a cell of each column is read: trimmed text in, a value or the reason why it is none. */
export const readers: { [column in Column]: (text: string) => Read<string | string[] | undefined> } = {
  memberId: (text) => id(text),
  handle: (text) => label(text, 100),
  name: (text) => label(text, 200),
  primaryEmail: (text) => (text ? address(text) : empty),
  otherEmails: (text) => several(text, 50, address, canonicalAddress),
  manages: (text) => several(text, 500, id),
  locale: (text) => (text ? locale(text) : nothing),
  createdAt: (text) => (text ? moment(text) : nothing),
};

const nothing = { value: undefined };
const empty = { reason: 'is empty' };

/** Ids become part of keys and of URLs such as /clearance/member/17, so they hold no slash. */
function id(text: string): Read<string> {
  if (!text) return empty;
  const isId = /^[^\s/\p{C}\p{Z}]{1,128}$/u.test(text);
  return isId
    ? { value: text }
    : { reason: `is ${shown(text)}, and an id has at most 128 characters, no space and no slash` };
}

function label(text: string, longest: number): Read<string> {
  const value = text.replace(/\s+/g, ' ').normalize('NFC');
  if (!value) return empty;
  if (/\p{Cc}/u.test(value)) return { reason: 'holds a control character' };
  return value.length > longest ? { reason: `is longer than ${longest} characters` } : { value };
}

function address(text: string): Read<string> {
  return canonicalAddress(text) ? { value: text } : { reason: `is no mail address: ${shown(text)}` };
}

/** Spreadsheets and many sites write en_GB. Values are stored in BCP 47's own case: de-AT, zh-Hant. */
function locale(text: string): Read<string> {
  try {
    return { value: Intl.getCanonicalLocales(text.replaceAll('_', '-'))[0]! };
  } catch {
    return { reason: `is no BCP 47 language tag: ${shown(text)}` };
  }
}

const isoMoment = /^(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** ISO 8601, UTC where no zone is given. Date rolls 30 February over to March, so the day is looked at by itself. */
function moment(text: string): Read<string> {
  const iso = text.replace(' ', 'T').toUpperCase();
  const [, day, zone] = isoMoment.exec(iso) ?? [];
  const at = new Date(zone || iso === day ? iso : `${iso}Z`);
  const isMoment = day && !Number.isNaN(at.getTime()) && isDay(day);
  return isMoment ? { value: at.toISOString() } : { reason: `is no ISO 8601 date: ${shown(text)}` };
}

const isDay = (day: string) => new Date(day).toISOString().startsWith(day);

/** Values between semicolons, each once (as `same` compares them). */
function several(
  text: string,
  most: number,
  read: (one: string) => Read<string>,
  same = (one: string): unknown => one,
) {
  const parts = text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length > most) return { reason: `has more than ${most} values` };
  const unique = new Map<unknown, string>();
  for (const part of parts) {
    const one = read(part);
    if ('reason' in one) return one;
    if (!unique.has(same(one.value))) unique.set(same(one.value), one.value);
  }
  return { value: [...unique.values()] };
}

/** Enough of a value to find it by, in one line. */
const shown = (text: string) => JSON.stringify(text.length > 60 ? `${text.slice(0, 60).toWellFormed()}…` : text);
