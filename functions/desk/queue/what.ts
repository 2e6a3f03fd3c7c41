import type { Scan, WrittenRequest } from '../../../shared/requests/request.ts';

/** What a request is about, in a line of a list: its subject, else its paper. */
export function whatItSays({ summary, scans = [], channel }: WrittenRequest): string {
  if (summary.subject?.trim()) return summary.subject;
  if (scans.length > 0) return scansInWords(scans);
  return channel === 'email' ? '(no subject)' : 'Statement on record';
}

/** The newest that happened to it. While its paper is being read, how far that is. */
export function newestOf({ history, scans = [] }: WrittenRequest): string {
  const waiting = scans.filter(({ state }) => state === 'waiting');
  if (waiting.length > 0) return readingInWords(waiting);
  const last = history.at(-1);
  if (!last) return '';
  return last.by ? `${last.by.name}: ${last.words ?? last.reason}` : last.reason;
}

function scansInWords(scans: Scan[]): string {
  const pages = scans.reduce((sum, scan) => sum + (scan.pages ?? 0), 0);
  const names = scans.map(({ name }) => name).join(', ');
  return pages > 0 ? `${names} (${pages === 1 ? '1 page' : `${pages} pages`})` : names;
}

function readingInWords(waiting: Scan[]): string {
  const read = waiting.reduce((sum, { pagesRead }) => sum + pagesRead, 0);
  const pages = waiting.every((scan) => scan.pages) ? waiting.reduce((sum, scan) => sum + scan.pages!, 0) : undefined;
  return pages ? `Being read: page ${Math.min(read + 1, pages)} of ${pages}` : 'Waits to be read';
}
