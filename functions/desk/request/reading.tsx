import type { Child } from 'hono/jsx';
import type { Scan, WrittenRequest } from '../../../shared/requests/request.ts';
import { Progress } from '../views/messages.tsx';
import { onlyWhenDone, partPath } from './paths.ts';
import type { ShownPage } from './stored-evidence.ts';

/** How far the reading of the scans is. While it goes on, htmx asks for this part again, and for what goes with it. */
export function Reading({
  request,
  shown,
  children,
}: {
  request: WrittenRequest;
  shown?: ShownPage;
  children?: Child;
}) {
  const { requestId, scans = [] } = request;
  const waiting = scans.filter(({ state }) => state === 'waiting');
  if (waiting.length === 0) return <div id="reading">{children}</div>;
  const query = new URLSearchParams({
    read: String(pagesRead(request)),
    ...(shown && { scan: shown.scanId, page: String(shown.page) }),
  });
  return (
    <div
      id="reading"
      class="reading"
      hx-get={`${partPath(requestId, 'reading')}?${query}`}
      hx-trigger="every 2s"
      hx-swap="outerHTML"
      hx-include="#choice, #found-members"
      {...onlyWhenDone}
    >
      {waiting.map((scan) => (
        <Progress
          words={wordsOn(scan, scans.length > 1)}
          done={scan.pages ? scan.pagesRead : undefined}
          of={scan.pages}
        />
      ))}
      <p class="hint">You can decide at any time; what was typed stays as it is.</p>
      {children}
    </div>
  );
}

export const isBeingRead = ({ scans = [] }: WrittenRequest): boolean => scans.some(({ state }) => state === 'waiting');

export const pagesRead = ({ scans = [] }: WrittenRequest): number =>
  scans.reduce((sum, scan) => sum + scan.pagesRead, 0);

function wordsOn({ name, pages, pagesRead: read }: Scan, several: boolean): string {
  const what = several ? name : 'It';
  if (!pages) return several ? `${name} waits to be read` : 'Waits to be read';
  return `${what} is being read: page ${Math.min(read + 1, pages)} of ${pages}`;
}
