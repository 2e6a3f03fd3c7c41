import type { Mode } from './header.ts';

/** What a directory import leaves in the intake bucket: the function writes it, the command `members` reads it. */
export interface ImportResult {
  /** Name of the file in the bucket, without its folder. */
  file: string;
  outcome: 'imported' | 'refused';
  /** Why nothing was imported: the rest of a sentence that begins with the file's name. */
  problem?: string;
  /** What else a person should know, in whole sentences. */
  notes: string[];
  counts: Counts;
  /** The first bad rows by line; the others went in. */
  bad: BadRow[];
  startedAt: string;
  finishedAt: string;
  /** Which upload of the file this was (S3's sequencer), so that a second notification of it does nothing. */
  upload: string;
}

export interface ImportProgress {
  upload: string;
  phase: 'check' | 'write' | 'remove';
  /** Bytes done and in all, of the phases check and write. */
  offset: number;
  size: number;
  counts: Counts;
}

/** Members, and bad rows. Those not changed cost a read and no write. */
export interface Counts {
  added: number;
  changed: number;
  unchanged: number;
  removed: number;
  bad: number;
}

export interface BadRow {
  line: number;
  reason: string;
}

export const noCounts: Counts = { added: 0, changed: 0, unchanged: 0, removed: 0, bad: 0 };

/** The result in sentences, for people who know the file by this name. */
export function describeResult(result: ImportResult, file = result.file): string[] {
  const { added, changed, unchanged, removed, bad } = result.counts;
  const nothing = added + changed + removed > 0 ? 'Nothing more' : 'Nothing';
  if (result.problem) return [`${file} ${result.problem}. ${nothing} was imported.`, ...result.notes];
  return [
    `${file}: ${added} added, ${changed} changed, ${unchanged} unchanged, ${removed} removed, ${bad} bad rows.`,
    ...result.notes,
    ...result.bad.map(({ line, reason }) => `${file} line ${line}: ${reason}; the row was skipped`),
    ...(bad > result.bad.length ? [`${bad - result.bad.length} more bad rows are not listed.`] : []),
  ];
}

/** Where imports stand in the intake bucket. The file's name says what it is: full-….csv or delta-….csv. */
export const importFolder = 'directory/';

export function modeOf(key: string): Mode | undefined {
  return /^directory\/(full|delta)-[^/]+\.csv$/.exec(key)?.[1] as Mode | undefined;
}

/** A full file whose name ends so, before `.csv`, may remove as many members as it likes. */
export const removalsConfirmed = '-removals-confirmed';
export const areRemovalsConfirmed = (key: string): boolean => key.endsWith(`${removalsConfirmed}.csv`);

export const resultKey = (key: string): string => `${importFolder}results/${nameOf(key)}.json`;
export const progressKey = (key: string): string => `${importFolder}progress/${nameOf(key)}.json`;

const nameOf = (key: string) =>
  key
    .slice(importFolder.length)
    .replace(/\.csv$/, '')
    .replaceAll('/', '_');
