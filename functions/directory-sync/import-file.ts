import { now } from '../../shared/clock.ts';
import { type ImportResult, modeOf, resultKey } from '../../shared/members/imports.ts';
import { type Checked, check } from './check.ts';
import { readBytes, readJson, writeJson } from './intake-bucket.ts';
import { beginOrGoOn, keepProgress, type Progress } from './progress.ts';
import { planRemovals, removeAbsent } from './removals.ts';
import type { Upload } from './upload.ts';
import { writeRows } from './write-rows.ts';

export interface Pace {
  /** Whether there is time for another round of work in this invocation. */
  hasTime(): boolean;
  /** Called once, before the first row is written. */
  onBegin(): Promise<void>;
  /** Called after every piece of work: keeps the lease. */
  onRound(): Promise<void>;
}

/**
 * Brings a file into the directory: check it, decide on removals, write its rows, remove the absent, say what came of
 * it. `unfinished` when the time is up; the next call goes on. Every part may be repeated, so a kill anywhere costs only
 * what was done since the last checkpoint (and counts those rows as unchanged when they are passed again).
 */
export async function importFile(upload: Upload, pace: Pace): Promise<ImportResult | 'unfinished'> {
  const mode = modeOf(upload.key);
  const progress = await beginOrGoOn(upload);
  if (!mode) return finish(upload, progress, badName);
  if (progress.phase === 'check') await keepProgress(upload, progress);
  const checked = await check(readBytes(upload), mode);
  if ('problem' in checked) return finish(upload, progress, checked.problem);
  await pace.onRound();
  const step = checkpoints(upload, progress, pace);

  if (progress.phase === 'check') {
    const problem = mode === 'full' ? await planRemovals(upload, progress, checked, pace.onRound) : undefined;
    if (problem) return finish(upload, progress, problem);
    await pace.onBegin();
    startWriting(progress, checked);
    await keepProgress(upload, progress);
  }
  if (progress.phase === 'write' && !(await writeRows(upload, progress, checked, step))) return 'unfinished';
  if (progress.removes && !(await removeAbsent(progress, checked, step))) return 'unfinished';
  return finish(upload, progress);
}

/** The result of this very upload, if there is one: S3 and SQS may announce it twice. */
export async function findResult(upload: Upload): Promise<ImportResult | undefined> {
  const result = await readJson<ImportResult>(upload.bucket, resultKey(upload.key));
  return result?.upload === upload.sequencer ? result : undefined;
}

/** Records that the file was not imported at all. */
export async function refuse(upload: Upload, problem: string): Promise<ImportResult> {
  return finish(upload, await beginOrGoOn(upload), problem);
}

const badName = 'is not named for an import: directory/full-….csv or directory/delta-….csv is needed';

function startWriting(progress: Progress, { header, start }: Checked): void {
  progress.phase = 'write';
  progress.at = start;
  if (header.ignored.length > 0) progress.notes.push(`Columns that were not read: ${header.ignored.join(', ')}.`);
}

/** Between rounds: keeps the progress every few seconds, and tells whether to go on. */
function checkpoints(upload: Upload, progress: Progress, pace: Pace): () => Promise<boolean> {
  let last = Date.now();
  return async () => {
    const goesOn = pace.hasTime();
    await pace.onRound();
    if (goesOn && Date.now() - last < checkpointInterval) return true;
    await keepProgress(upload, progress);
    last = Date.now();
    return goesOn;
  };
}

/** Milliseconds. What a kill costs at most, and how often a person who waits sees the bar move. */
const checkpointInterval = 2000;

async function finish(upload: Upload, progress: Progress, problem?: string): Promise<ImportResult> {
  const { counts, bad, notes, startedAt } = progress;
  const result: ImportResult = {
    file: upload.key.slice(upload.key.lastIndexOf('/') + 1),
    outcome: problem ? 'refused' : 'imported',
    problem,
    notes,
    counts,
    bad,
    startedAt,
    finishedAt: now(),
    upload: upload.sequencer,
  };
  await writeJson(upload.bucket, resultKey(upload.key), result);
  return result;
}
