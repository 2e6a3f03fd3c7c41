import { createHash } from 'node:crypto';
import { describe } from './by-person/covers.ts';
import { flagsOf } from './by-person/flags.ts';
import type { Answer, Choice, WrittenRequest } from './request.ts';

export interface Chosen {
  /** The same identity is the same request. */
  identity: string;
  choice: Choice;
  answers: Answer[];
  rule: string;
  /** How the choice came. */
  reason: string;
}

/**
 * A request that a page of ours makes of a choice: with the decision and all that follows from it as noted, so that the
 * hourly look finishes what a crash leaves undone.
 */
export function choiceRequest({
  identity,
  choice,
  answers,
  rule,
  reason,
}: Chosen): Omit<WrittenRequest, 'requestId' | 'version'> {
  const { at, memberId, block, allow } = choice;
  const words = [
    block.length > 0 && `No more: ${describe(block)}.`,
    allow.length > 0 && `Allowed again: ${describe(allow)}.`,
  ]
    .filter((sentence) => sentence !== false)
    .join(' ');
  const why = `${reason} ${words}`;
  return {
    hash: choiceHash(identity),
    channel: 'other',
    state: 'received',
    receivedAt: at,
    decision: { state: 'granted', rule, reason: why, effects: [], answers: [] },
    summary: { subject: words.slice(0, 200).toWellFormed(), memberIds: [memberId] },
    arrival: { bucket: '', key: '' },
    thread: { references: [] },
    confirmations: {},
    history: [],
    who: `member/${memberId}`,
    open: 'deciding',
    dueAt: at,
    choice,
    deciding: {
      seen: 0,
      step: { at, state: 'granted', rule, reason: why },
      flags: [...flagsOf('block', block), ...flagsOf('opt-in', allow)],
      answers,
      fields: { covers: block },
    },
  };
}

export const choiceHash = (identity: string): string => createHash('sha256').update(identity).digest('hex');
