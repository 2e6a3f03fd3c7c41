import { now } from '../../shared/clock.ts';
import { type BadRow, type ImportProgress, noCounts, progressKey } from '../../shared/members/imports.ts';
import { type Position, startOfFile } from '../../shared/members/records.ts';
import type { Page } from '../../shared/members/sync.ts';
import { readJson, writeJson } from './intake-bucket.ts';
import type { Upload } from './upload.ts';

/** How far the import of an upload has come; kept in the bucket, so that another invocation goes on from there. */
export interface Progress extends ImportProgress {
  startedAt: string;
  /** Where the next row begins. */
  at: Position;
  /** Whether members that the file does not name are removed at the end. */
  removes: boolean;
  /** Where the walk for them goes on. */
  walk?: Page['next'];
  bad: BadRow[];
  notes: string[];
}

export async function beginOrGoOn(upload: Upload): Promise<Progress> {
  const kept = await readJson<Progress>(upload.bucket, progressKey(upload.key));
  if (kept?.upload === upload.sequencer) return kept;
  return {
    upload: upload.sequencer,
    phase: 'check',
    offset: 0,
    size: upload.size,
    counts: { ...noCounts },
    startedAt: now(),
    at: startOfFile,
    removes: false,
    bad: [],
    notes: [],
  };
}

export const keepProgress = (upload: Upload, progress: Progress): Promise<void> =>
  writeJson(upload.bucket, progressKey(upload.key), progress);

/** A result lists so many bad rows and only counts the others: a wrong file of a million rows stays readable. */
const mostListed = 10_000;

export function noteBadRow(progress: Progress, line: number, reason: string): void {
  progress.counts.bad += 1;
  if (progress.bad.length < mostListed) progress.bad.push({ line, reason });
}
