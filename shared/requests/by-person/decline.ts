import type { RequestState, WrittenRequest } from '../request.ts';
import { flagsOf } from './flags.ts';
import { standsByWord } from './members-word.ts';
import { needsOpen } from './open-only.ts';
import type { Acting, Outcome } from './outcome.ts';
import { lettersTo, type Reader, readersOfDecline } from './readers.ts';
import { type Facts, type Plan, settle } from './settle.ts';
import { checkWords } from './words.ts';

/** Why a request can be declined: what the desk offers, and what the history says. */
export const declineReasons = {
  'not-a-member': 'The writer is not a member.',
  'cannot-tell-who': 'It cannot be told which member wrote.',
  'not-about-images': 'It does not ask about images in marketing.',
  'already-decided': 'The same request was decided before.',
  'withdrawn-by-requester': 'The requester took it back.',
  other: 'Another reason.',
} as const;

export type DeclineReason = keyof typeof declineReasons;

export interface Decline extends Acting {
  reason: DeclineReason;
  /** What the requester reads; needed, except where it was they who took it back. */
  words?: string;
}

/** Declines a request: its own holds end, and the requester reads why, where somebody can safely be written to. */
export async function decline(request: WrittenRequest, { reason, ...acting }: Decline): Promise<Outcome> {
  if (!Object.hasOwn(declineReasons, reason)) return { refused: 'Choose one of the reasons.' };
  const tookBack = reason === 'withdrawn-by-requester';
  const needed = 'Write to the requester why: at least one sentence, in their language if you can.';
  const checked = checkWords(acting.words, tookBack ? undefined : needed);
  if ('refused' in checked) return checked;
  return settle(request, {
    ...acting,
    ...checked,
    rule: tookBack ? 'withdrawn' : 'declined',
    plan: async (facts) =>
      needsOpen(facts.request) ??
      standsByWord(facts.request) ??
      planDecline(facts, reason, await readersOfDecline(facts.request, reason), checked.words),
  });
}

export function planDecline({ present }: Facts, reason: DeclineReason, readers: Reader[], words?: string): Plan {
  const state: RequestState = reason === 'withdrawn-by-requester' ? 'withdrawn' : 'declined';
  const { answers, fields } = lettersTo(readers, state, { words });
  return {
    state,
    reason: declineReasons[reason],
    flags: [...flagsOf('give-up', present.blocks), ...flagsOf('let-go', present.holds)],
    answers,
    fields: { released: present.holds, ...fields },
  };
}
