import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import { type NoticeDelivery, readShard, shards } from '../../../shared/deliveries/of-notice.ts';
import type { Counts, Notice } from '../../../shared/notices/notice.ts';
import { addDeliveries, noCounts, totalOf } from '../../../shared/notices/tally.ts';
import type { Progress } from '../makers.ts';
import { columns, jsonOf, rowOf } from './rows.ts';

export interface Records {
  /** Paths of the files. */
  csv: string;
  jsonLines: string;
  /** What the files hold, counted as they were written. */
  counts: Counts;
}

/** Writes a row for each delivery of a notice, page by page: memory holds one page, whatever the audience. */
export async function writeRecords(notice: Notice, folder: string, progress: Progress): Promise<Records> {
  const paths = { csv: join(folder, 'deliveries.csv'), jsonLines: join(folder, 'deliveries.jsonl') };
  const [csv, jsonLines] = [createWriteStream(paths.csv), createWriteStream(paths.jsonLines)];
  const written = Promise.all([finished(csv), finished(jsonLines)]);
  // A full disk is told by whoever waits for it next.
  written.catch(() => undefined);
  let counts: Counts = noCounts;
  await put(csv, stringify([columns]));
  for await (const deliveries of pagesOf(notice.noticeId)) {
    // Who opens a CSV file in a spreadsheet must not run what a mail server has answered.
    await put(
      csv,
      stringify(
        deliveries.map((delivery) => rowOf(delivery, notice)),
        { escape_formulas: true },
      ),
    );
    await put(jsonLines, deliveries.map((delivery) => `${JSON.stringify(jsonOf(delivery, notice))}\n`).join(''));
    counts = addDeliveries(counts, deliveries);
    await progress(totalOf(counts), Math.max(notice.walk?.audience ?? 0, totalOf(counts)));
  }
  csv.end();
  jsonLines.end();
  await written;
  return { ...paths, counts };
}

async function* pagesOf(noticeId: string): AsyncGenerator<NoticeDelivery[]> {
  for (const shard of shards) {
    let after: string | undefined;
    do {
      const page = await readShard(noticeId, shard, { after });
      if (page.deliveries.length > 0) yield page.deliveries;
      after = page.next;
    } while (after);
  }
}

async function put(stream: WriteStream, text: string): Promise<void> {
  if (stream.errored) throw stream.errored;
  if (text && !stream.write(text)) await once(stream, 'drain');
}
