import { now } from '../../shared/clock.ts';
import { env } from '../../shared/env.ts';
import type { ReadPageText } from '../../shared/evidence/pages.ts';
import { evidenceKeys, keep, readEvidenceJson } from '../../shared/evidence/store.ts';
import { findByAddress, findByHandle, findByName, getMembers } from '../../shared/members/directory.ts';
import { keptUntil } from '../../shared/requests/apply.ts';
import type { Scan, WrittenRequest } from '../../shared/requests/request.ts';
import { gatherPaperFacts, type PaperFacts, type PaperPage } from '../../shared/requests/scan-facts.ts';
import { settlePaper } from '../../shared/requests/scan-hold.ts';
import { markPage } from '../../shared/requests/scan-marks.ts';
import { waiting } from './progress.ts';

/** All pages are read: what they say together is found out, kept with its marks, and made true. */
export async function conclude(request: WrittenRequest): Promise<WrittenRequest> {
  const scans = waiting(request);
  if (scans.length === 0) return request;
  const read = await Promise.all(scans.map(async (scan) => ({ scan, pages: await pagesOf(request, scan) })));
  const facts = await gatherPaperFacts(
    read.flatMap(({ scan, pages }) => pages.map((page) => placed(scan, page))),
    { siteUrl: env('siteUrl'), mailDomain: env('mailDomain') },
    lookups,
  );
  for (const { scan, pages } of read) await keepText(request, scan, pages, facts);
  return settlePaper(request, facts, scans);
}

const lookups = {
  findByAddress,
  findByHandle,
  findByName,
  findById: (memberId: string) => getMembers([memberId]),
};

async function pagesOf({ requestId }: WrittenRequest, { scanId, pages = 0 }: Scan): Promise<ReadPageText[]> {
  const texts: ReadPageText[] = [];
  for (let first = 1; first <= pages; first += atOnce) {
    const numbers = Array.from({ length: Math.min(atOnce, pages - first + 1) }, (_, place) => first + place);
    const keys = numbers.map((page) => evidenceKeys.pageText(requestId, scanId, page));
    texts.push(...(await Promise.all(keys.map((key) => readEvidenceJson<ReadPageText>(key)))));
  }
  return texts;
}

/** Pages that are fetched together. */
const atOnce = 10;

const placed = ({ scanId, name }: Scan, { page, text, problem }: ReadPageText): PaperPage => ({
  scanId,
  page,
  place: `page ${page} of "${name}"`,
  text,
  problem,
});

async function keepText(request: WrittenRequest, { scanId }: Scan, pages: ReadPageText[], facts: PaperFacts) {
  if (pages.length === 0) return;
  const marked = pages.map((page) => markPage(page, facts, scanId));
  const key = evidenceKeys.text(request.requestId, scanId);
  await keep(key, JSON.stringify(marked), 'application/json', keptUntil(request, now()));
}
