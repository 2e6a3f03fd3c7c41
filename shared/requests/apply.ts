import { addDays, addMonths, now } from '../clock.ts';
import { queueAnswer } from '../deliveries/queue.ts';
import { envNumber } from '../env.ts';
import { evidenceKeys, keep, keepCopy } from '../evidence/store.ts';
import { block, hold } from '../optouts/opt-out.ts';
import { changeOptOut } from '../optouts/store.ts';
import type { HistoryEntry, WrittenRequest } from './request.ts';
import { move } from './store.ts';

/**
 * Makes a recorded decision true: the opt-outs first, then evidence and answers, the request's state last. Every step
 * can be repeated, so a redelivery finishes what a crash left undone and repeats nothing that is done.
 */
export async function apply(request: WrittenRequest): Promise<void> {
  if (request.state !== 'received') return;
  await setFlags(request);
  const { state, rule, reason } = request.decision;
  const entry: HistoryEntry = { number: request.history.length + 1, at: now(), state, rule, reason };
  await Promise.all([keepEvidence(request, entry), queueAnswers(request)]);
  await move(request, entry);
}

async function setFlags({ requestId, receivedAt, decision }: WrittenRequest): Promise<void> {
  for (const { effect, subject, scopes } of decision.effects) {
    const change = effect === 'block' ? block : hold;
    await changeOptOut(subject, (optOut) => change(optOut, scopes, requestId, receivedAt));
  }
}

async function keepEvidence(request: WrittenRequest, entry: HistoryEntry): Promise<void> {
  const { requestId, history, arrival } = request;
  const until = keptUntil(request);
  await Promise.all([
    keepCopy(evidenceKeys.mail(requestId), arrival, until),
    ...[...history, entry].map((each) =>
      keep(
        evidenceKeys.entry(requestId, each.number),
        JSON.stringify({ requestId, ...each }),
        'application/json',
        until,
      ),
    ),
  ]);
}

/** From the arrival, so that a repetition asks for the same date; closing the request later only makes it longer. */
const keptUntil = ({ receivedAt, decision }: WrittenRequest): string =>
  decision.state === 'ignored'
    ? addDays(receivedAt, envNumber('automaticRetentionDays'))
    : addMonths(receivedAt, envNumber('requestRetentionMonths'));

async function queueAnswers({ requestId, receivedAt, decision, thread }: WrittenRequest): Promise<void> {
  await Promise.all(
    decision.answers.map((answer, number) =>
      queueAnswer({
        batch: requestId,
        delivery: `${answer.letter}-${number}`,
        ...answer,
        requestId,
        since: receivedAt,
        thread,
      }),
    ),
  );
}
