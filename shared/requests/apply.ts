import { decideBy, heldUntil } from '../calendar.ts';
import { addDays, addMonths, now } from '../clock.ts';
import { envNumber } from '../env.ts';
import { evidenceKeys, keep, keepCopy, keepLonger } from '../evidence/store.ts';
import { block, hold, type OptOut, type Subject } from '../optouts/opt-out.ts';
import { queueAnswers } from './answers.ts';
import { flag } from './flag.ts';
import { type Answer, advance, type Effect, type HistoryEntry, isClosed, type WrittenRequest } from './request.ts';
import { staysInEffect } from './stays-in-effect.ts';
import { changeRequest } from './store.ts';

/**
 * Makes the decision on an arrival true: the opt-outs and recalls first, then evidence and answers, the request's state
 * last. `optOuts` are those that the caller has just read. Every step can be repeated, so a redelivery finishes what a
 * crash left undone and repeats nothing that is done. Returns the request as it stands afterwards.
 */
export async function apply(request: WrittenRequest, optOuts?: Map<Subject, OptOut>): Promise<WrittenRequest> {
  const { state, rule, reason, effects, answers, by, words } = request.decision;
  if (request.state !== 'received' || state === 'attached') return request;
  const at = now();
  // A letter may have been posted days ago, but nothing was held before it was here.
  await setFlags(request, effects, { known: optOuts, since: cameByMail(request) ? request.receivedAt : at });
  if (rule === 'already-in-effect') await staysInEffect(request, [...(optOuts?.keys() ?? [])]);
  const dueAt = dueDate(request);
  const step = { at, state, rule, reason, by, words, dueAt };
  const applied = advance(request, step)!;
  await Promise.all([
    ...arrivals(request).map(({ to, from }) => keepCopy(to, from, keptUntil(request, at))),
    keepEntry(request, applied.history.at(-1)!),
    queueAnswers(request, answers, { occasion: 'arrival', dueAt, automatic: true }),
  ]);
  return changeRequest(request, (found) => (found.state === 'received' ? advance(found, step) : undefined));
}

/**
 * Takes a recorded request one step on: evidence and answers first, its state last. `step` looks at the request as it
 * is and returns it as it should be, or undefined when there is nothing left to do. Answers are `automatic` where a mail
 * caused the step; `occasion` tells them from those of another such step, where the rule's name cannot.
 */
export async function takeStep(
  request: WrittenRequest,
  step: (request: WrittenRequest) => WrittenRequest | undefined,
  answers: Answer[] = [],
  automatic = false,
  occasion?: string,
): Promise<WrittenRequest> {
  return changeRequest(request, step, (wanted) => {
    const entry = wanted.history.at(-1)!;
    const longer = isClosed(wanted.state) ? arrivals(wanted) : [];
    return Promise.all([
      keepEntry(wanted, entry),
      ...longer.map(({ to }) => keepLonger(to, keptUntil(wanted, entry.at))),
      queueAnswers(wanted, answers, { occasion: occasion ?? entry.rule, dueAt: wanted.dueAt, automatic }),
    ]);
  });
}

/**
 * Sets what the effects ask for; each can be set again without a change. `known` are opt-outs that were just read;
 * `since` is the moment from which they hold where that is not the arrival of the request.
 */
export async function setFlags(
  request: WrittenRequest,
  effects: Effect[],
  { known, since = request.receivedAt }: { known?: Map<Subject, OptOut>; since?: string } = {},
): Promise<void> {
  for (const { effect, subject, scopes } of effects) {
    const change = effect === 'block' ? block : hold;
    await flag(request, subject, (optOut) => change(optOut, scopes, request.requestId, since), known?.get(subject));
  }
}

/** Evidence stays for its period after the last thing that happened; what a person has touched is a request's. */
export const keptUntil = (
  { decision, history = [] }: Pick<WrittenRequest, 'decision'> & Partial<Pick<WrittenRequest, 'history'>>,
  at: string,
): string =>
  decision.state === 'ignored' && !history.some(({ by }) => by)
    ? addDays(at, envNumber('automaticRetentionDays'))
    : addMonths(at, envNumber('requestRetentionMonths'));

/**
 * What arrived, and where the evidence keeps it: one mail, the files that paper was made into, or nothing where somebody
 * at the desk wrote down what they were told (an arrival without a key).
 */
function arrivals(request: WrittenRequest) {
  const { requestId, arrival, scans = [] } = request;
  if (cameByMail(request)) return [{ to: evidenceKeys.mail(requestId), from: arrival }];
  return scans.flatMap(({ scanId, from }) =>
    from && 'file' in from
      ? [
          {
            to: evidenceKeys.original(requestId, scanId),
            from: { bucket: arrival.bucket, key: from.file, version: from.version },
          },
        ]
      : [],
  );
}

const cameByMail = ({ arrival, scans = [] }: WrittenRequest): boolean =>
  arrival.key !== '' && !scans.some(({ from }) => from !== undefined && 'file' in from);

/** The first writer of an entry stands. */
const keepEntry = (request: WrittenRequest, entry: HistoryEntry): Promise<void> =>
  keep(
    evidenceKeys.entry(request.requestId, entry.number, entry.rule),
    JSON.stringify({ requestId: request.requestId, ...entry }),
    'application/json',
    keptUntil(request, entry.at),
  );

function dueDate({ decision, receivedAt }: WrittenRequest): string | undefined {
  if (decision.state === 'held') return heldUntil(receivedAt);
  return decision.state === 'review' || decision.state === 'quarantined' ? decideBy(receivedAt) : undefined;
}
