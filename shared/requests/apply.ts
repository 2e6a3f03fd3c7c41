import { decideBy, heldUntil } from '../calendar.ts';
import { addDays, addMonths, now } from '../clock.ts';
import { envNumber } from '../env.ts';
import { evidenceKeys, keep, keepCopy, keepLonger } from '../evidence/store.ts';
import { block, hold, type OptOut, type Subject } from '../optouts/opt-out.ts';
import { changeOptOut } from '../optouts/store.ts';
import { queueAnswers } from './answers.ts';
import { type Answer, advance, type Effect, type HistoryEntry, isClosed, type WrittenRequest } from './request.ts';
import { changeRequest } from './store.ts';

/**
 * Makes the decision on an arrival true: the opt-outs first, then evidence and answers, the request's state last.
 * `optOuts` are those that the caller has just read. Every step can be repeated, so a redelivery finishes what a crash
 * left undone and repeats nothing that is done.
 */
export async function apply(request: WrittenRequest, optOuts?: Map<Subject, OptOut>): Promise<void> {
  const { state, rule, reason, effects, answers } = request.decision;
  if (request.state !== 'received' || state === 'attached') return;
  await setFlags(request, effects, optOuts);
  const dueAt = dueDate(request);
  const step = { at: now(), state, rule, reason, dueAt };
  const applied = advance(request, step)!;
  await Promise.all([
    keepCopy(evidenceKeys.mail(request.requestId), request.arrival, keptUntil(request, step.at)),
    keepEntry(request, applied.history.at(-1)!),
    queueAnswers(request, answers, { occasion: 'arrival', dueAt, automatic: true }),
  ]);
  await changeRequest(request, (found) => (found.state === 'received' ? advance(found, step) : undefined));
}

/**
 * Takes a recorded request one step on: evidence and answers first, its state last. `step` looks at the request as it
 * is and returns it as it should be, or undefined when there is nothing left to do. Answers are `automatic` where a mail
 * caused the step.
 */
export async function takeStep(
  request: WrittenRequest,
  step: (request: WrittenRequest) => WrittenRequest | undefined,
  answers: Answer[] = [],
  automatic = false,
): Promise<WrittenRequest> {
  return changeRequest(request, step, (wanted) => {
    const entry = wanted.history.at(-1)!;
    return Promise.all([
      keepEntry(wanted, entry),
      isClosed(wanted.state) ? keepLonger(evidenceKeys.mail(wanted.requestId), keptUntil(wanted, entry.at)) : undefined,
      queueAnswers(wanted, answers, { occasion: entry.rule, dueAt: wanted.dueAt, automatic }),
    ]);
  });
}

/** Sets what the effects ask for; each can be set again without a change. */
export async function setFlags(
  { requestId, receivedAt }: WrittenRequest,
  effects: Effect[],
  known?: Map<Subject, OptOut>,
): Promise<void> {
  for (const { effect, subject, scopes } of effects) {
    const change = effect === 'block' ? block : hold;
    await changeOptOut(subject, (optOut) => change(optOut, scopes, requestId, receivedAt), known?.get(subject));
  }
}

/** The first writer of an entry stands. */
const keepEntry = (request: WrittenRequest, entry: HistoryEntry): Promise<void> =>
  keep(
    evidenceKeys.entry(request.requestId, entry.number, entry.rule),
    JSON.stringify({ requestId: request.requestId, ...entry }),
    'application/json',
    keptUntil(request, entry.at),
  );

/** Evidence stays for its period after the last thing that happened. */
const keptUntil = ({ decision }: WrittenRequest, at: string): string =>
  decision.state === 'ignored'
    ? addDays(at, envNumber('automaticRetentionDays'))
    : addMonths(at, envNumber('requestRetentionMonths'));

function dueDate({ decision, receivedAt }: WrittenRequest): string | undefined {
  if (decision.state === 'held') return heldUntil(receivedAt);
  return decision.state === 'review' || decision.state === 'quarantined' ? decideBy(receivedAt) : undefined;
}
