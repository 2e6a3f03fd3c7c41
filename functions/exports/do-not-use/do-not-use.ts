import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { doNotUseCsv, type ListCounts } from '../../../shared/clearance/do-not-use.ts';
import { addMonths } from '../../../shared/clock.ts';
import { envNumber } from '../../../shared/env.ts';
import { evidenceKeys, keepFile } from '../../../shared/evidence/store.ts';
import type { Maker } from '../makers.ts';

const contentType = 'text/csv; charset=utf-8';

/**
 * Everything that may not be used, as of now. The nightly one (`params.day`) is evidence as well, of what marketing could
 * have known on that day.
 */
export const makeDoNotUse: Maker = async ({ at, params }, folder, progress) => {
  const path = join(folder, 'do-not-use.csv');
  let counts: ListCounts = { subjects: 0, rows: 0 };
  const csv = doNotUseCsv(async (found) => {
    counts = found;
    await progress(found.rows, 0);
  });
  await pipeline(Readable.from(csv), createWriteStream(path));
  if (params?.day) {
    await keepFile(
      evidenceKeys.doNotUse(params.day),
      path,
      contentType,
      addMonths(at, envNumber('requestRetentionMonths')),
    );
  }
  return { path, name: `do-not-use-${params?.day ?? at.slice(0, 10)}.csv`, contentType, said: saidOf(counts) };
};

/** What the page says of a list that is made. */
export const saidOf = ({ subjects, rows }: ListCounts): string =>
  rows === 0
    ? 'Nobody has asked for anything: all images may be used.'
    : `${counted(rows, 'kind')} of images of ${counted(subjects, 'member or community', 'members and communities')} may not be used.`;

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
