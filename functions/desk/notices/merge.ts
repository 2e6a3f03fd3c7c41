import { createHash } from 'node:crypto';
import type { Fault } from '../views/messages.tsx';
import { textId } from './faults.ts';
import { isDay, wordsFor } from './send-time.ts';
import { draftFrom, type Typed, type TypedText } from './typed.ts';
import { audienceWords, languageWords } from './words.ts';

/** Short hashes of the values that a form was opened with, by field: enough to tell what the officer has changed. */
export type Opened = Record<string, string>;

export interface Merged {
  typed: Typed;
  /** Labels of fields that the officer had left alone and somebody else changed: they are now as stored. */
  taken: string[];
  /** At each field that is not as stored: what is stored. Saving puts what was typed in its place. */
  differing: Fault[];
}

/** What a form holds, for the next one to see whether it was changed. */
export const openedOf = (typed: Typed): Opened =>
  Object.fromEntries(partsOf(typed).map(({ id, value }) => [id, digest(value)]));

/**
 * A form that was filled in while somebody else saved: what the officer changed stays, everything else becomes what is
 * stored. Without `opened`, all counts as changed: nothing that was typed is lost, and every difference is shown.
 */
export function mergeTyped(typed: Typed, stored: Typed, opened: Opened): Merged {
  const isChanged = (part: Part) => opened[part.id] !== digest(part.value);
  const [mine, theirs] = [partsOf(typed), partsOf(stored)];
  const names = takenGroups(mine, isChanged).flatMap((part) => part.names);
  const whole: Typed = {
    ...typed,
    ...Object.fromEntries(names.map((name) => [name, stored[name]])),
    texts: mergedTexts(typed, stored, opened),
  };
  const now = partsOf(whole);
  const valueIn = (parts: Part[], id: string) => parts.find((part) => part.id === id)?.value;
  const all = [...now, ...theirs, ...mine].filter(
    ({ id }, place, parts) => place === parts.findIndex((p) => p.id === id),
  );
  return {
    typed: whole,
    taken: all.filter(({ id }) => valueIn(mine, id) !== valueIn(now, id)).map(({ label }) => label),
    differing: all
      .filter(({ id }) => valueIn(now, id) !== valueIn(theirs, id))
      // What nobody else touched differs because the officer changed it: there is nothing to be told about it.
      .filter(({ id }) => digest(valueIn(theirs, id)) !== (opened[id] ?? digest(undefined)))
      .map((part) => differingAt(part, theirs, now)),
  };
}

/** One field of the form, or two that make one value. */
interface Part {
  id: string;
  label: string;
  value: string;
  words: string;
  names: (keyof Typed)[];
  /** Fields of one group stay together: a time of day means nothing without its zone. */
  group: string;
}

function partsOf(typed: Typed): Part[] {
  const { draft } = draftFrom(typed);
  const part = (id: string, label: string, names: (keyof Typed)[], words: string, group = id): Part => ({
    ...{ id, label, names, group, words },
    value: names.map((name) => typed[name]).join(' '),
  });
  const moment = (at: string) => (at ? wordsFor(at, draft.zone) : 'nothing');
  return [
    ...typed.texts.flatMap(textParts),
    part('fallback', 'For readers of other languages', ['fallback'], languageWords(typed.fallback)),
    part('effectiveOn', 'Takes effect on', ['effectiveOn'], isDay(typed.effectiveOn) ? typed.effectiveOn : 'nothing'),
    part('sendDay', 'To be sent', ['sendDay', 'sendTime'], moment(draft.sendAt), 'times'),
    part('bannerDay', 'Shown by the site until', ['bannerDay', 'bannerTime'], moment(draft.bannerUntil), 'times'),
    part('zone', 'Time zone', ['zone'], typed.zone, 'times'),
    part('audience', 'Members who are told', ['who', 'locales'], audienceWords(draft.audience)),
  ];
}

const textParts = ({ language, subject, markdown }: TypedText): Part[] =>
  [
    { id: textId('subject', language), label: `Subject in ${languageWords(language)}`, value: subject },
    { id: textId('markdown', language), label: `Text in ${languageWords(language)}`, value: markdown },
  ].map((part) => ({ ...part, names: [], group: language, words: quoted(part.value) }));

/** Parts outside the texts of whose group the officer changed nothing. */
const takenGroups = (mine: Part[], isChanged: (part: Part) => boolean): Part[] =>
  mine.filter(({ names, group }) => names.length > 0 && !mine.some((part) => part.group === group && isChanged(part)));

/** Languages that the officer added or changed stay; others come and go as stored. */
function mergedTexts(typed: Typed, stored: Typed, opened: Opened): TypedText[] {
  const wasThere = (language: string) => textId('subject', language) in opened;
  const keeps = (text: TypedText) => textParts(text).some(({ id, value }) => opened[id] !== digest(value));
  const storedIn = (language: string) => stored.texts.find((text) => text.language === language);
  const added = stored.texts.filter(
    ({ language }) => !wasThere(language) && !typed.texts.some((text) => text.language === language),
  );
  const kept = typed.texts.flatMap((text) => {
    const other = storedIn(text.language);
    if (!other) return keeps(text) ? [text] : [];
    const own = (name: 'subject' | 'markdown') =>
      opened[textId(name, text.language)] === digest(text[name]) ? other[name] : text[name];
    return [{ language: text.language, subject: own('subject'), markdown: own('markdown') }];
  });
  return [...kept, ...added];
}

/** A text that the officer took out has no field any more: then it is said of the texts as a whole. */
function differingAt({ id, label }: Part, stored: Part[], now: Part[]): Fault {
  const words = stored.find((part) => part.id === id)?.words ?? 'nothing, since it was taken out';
  return { field: now.some((part) => part.id === id) ? id : 'texts', sentence: `${label}: stored now is ${words}.` };
}

/** A long text is shown by its beginning; the page of the notice has all of it. */
const quoted = (text: string): string =>
  text ? `“${text.length > 400 ? `${text.slice(0, 400)} …` : text}”` : 'nothing';

const digest = (value: string | undefined): string =>
  createHash('sha256')
    .update(`${value === undefined ? 'none' : `is ${value}`}`)
    .digest('base64url')
    .slice(0, 12);
