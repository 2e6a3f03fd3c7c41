import type { HistoryEntry, WrittenRequest } from '../../../shared/requests/request.ts';

/** A step of the history, and whether it was taken: who prepares one may find that somebody else was first. */
export interface Step {
  entry: HistoryEntry;
  taken: boolean;
}

/**
 * The whole history, oldest first. The request's own record holds the last 50 entries and is what counts; older ones
 * come from the evidence. An entry that only the evidence has, though the record reaches back to it, was prepared and
 * never taken.
 */
export function allSteps({ history }: WrittenRequest, evidence: HistoryEntry[]): Step[] {
  const first = history[0]?.number ?? 1;
  const recorded = new Set(history.map(nameOf));
  return [
    ...history.map((entry) => ({ entry, taken: true })),
    ...evidence
      .filter((entry) => !recorded.has(nameOf(entry)))
      .map((entry) => ({ entry, taken: entry.number < first })),
  ].toSorted((a, b) => a.entry.number - b.entry.number || a.entry.at.localeCompare(b.entry.at));
}

/**
 * The steps of which the record says something else than the evidence, which is locked. The moments are not compared:
 * who repeats a step that a crash cut short records it later than it was first kept.
 */
export function differing({ history }: WrittenRequest, evidence: HistoryEntry[]): number[] {
  const kept = new Map(evidence.map((entry) => [nameOf(entry), said(entry)]));
  return history
    .filter((entry) => kept.has(nameOf(entry)) && kept.get(nameOf(entry)) !== said(entry))
    .map(({ number }) => number);
}

/** What the evidence calls an entry. */
const nameOf = ({ number, rule }: HistoryEntry): string => `${number} ${rule}`;

const said = ({ state, reason, by, words }: HistoryEntry): string =>
  JSON.stringify([state, reason, by?.id, by?.name, words]);
