import { askedUntil, decideBy } from '../../calendar.ts';
import type { WrittenRequest } from '../request.ts';
import { union } from './covers.ts';
import { needsOpen } from './open-only.ts';
import type { Acting, Outcome, Refused } from './outcome.ts';
import { lettersTo, type Reader, readersOf } from './readers.ts';
import { type Facts, type Plan, settle } from './settle.ts';
import { checkWords } from './words.ts';

export interface Ask extends Acting {
  /** The question, as the requester reads it. */
  words: string;
}

/** Asks the requester something. Until they reply the time to decide stands still; what is held stays held. */
export async function ask(request: WrittenRequest, acting: Ask): Promise<Outcome> {
  const checked = checkWords(acting.words, 'Write what you want to ask.');
  if ('refused' in checked) return checked;
  return settle(request, {
    ...acting,
    ...checked,
    rule: 'asked',
    plan: async (facts) =>
      needsOpen(facts.request) ?? planAsk(facts, await readersOf(facts.request), checked.words, askedUntil(facts.at)),
  });
}

export function planAsk(
  { request, at, present }: Facts,
  readers: Reader[],
  words: string | undefined,
  dueAt: string,
): Plan | Refused {
  if (readers.length === 0 && request.channel === 'email') {
    return { refused: 'There is no address that a question could safely go to, so nobody would read it.' };
  }
  // The letter says what is held meanwhile only where something is.
  const { answers, fields } = lettersTo(readers, 'question', {
    words,
    covers: union(present.blocks, present.holds),
  });
  const how = readers.length > 0 ? '' : ' by letter';
  return {
    state: 'review',
    reason: `The requester is asked something${how}, so the time to decide stands still.`,
    dueAt,
    flags: [],
    answers,
    fields: {
      pausedAt: request.pausedAt ?? at,
      dueWhenPaused: request.dueWhenPaused ?? personsDate(request),
      ...fields,
    },
  };
}

/** A hold that waits for the member has another date than the one by which a person decides. */
const personsDate = ({ state, dueAt, receivedAt }: WrittenRequest): string =>
  (state !== 'held' && dueAt) || decideBy(receivedAt);
