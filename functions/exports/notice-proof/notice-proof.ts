import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { env } from '../../../shared/env.ts';
import { InvalidInput } from '../../../shared/errors.ts';
import type { Export } from '../../../shared/exports/export.ts';
import { canonicalJson, draftOf } from '../../../shared/notices/draft.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import { renderNotice } from '../../../shared/notices/render.ts';
import { readNotice } from '../../../shared/notices/store.ts';
import type { Maker } from '../makers.ts';
import { openZip, type Packed, type Zip } from '../zip.ts';
import { writeRecords } from './records.ts';
import { summaryOf } from './summary.ts';
import { summaryPage } from './summary-page.tsx';

/** A file of the proof, and what it is. */
export interface ProofFile extends Packed {
  what: string;
}

/**
 * How and when each member was told, as one ZIP: a row a member as CSV and as JSON lines, the texts with the bytes that
 * their hash is of, the mails as they were sent, a summary to print, and SHA256SUMS.
 */
export const makeNoticeProof: Maker = async (job, folder, progress) => {
  const notice = await readNotice(job.subject);
  if (!notice) throw new InvalidInput(`There is no notice ${job.subject}: look it up in the list of notices.`);
  if (!notice.asOf) throw new InvalidInput('Sending has not begun, so there is nothing to prove yet.');
  // One read of the deliveries gives both files and all sums, so that they cannot differ.
  const records = await writeRecords(notice, folder, progress);
  const path = join(folder, 'proof.zip');
  const zip = openZip(path);
  try {
    await fill(zip, { job, notice, ...records });
  } catch (error) {
    await zip.close(true);
    throw error;
  }
  await zip.close();
  return { path, name: `proof-${job.subject}-${job.at.slice(0, 10)}.zip`, contentType: 'application/zip' };
};

type Proof = { job: Export; notice: Notice } & Awaited<ReturnType<typeof writeRecords>>;

async function fill(zip: Zip, { job, notice, csv, jsonLines, counts }: Proof): Promise<void> {
  const files: ProofFile[] = [];
  const add = async (path: string, content: Parameters<Zip['add']>[1], what: string) => {
    files.push({ ...(await zip.add(path, content, job.at)), what });
  };
  await add('deliveries.csv', createReadStream(csv), 'A row for each member: how and when they were told');
  await add(
    'deliveries.jsonl',
    createReadStream(jsonLines),
    'The same with everything that is recorded, as JSON lines',
  );
  await add(
    'notice.json',
    canonicalJson(draftOf(notice)),
    'Texts, dates and audience: the SHA-256 of this file is the hash',
  );
  await add('record.json', `${JSON.stringify(notice, null, 2)}\n`, 'The notice as it stands in our records');
  for (const [language, text] of Object.entries(notice.texts)) {
    const { html, text: plain } = renderNotice(text, {
      language,
      siteName: env('siteName'),
      noticeUrl: `${env('publicUrl')}/notices/${notice.noticeId}?lang=${encodeURIComponent(language)}`,
      effectiveOn: notice.effectiveOn,
    });
    await add(`texts/${language}.md`, text.markdown, `The text in “${language}” as it was written`);
    await add(`texts/${language}.html`, html, 'The same as the mail shows it');
    await add(`texts/${language}.txt`, plain, 'The same as a mail program without HTML shows it');
  }
  await add('summary.html', summaryPage(summaryOf({ notice, job, counts, files })), 'One page to print');
  const sums = files.map(({ sha256, path }) => `${sha256}  ${path}\n`).join('');
  await zip.add('SHA256SUMS', sums, job.at);
}
