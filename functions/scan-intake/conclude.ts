import { now } from '../../shared/clock.ts';
import { env } from '../../shared/env.ts';
import type { PageText, ReadPageText } from '../../shared/evidence/pages.ts';
import { evidenceKeys, keep, readEvidenceJson } from '../../shared/evidence/store.ts';
import { findByAddress, findByHandle, findByName, getMembers } from '../../shared/members/directory.ts';
import { keptUntil } from '../../shared/requests/apply.ts';
import type { Scan, WrittenRequest } from '../../shared/requests/request.ts';
import { gatherPaperFacts, type PaperFacts, type PaperPage } from '../../shared/requests/scan-facts.ts';
import { settlePaper } from '../../shared/requests/scan-hold.ts';
import { markPage } from '../../shared/requests/scan-marks.ts';
import { isDone, waiting } from './progress.ts';

/**
 * All pages are read: what they say together is found out, kept with its marks, and made true. The words with their
 * boxes are most of a page (1.3 MB in memory where there are 10,000), so they are read twice and never all at once.
 */
export async function conclude(request: WrittenRequest): Promise<WrittenRequest> {
  // What came in the meantime is not read yet, and has a message of its own.
  const scans = waiting(request).filter(isDone);
  if (scans.length === 0) return request;
  const pages: PaperPage[] = [];
  for (const scan of scans) pages.push(...(await eachPage(request, scan, (page) => placed(scan, page))));
  const facts = await factsOf(pages);
  for (const scan of scans) await keepText(request, scan, facts);
  return settlePaper(request, facts, scans);
}

/** Ends the reading of scans whose pages cannot be put together: a person looks at each. */
export async function concludeWithoutText(request: WrittenRequest, scanIds: string[]): Promise<WrittenRequest> {
  const scans = waiting(request).filter((scan) => isDone(scan) && scanIds.includes(scan.scanId));
  if (scans.length === 0) return request;
  const pages = scans.flatMap((scan) =>
    Array.from({ length: scan.pages ?? 0 }, (_, place) =>
      placed(scan, { page: place + 1, text: '', problem: `What page ${place + 1} says ${lostText}` }),
    ),
  );
  return settlePaper(request, await factsOf(pages), scans);
}

const lostText = 'could not be put together with the other pages each time it was tried: look at its image.';

const factsOf = (pages: PaperPage[]): Promise<PaperFacts> =>
  gatherPaperFacts(pages, { siteUrl: env('siteUrl'), mailDomain: env('mailDomain') }, lookups);

const lookups = {
  findByAddress,
  findByHandle,
  findByName,
  findById: (memberId: string) => getMembers([memberId]),
};

/** What `take` takes of each page, in their order; a page as a whole is in memory for as long as that takes. */
async function eachPage<T>(
  { requestId }: WrittenRequest,
  { scanId, pages = 0 }: Scan,
  take: (page: ReadPageText) => T,
): Promise<T[]> {
  const taken: T[] = [];
  for (let first = 1; first <= pages; first += atOnce) {
    const numbers = Array.from({ length: Math.min(atOnce, pages - first + 1) }, (_, place) => first + place);
    const keys = numbers.map((page) => evidenceKeys.pageText(requestId, scanId, page));
    taken.push(...(await Promise.all(keys.map(async (key) => take(await readEvidenceJson<ReadPageText>(key))))));
  }
  return taken;
}

/** Pages that are fetched together. */
const atOnce = 10;

const placed = (
  { scanId, name }: Scan,
  { page, text, problem }: Pick<ReadPageText, 'page' | 'text' | 'problem'>,
): PaperPage => ({
  scanId,
  page,
  place: `page ${page} of "${name}"`,
  text,
  problem,
});

async function keepText(request: WrittenRequest, scan: Scan, facts: PaperFacts): Promise<void> {
  const marked: PageText[] = await eachPage(request, scan, (page) => markPage(page, facts, scan.scanId));
  if (marked.length === 0) return;
  const key = evidenceKeys.text(request.requestId, scan.scanId);
  await keep(key, JSON.stringify(marked), 'application/json', keptUntil(request, now()));
}
