import { stringify } from 'csv-stringify/sync';
import type { State } from '../optouts/opt-out.ts';
import type { Clearance, ScopeClearance } from './check.ts';
import type { CsvColumns, CsvLine } from './csv-lines.ts';

/** What stands beside each line. */
export const answerColumns = ['allowed', 'state', 'since', 'request_ids', 'reason', 'check_id'] as const;

/**
 * A line with its answer: of several scopes the strictest state, and since when that is so. What nobody knows is clear as
 * well, but a file is filtered by its states, and so says that it is unknown.
 */
export function answerOf({ text }: CsvLine, { allowed, known, scopes }: Clearance, checkId: string): string {
  const all = Object.values(scopes) as ScopeClearance[];
  const state = strictness.find((one) => all.some((scope) => scope.state === one))!;
  const those = all.filter((scope) => scope.state === state);
  const since = those
    .map((scope) => scope.since)
    .filter(Boolean)
    .sort()[0];
  const ids = [...new Set(all.flatMap(({ requestIds }) => requestIds))].join(' ');
  const shown = known || state !== 'clear' ? state : 'unknown';
  return `${text},${allowed},${shown},${since ?? ''},${ids},${known ? '' : 'unknown'},${checkId}\n`;
}

const strictness: State[] = ['blocked', 'hold', 'clear'];

/**
 * A broken line keeps its place and its cells, with the reason where the answer would be. Where it has no cells, or more
 * of them than there are columns, what could be read of it stands in the first.
 */
export function faultAnswer({ line, text, cells, reason }: CsvLine & { reason: string }, { kept }: CsvColumns): string {
  const own =
    cells && cells.length <= kept.length ? cells.map(toCell) : [toCell([...text].slice(0, shownOfBroken).join(''))];
  const filled = [...own, ...Array(kept.length - own.length).fill('')].join(',');
  return `${filled},false,,,,${toCell(`line ${line}: ${reason}`)},\n`;
}

const shownOfBroken = 500;

/** Quoted where it has to be (RFC 4180). */
export const toCell = (text: string): string => (/[",\r\n]/.test(text) ? stringify([[text]]).slice(0, -1) : text);
