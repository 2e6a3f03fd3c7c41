import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { s3 } from '../../../shared/aws.ts';
import type { Campaign } from '../../../shared/clearance/check-record.ts';
import { type CsvCounts, checkCsv } from '../../../shared/clearance/csv.ts';
import { env } from '../../../shared/env.ts';
import { errorName, InvalidInput } from '../../../shared/errors.ts';
import type { Export } from '../../../shared/exports/export.ts';
import type { Maker, Progress } from '../makers.ts';

/** An uploaded CSV with the answers beside each line. */
export const makeClearanceCsv: Maker = async (job, folder, progress) => {
  const { name = 'upload.csv' } = job.params ?? {};
  const path = join(folder, 'cleared.csv');
  const counts: CsvCounts = { lines: 0, refused: 0, broken: 0 };
  const { body, bytes } = await openUpload(job.subject);
  const answers = checkCsv(counted(body, bytes, progress), {
    ...{ name, campaign: campaignOf(job) },
    by: { kind: 'person', ...job.by },
    onChecked: (now) => Object.assign(counts, now),
  });
  try {
    await pipeline(Readable.from(answers), createWriteStream(path));
  } catch (error) {
    throw error instanceof InvalidInput ? new InvalidInput(`${name} ${error.message}. No answer was made.`) : error;
  }
  const asciiName = name.replace(/\.csv$/i, '').replace(/[^\w.-]+/g, '-');
  return { path, name: `cleared-${asciiName}.csv`, contentType: 'text/csv; charset=utf-8', said: saidOf(counts) };
};

async function openUpload(key: string): Promise<{ body: Readable; bytes: number }> {
  try {
    const found = await s3().send(new GetObjectCommand({ Bucket: env('exportsBucket'), Key: key }));
    return { body: found.Body as Readable, bytes: found.ContentLength ?? 0 };
  } catch (error) {
    if (errorName(error) !== 'NoSuchKey') throw error;
    throw new InvalidInput('The file has not arrived, or is gone after seven days: upload it again.');
  }
}

/** Steps are bytes read: nobody knows how many lines there are. */
async function* counted(body: Readable, bytes: number, progress: Progress): AsyncGenerator<Uint8Array> {
  let read = 0;
  const end = Date.now() + patience;
  for await (const chunk of body) {
    if (Date.now() > end)
      throw new InvalidInput('has more lines than can be checked in four minutes: upload it in parts');
    read += chunk.length;
    yield chunk;
    await progress(read, bytes);
  }
}

/** Milliseconds. The function ends after five minutes without a word, and would begin anew. */
const patience = 4 * 60_000;

function campaignOf({ params }: Export): Campaign | undefined {
  const { campaign, contact } = params ?? {};
  return campaign && contact ? { name: campaign, contact } : undefined;
}

function saidOf({ lines, refused, broken }: CsvCounts): string {
  const [yes, no, bad] = [lines - refused - broken, refused, broken].map((count) => count.toLocaleString('en'));
  const answer = `${yes} may be used, ${no} may not`;
  return broken === 0 ? `${answer}.` : `${answer}, ${bad} could not be read: each says why in the column "reason".`;
}
