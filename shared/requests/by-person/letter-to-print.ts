import type { LetterKind } from '../../letters/letter.ts';
import { type Answer, isOpen, type WrittenRequest } from '../request.ts';

/**
 * What there is to say on paper as the request stands: what a person answered last, else what was answered on arrival,
 * else that it is here and will be decided. A letter says nothing that is no longer so: one that is open was not
 * granted, whatever it was before. Undefined where nobody is to be written to.
 */
export function letterToPrint({ lastAnswer, decision, state, pausedAt }: WrittenRequest): Answer | undefined {
  const fits = pausedAt ? ['question'] : (letters[state] ?? []);
  const said = [lastAnswer, ...decision.answers].find((answer) => answer && fits.includes(answer.letter));
  if (said || !isOpen(state) || state === 'quarantined') return said;
  return { letter: 'received', to: '', locale: 'en', name: '', communities: [] };
}

/** The letters that are true of a request in this state, and that nobody needs a screen for. */
const letters: Partial<Record<WrittenRequest['state'], LetterKind[]>> = {
  review: ['which-profile', 'received'],
  held: ['which-profile', 'received'],
  granted: ['granted', 'already-in-effect', 'unsubscribed'],
  declined: ['declined'],
  withdrawn: ['withdrawn'],
};
