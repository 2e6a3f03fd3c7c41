import type { HistoryEntry } from '../../../shared/requests/request.ts';
import { page } from '../layout.tsx';
import type { Staff } from '../staff.ts';
import { Notice, Problem } from '../views/messages.tsx';
import { channelWords } from '../views/names.tsx';
import { AnswersView } from './answers-view.tsx';
import { DecideView } from './decide-view.tsx';
import { EvidenceView } from './evidence-view.tsx';
import { FoundView } from './found-view.tsx';
import type { Known } from './gather.ts';
import type { Sought } from './grant-form.tsx';
import { Entry, HistoryView } from './history-view.tsx';
import type { MergePreview } from './other-forms.tsx';
import { OthersView } from './others-view.tsx';
import { partPath } from './paths.ts';
import { Said } from './said.tsx';
import { Circumstances, Standing } from './standing-view.tsx';
import type { Evidence } from './stored-evidence.ts';
import type { Typed } from './typed.ts';

export interface RequestPageProps {
  staff: Staff;
  known: Known;
  evidence: Evidence;
  /** A form that comes back, with what was typed and what is wrong with it. */
  typed?: Typed;
  /** What others did since the reader looked, so that theirs was not done. */
  meanwhile?: HistoryEntry[];
  /** What the reader has just done, and the request that comes next. */
  done?: { entry: HistoryEntry; next?: string };
  sought?: Sought;
  preview?: MergePreview;
}

/** The page of one request: the evidence, and beside it what to do with it. */
export function requestPage(props: RequestPageProps) {
  const { staff, known, evidence, typed, meanwhile, done } = props;
  const { request } = known;
  const title = request.summary.subject?.trim() || `${channelWords[request.channel]} without a subject`;
  return page(
    {
      title,
      heading: <span class="request-title">{title}</span>,
      staff,
      at: '/desk',
      wide: true,
      crumbs: [{ path: '/desk', words: 'Queue' }],
      actions: <Papers requestId={request.requestId} />,
      notice: done && { tone: 'done', words: <Said known={known} {...done} /> },
      styles: ['request.css'],
      scripts: ['viewer.js'],
    },
    <>
      <Standing request={request} />
      <Circumstances request={request} />
      {meanwhile && <Meanwhile entries={meanwhile} />}
      {typed && typed.faults.length > 0 && <Problem faults={typed.faults} title="Nothing was done yet" />}
      <div class="request">
        <div class="evidence">
          <EvidenceView request={request} evidence={evidence} />
        </div>
        <div class="handling">
          <FoundView request={request} />
          <DecideView {...props} />
          <AnswersView requestId={request.requestId} deliveries={known.deliveries} />
          <OthersView others={known.others} />
          <HistoryView known={known} />
        </div>
      </div>
      <nav class="ways" aria-label="Parts of this page">
        <a class="button" href="#found">
          Found
        </a>
        <a class="button primary" href="#decide">
          Decide
        </a>
        <a class="button" href="#history">
          History
        </a>
      </nav>
    </>,
  );
}

/** Two people at once: who was first, and what they did. What was typed stands in the form, to be sent again knowingly. */
function Meanwhile({ entries }: { entries: HistoryEntry[] }) {
  const names = [...new Set(entries.map(({ by }) => by?.name ?? 'In Writing'))];
  return (
    <div class="meanwhile" tabindex={-1} data-focus>
      <Notice tone="warn">
        <strong>{`${new Intl.ListFormat('en').format(names) || 'Somebody else'} was first: nothing of yours was done.`}</strong>
        <ol class="history">
          {entries.map((entry) => (
            <li>
              <Entry entry={entry} inQuestion={[]} />
            </li>
          ))}
        </ol>
        <p>
          Look at the request as it is now. What you had typed still stands in the form, where there is one: you can
          send it again.
        </p>
      </Notice>
    </div>
  );
}

/** What can be had of the whole request. */
function Papers({ requestId }: { requestId: string }) {
  return (
    <>
      <form method="post" action="/desk/exports">
        <input type="hidden" name="kind" value="dossier" />
        <input type="hidden" name="subject" value={requestId} />
        <button type="submit">Dossier</button>
      </form>
      <a class="button" href={partPath(requestId, 'letter')}>
        Letter
      </a>
    </>
  );
}
