import { now } from '../../shared/clock.ts';
import { env } from '../../shared/env.ts';
import type { ReadPageText } from '../../shared/evidence/pages.ts';
import { evidenceKeys, keep, listEvidence } from '../../shared/evidence/store.ts';
import { keptUntil } from '../../shared/requests/apply.ts';
import type { Scan, WrittenRequest } from '../../shared/requests/request.ts';
import { marksOf } from '../../shared/requests/scan-marks.ts';
import { phraseOn } from '../../shared/requests/scan-phrase.ts';
import { noteProgress, waiting } from './progress.ts';
import { type OpenScan, openScan, type ReadPage } from './reading/open-scan.ts';

/**
 * Reads a file page by page while there is time. Each page is kept as soon as it is read, image and text, and a page
 * that is there is not read again.
 */
export async function readPages(
  request: WrittenRequest,
  { scanId }: Scan,
  bytes: Buffer,
  hasTime: () => boolean,
): Promise<WrittenRequest> {
  const mostPages = pagesLeft(request, scanId);
  if (mostPages === 0) return noteProgress(request, scanId, { pages: 0, problem: tooMany, bytes: bytes.length });
  const opened = await openScan(bytes, { languages: env('scanLanguages').split(' '), mostPages });
  if (!('pages' in opened))
    return noteProgress(request, scanId, { type: opened.type, pages: 0, problem: opened.problem, bytes: bytes.length });
  try {
    const { type, pages, problem } = opened;
    const known = await noteProgress(request, scanId, { type, pages, problem, bytes: bytes.length });
    return await readEach(known, scanId, opened, hasTime);
  } finally {
    await opened.close();
  }
}

/** What the files that are read together leave of the pages that one conclusion has the time and the memory for. */
const pagesLeft = (request: WrittenRequest, scanId: string): number => {
  const others = waiting(request).filter((scan) => scan.scanId !== scanId);
  const pages = others.reduce((sum, scan) => sum + (scan.pages ?? 0), 0);
  return Math.max(0, Math.min(ofOneFile, ofAllFiles - pages));
};

const ofOneFile = 50;
const ofAllFiles = 200;
const tooMany = `It was not read, because the other files have ${ofAllFiles} pages, and no more are read together: look at the original, or upload it as a request of its own.`;

async function readEach(request: WrittenRequest, scanId: string, opened: OpenScan, hasTime: () => boolean) {
  const { requestId } = request;
  const there = await listEvidence(evidenceKeys.scan(requestId, scanId));
  let known = request;
  for (let page = 1; page <= opened.pages; page += 1) {
    if (!there.has(evidenceKeys.pageText(requestId, scanId, page))) {
      if (!hasTime()) return known;
      await keepPage(request, scanId, await opened.read(page));
    }
    known = await noteProgress(known, scanId, { pagesRead: page });
  }
  return known;
}

/** The image first: where the text is, the page is complete. */
export async function keepPage(request: WrittenRequest, scanId: string, read: ReadPage): Promise<void> {
  const { requestId } = request;
  const { image, contentType = 'application/octet-stream', ...rest } = read;
  const until = keptUntil(request, now());
  if (image) await keep(evidenceKeys.page(requestId, scanId, read.page), image, contentType, until);
  const found = phraseOn(rest.text);
  const marks = found ? marksOf({ what: found.what, words: found.words }, rest.words) : [];
  const text: ReadPageText = { ...rest, marks };
  await keep(evidenceKeys.pageText(requestId, scanId, read.page), JSON.stringify(text), 'application/json', until);
}
