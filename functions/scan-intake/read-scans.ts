import type { Scan, WrittenRequest } from '../../shared/requests/request.ts';
import { conclude } from './conclude.ts';
import { keepOriginals, readOriginal } from './originals.ts';
import { isDone, noteProgress, waiting } from './progress.ts';
import { readPages } from './read-pages.ts';

/** How far the reading of a request came. */
export interface Reading {
  request: WrittenRequest;
  /** Whether there is more to do, in a message of its own. */
  goesOn: boolean;
}

/** Reads the scans of a request that wait, one file and one page at a time, and then settles what they say. */
export async function readScans(request: WrittenRequest, hasTime: () => boolean): Promise<Reading> {
  await keepOriginals(request);
  let known = request;
  for (const { scanId } of waiting(known)) {
    const scan = known.scans!.find((one) => one.scanId === scanId)!;
    if (isDone(scan)) continue;
    if (!hasTime()) return { request: known, goesOn: true };
    known = await readOne(known, scan, hasTime);
    if (!isDone(known.scans!.find((one) => one.scanId === scanId)!)) return { request: known, goesOn: true };
  }
  return { request: await conclude(known), goesOn: false };
}

async function readOne(request: WrittenRequest, scan: Scan, hasTime: () => boolean): Promise<WrittenRequest> {
  const original = await readOriginal(request, scan);
  if ('problem' in original) return noteProgress(request, scan.scanId, { pages: 0, problem: original.problem });
  return readPages(request, scan, original.bytes, hasTime);
}
