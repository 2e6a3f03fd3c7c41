import type { WrittenRequest } from '../request.ts';
import type { Acting, Outcome } from './outcome.ts';
import { type Facts, type Plan, settle } from './settle.ts';
import { checkWords } from './words.ts';

export interface Note extends Acting {
  words: string;
}

/** Adds words to the history, which the requester does not read. Nothing else changes, open or closed. */
export async function note(request: WrittenRequest, acting: Note): Promise<Outcome> {
  const checked = checkWords(acting.words, 'Write the note.');
  if ('refused' in checked) return checked;
  const plan = ({ request: { state, dueAt } }: Facts): Plan => ({
    state,
    dueAt,
    reason: 'A note.',
    flags: [],
    answers: [],
    fields: {},
  });
  return settle(request, { ...acting, ...checked, rule: 'noted', plan });
}
