import type { Scan, WrittenRequest } from '../../../shared/requests/request.ts';
import { type Names, withNames } from '../views/with-names.ts';

/** The newest that happened to it. While its paper is being read, how far that is. */
export function newestOf({ history, scans = [] }: WrittenRequest, names: Names = new Map()): string {
  const waiting = scans.filter(({ state }) => state === 'waiting');
  if (waiting.length > 0) return readingInWords(waiting);
  const last = history.at(-1);
  if (!last) return '';
  const reason = withNames(last.reason, names);
  return last.by ? `${last.by.name}: ${last.words ?? reason}` : reason;
}

function readingInWords(waiting: Scan[]): string {
  const read = waiting.reduce((sum, { pagesRead }) => sum + pagesRead, 0);
  const pages = waiting.every((scan) => scan.pages) ? waiting.reduce((sum, scan) => sum + scan.pages!, 0) : undefined;
  return pages ? `Being read: page ${Math.min(read + 1, pages)} of ${pages}` : 'Waits to be read';
}
