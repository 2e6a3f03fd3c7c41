import { type HistoryEntry, isOpen, type WrittenRequest } from '../../../shared/requests/request.ts';
import { page } from '../layout.tsx';
import type { Staff } from '../staff.ts';
import { Notice, Problem } from '../views/messages.tsx';
import { memberIdOf, titleOf } from '../views/title.ts';
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
import { type Evidence, namesRead } from './stored-evidence.ts';
import { ToldBefore } from './told-before.tsx';
import type { StepName, Typed } from './typed.ts';

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
  const title = titleOf(request, known.names.get(memberIdOf(request) ?? ''));
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
      scripts: ['viewer.js', 'request.js'],
    },
    <>
      <Standing request={request} />
      <Circumstances request={request} />
      <ToldBefore request={request} />
      {meanwhile && <Meanwhile {...props} entries={meanwhile} />}
      {typed && typed.faults.length > 0 && <Problem faults={typed.faults} title="Nothing was done yet" />}
      <div class="request">
        <div class="evidence">
          <EvidenceView request={request} evidence={evidence} names={known.names} />
        </div>
        <div class="handling">
          <FoundView request={request} names={known.names} />
          <DecideView {...props} read={namesRead(request, evidence.texts)} />
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
function Meanwhile({ staff, known, typed, entries }: RequestPageProps & { entries: HistoryEntry[] }) {
  const others = entries.filter(({ by }) => by?.id !== staff.id);
  const names = [...new Set(others.map(({ by }) => by?.name ?? 'In Writing'))];
  const words = typed?.values.get('words')?.trim();
  return (
    <div class="meanwhile" tabindex={-1} data-focus>
      <Notice tone="warn">
        <strong>
          {others.length === 0
            ? 'You did this before, perhaps in another tab: nothing was done now.'
            : `${new Intl.ListFormat('en').format(names)} was first: nothing of yours was done.`}
        </strong>
        <ol class="history">
          {entries.map((entry) => (
            <li>
              <Entry entry={entry} names={known.names} />
            </li>
          ))}
        </ol>
        {typed && hasForm(known.request, typed.step) ? (
          <p>Look at the request as it is now. What you had typed still stands in the form: you can send it again.</p>
        ) : (
          <>
            <p>Look at the request as it is now: that form is no longer here.</p>
            {words && (
              <>
                <p>What you had typed, to be copied:</p>
                <blockquote class="text">{words}</blockquote>
              </>
            )}
          </>
        )}
      </Notice>
    </div>
  );
}

/** What is decided can be noted and reopened, and what is open can be all but reopened. */
const hasForm = (request: WrittenRequest, step: StepName): boolean =>
  step === 'note' || isOpen(request.state) !== (step === 'reopen');

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
