import { stringify } from 'csv-stringify/sync';
import type { State } from '../optouts/opt-out.ts';
import type { Clearance, ScopeClearance } from './check.ts';
import type { CsvColumns, CsvLine } from './csv-lines.ts';

/** What stands beside each line. */
export const answerColumns = ['allowed', 'state', 'since', 'request_ids', 'reason', 'check_id'] as const;

/** A line with its answer: of several scopes the strictest state, and since when that is so. */
export function answerOf({ text }: CsvLine, { allowed, known, scopes }: Clearance, checkId: string): string {
  const all = Object.values(scopes) as ScopeClearance[];
  const state = strictness.find((one) => all.some((scope) => scope.state === one))!;
  const those = all.filter((scope) => scope.state === state);
  const since = those
    .map((scope) => scope.since)
    .filter(Boolean)
    .sort()[0];
  const ids = [...new Set(all.flatMap(({ requestIds }) => requestIds))].join(' ');
  return `${text},${allowed},${state},${since ?? ''},${ids},${known ? '' : 'unknown'},${checkId}\n`;
}

const strictness: State[] = ['blocked', 'hold', 'clear'];

/** A broken line keeps its place: what could be read of it in the first cell, and the reason where the answer would be. */
export function faultAnswer({ line, text, reason }: CsvLine & { reason: string }, { kept }: CsvColumns): string {
  const shown = toCell([...text].slice(0, shownOfBroken).join(''));
  return `${shown}${','.repeat(kept.length - 1)},false,,,,${toCell(`line ${line}: ${reason}`)},\n`;
}

const shownOfBroken = 500;

/** Quoted where it has to be (RFC 4180). */
export const toCell = (text: string): string => (/[",\r\n]/.test(text) ? stringify([[text]]).slice(0, -1) : text);
