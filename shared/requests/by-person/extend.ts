import { holidaysOfStage } from '../../calendar.ts';
import { extended } from '../clock.ts';
import { isOpen, type WrittenRequest } from '../request.ts';
import type { Acting, Outcome, Refused } from './outcome.ts';
import { type Facts, type Plan, settle } from './settle.ts';
import { checkWords } from './words.ts';

export interface Extend extends Acting {
  /** Business days. */
  days: number;
  /** Why it takes longer. */
  words: string;
}

/** As many business days as California gives anew for the requests that may be extended at all (45 days). */
export const mostExtraDays = 45;

/** Moves the due date, once: the law that the default follows knows one extension, with its reason. */
export async function extend(request: WrittenRequest, { days, ...acting }: Extend): Promise<Outcome> {
  const checked = checkWords(acting.words, 'Write why it takes longer: the reason is part of the record.');
  if ('refused' in checked) return checked;
  const plan = (facts: Facts) => planExtend(facts, days, holidaysOfStage());
  return settle(request, { ...acting, ...checked, rule: 'extended', plan });
}

export function planExtend({ request }: Facts, days: number, holidays: ReadonlySet<string>): Plan | Refused {
  if (!Number.isInteger(days) || days < 1 || days > mostExtraDays) {
    return { refused: `Give a whole number of business days, from 1 to ${mostExtraDays}.` };
  }
  if (!isOpen(request.state) || !request.dueAt)
    return { refused: `This request is ${request.state}: it has no due date.` };
  if (request.state === 'held')
    return { refused: 'The member was asked to confirm and has time until then; a person has none to extend yet.' };
  if (request.extended)
    return { refused: 'The due date was moved once already, and that is all that the law allows. Decide the request.' };
  const { dueAt, ...fields } = extended(request, days, holidays);
  return {
    state: request.state,
    reason: `The due date is ${days} business days later.`,
    dueAt,
    flags: [],
    answers: [],
    fields,
  };
}
