import type { Row } from '../../shared/members/changes.ts';
import { rowsFrom } from '../../shared/members/csv.ts';
import type { ReadRow } from '../../shared/members/rows.ts';
import { upsertMembers } from '../../shared/members/sync.ts';
import type { Checked } from './check.ts';
import { readBytes } from './intake-bucket.ts';
import { noteBadRow, type Progress } from './progress.ts';
import type { Upload } from './upload.ts';

/** Writes the rows from where the progress stands; false when the time is up before the last one. */
export async function writeRows(
  upload: Upload,
  progress: Progress,
  { header, distinct }: Checked,
  step: () => Promise<boolean>,
): Promise<boolean> {
  const rows = rowsFrom(readBytes(upload, progress.at.offset), header, progress.at);
  for await (const round of inRounds(rows)) {
    await writeRound(round, progress, distinct.objection);
    progress.at = round.at(-1)!.next;
    progress.offset = progress.at.offset;
    if (!(await step())) return false;
  }
  progress.offset = upload.size;
  return true;
}

/** Rows a round: enough to fill eight requests of DynamoDB at once, and no more than a second's work. */
const roundSize = 400;

async function* inRounds(groups: AsyncIterable<ReadRow[]>): AsyncGenerator<ReadRow[]> {
  let waiting: ReadRow[] = [];
  for await (const group of groups) {
    waiting = waiting.concat(group);
    let from = 0;
    for (; waiting.length - from >= roundSize; from += roundSize) yield waiting.slice(from, from + roundSize);
    waiting = waiting.slice(from);
  }
  if (waiting.length > 0) yield waiting;
}

async function writeRound(round: ReadRow[], progress: Progress, objection: (read: ReadRow) => string | undefined) {
  const reasons = round.map(objection);
  const good = round.filter((_, at) => reasons[at] === undefined);
  const outcomes = (await upsertMembers(good.map((read) => (read as { row: Row }).row))).values();
  for (const [at, { line }] of round.entries()) {
    const outcome = reasons[at] === undefined ? outcomes.next().value! : { reason: reasons[at] };
    if ('reason' in outcome) noteBadRow(progress, line, outcome.reason);
    else progress.counts[outcome.outcome] += 1;
  }
}
