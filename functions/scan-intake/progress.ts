import type { Scan, WrittenRequest } from '../../shared/requests/request.ts';
import { changeRequest } from '../../shared/requests/store.ts';

export const waiting = ({ scans = [] }: WrittenRequest): Scan[] => scans.filter(({ state }) => state === 'waiting');

/** Whether nothing of it is left to read: all its pages are there, or it has none that could be. */
export const isDone = ({ pages, pagesRead }: Scan): boolean => pages !== undefined && pagesRead >= pages;

/**
 * Notes how far a scan is read. It is no step of the history: whoever looks at the request at the same time is not told
 * that something happened. Of two that read the same scan, the one that came further counts.
 */
export const noteProgress = (
  request: WrittenRequest,
  scanId: string,
  progress: Partial<Pick<Scan, 'type' | 'pages' | 'pagesRead' | 'problem' | 'bytes'>>,
): Promise<WrittenRequest> =>
  changeRequest(request, (found) => {
    const before = found.scans?.find((scan) => scan.scanId === scanId);
    if (before?.state !== 'waiting') return undefined;
    const pagesRead = Math.max(before.pagesRead, progress.pagesRead ?? 0);
    const after: Scan = { ...before, ...defined(progress), pagesRead };
    if (JSON.stringify(after) === JSON.stringify(before)) return undefined;
    return { ...found, scans: found.scans!.map((scan) => (scan === before ? after : scan)) };
  });

const defined = <T extends object>(values: T): Partial<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
