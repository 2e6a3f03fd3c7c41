import type { WrittenRequest } from '../../../shared/requests/request.ts';
import { FoundView } from './found-view.tsx';
import { gather } from './gather.ts';
import { Choice, FinderLabel, isNobodyKnown } from './grant-form.tsx';
import { HistoryView } from './history-view.tsx';
import { PageList, ScanProblems } from './page-list.tsx';
import type { Place } from './paths.ts';
import { isBeingRead, pagesRead, Reading } from './reading.tsx';
import { newestNumber, Standing } from './standing-view.tsx';
import { Seen } from './step-form.tsx';
import { type Evidence, namesRead, readScans } from './stored-evidence.ts';
import { filled, type StepName } from './typed.ts';
import { Boxes, PageTextView, PageTurns, Viewer } from './viewer.tsx';

/**
 * What changes on the page while scans are read: the progress each time, the list of pages when there are more, and at
 * the end all that the text led to. What was typed and how the page is looked at stay as they are; what was chosen in
 * the form comes along, and is chosen again.
 */
export async function readingParts(request: WrittenRequest, place: Place, query: URLSearchParams) {
  const scans = await readScans(request, place);
  const before = Number(query.get('read'));
  const first = before === 0 && pagesRead(request) > 0;
  return (
    <>
      <Reading request={request} shown={scans.shown} />
      {first && <Viewer request={request} evidence={{ replies: [], ...scans }} oob />}
      {!first && pagesRead(request) !== before && isBeingRead(request) && <MorePages request={request} scans={scans} />}
      {!isBeingRead(request) && (
        <>
          {!first && <Marks request={request} scans={scans} />}
          {await ends(request, query, scans.texts)}
        </>
      )}
    </>
  );
}

interface ScansProps {
  request: WrittenRequest;
  scans: Pick<Evidence, 'shown' | 'texts'>;
}

const MorePages = ({ request, scans }: ScansProps) => (
  <>
    <PageList request={request} {...scans} oob />
    {scans.shown && <PageTurns request={request} shown={scans.shown} oob />}
  </>
);

/** What the whole text led to is marked on the page that is shown, and told in the list of pages. */
const Marks = ({ request, scans }: ScansProps) => (
  <>
    <MorePages request={request} scans={scans} />
    {scans.shown && <PageTextView shown={scans.shown} oob />}
    {scans.shown && <Boxes shown={scans.shown} oob />}
  </>
);

async function ends(request: WrittenRequest, query: URLSearchParams, texts: Evidence['texts']) {
  const chosen = query.get('member');
  const known = await gather(request, chosen ? [chosen] : []);
  const form = filled('grant', chosen ? { step: 'grant', values: query, faults: [] } : undefined);
  return (
    <>
      <Standing request={request} oob />
      <div id="scan-problems" hx-swap-oob="true">
        <ScanProblems request={request} />
      </div>
      <FoundView request={request} names={known.names} oob />
      <Choice known={known} form={form} read={namesRead(request, texts)} oob />
      <FinderLabel isAlone={isNobodyKnown(known)} oob />
      <HistoryView known={known} oob />
      {steps.map((step) => (
        <Seen step={step} seen={newestNumber(request)} oob />
      ))}
      <div id="said" hx-swap-oob="innerHTML">
        All pages are read.
      </div>
    </>
  );
}

const steps: StepName[] = ['grant', 'decline', 'ask', 'dismiss', 'merge', 'extend', 'note'];
