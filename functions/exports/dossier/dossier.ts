import { join } from 'node:path';
import type { Export } from '../../../shared/exports/export.ts';
import type { MadeFile, Maker, Progress } from '../makers.ts';
import { openZip, type Packed, type Zip } from '../zip.ts';
import { coverOf } from './cover.ts';
import { coverPage } from './cover-page.tsx';
import { coverText } from './cover-text.ts';
import { packEvidence } from './evidence.ts';
import { type DossierFacts, readFacts } from './facts.ts';
import { namer } from './names.ts';

/** A file of the dossier, and what it is. */
export interface DossierFile extends Packed {
  what: string;
  /** When it was stored, by the clock of S3; absent for what was written for this dossier. */
  storedAt?: string;
  /** Nobody should open it. */
  dangerous?: boolean;
}

/**
 * Everything about one request as one ZIP: the evidence byte for byte, the items that speak of it, a cover that a person
 * can read, and SHA256SUMS, with which `sha256sum -c` checks all of it.
 */
export const makeDossier: Maker = async (job, folder, progress) => {
  const facts = await readFacts(job.subject);
  const path = join(folder, 'dossier.zip');
  const zip = openZip(path);
  try {
    await fill(zip, facts, job, progress);
  } catch (error) {
    await zip.close(true);
    throw error;
  }
  await zip.close();
  return madeFile(job, path);
};

async function fill(zip: Zip, facts: DossierFacts, job: Export, progress: Progress): Promise<void> {
  const { files, steps } = await packEvidence(zip, facts.request, namer(), progress);
  const add = async (path: string, content: string, what: string) => {
    files.push({ ...(await zip.add(path, content, job.at)), what });
  };
  await add('request.json', pretty(facts.request), 'The request as it stands in our records');
  await add('members.json', pretty(facts.members), 'The members that it is about');
  await add('opt-outs.json', pretty(facts.optOuts), 'What may and may not be used, with its last changes');
  await add('deliveries.json', pretty(facts.deliveries), 'What became of each answer');
  const cover = coverOf({ ...facts, steps, files, job });
  await add('cover.html', coverPage(cover), 'The cover');
  await add('cover.txt', coverText(cover), 'The cover as plain text');
  // In the order of the archive, and in the form of GNU coreutils: two spaces stand for text or binary alike.
  const sums = files.map(({ sha256, path }) => `${sha256}  ${path}\n`).join('');
  await zip.add('SHA256SUMS', sums, job.at);
}

const madeFile = ({ subject, at }: Export, path: string): MadeFile => ({
  path,
  name: `dossier-${subject}-${at.slice(0, 10)}.zip`,
  contentType: 'application/zip',
});

const pretty = (data: unknown): string => `${JSON.stringify(data, null, 2)}\n`;
