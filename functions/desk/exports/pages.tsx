import { type Export, exportKinds, mayExport } from '../../../shared/exports/export.ts';
import { page } from '../layout.tsx';
import type { Staff } from '../staff.ts';
import { describedBy, Field } from '../views/fields.tsx';
import { Card, Section } from '../views/frames.tsx';
import { EmptyState, type Fault, Problem } from '../views/messages.tsx';
import { requestPath } from '../views/paths.ts';
import { Moment } from '../views/times.tsx';
import { Standing } from './standing.tsx';

/** One export: how far it is, then its file. */
export function exportPage(staff: Staff, job: Export, at: string) {
  const title = titleOf(job);
  const crumbs = [...placeOf(job), { path: '/desk/exports', words: 'Files' }];
  return page(
    { title, staff, crumbs },
    <>
      <p>
        Asked for by {job.by.name}, <Moment at={job.at} />.
      </p>
      <Card>
        <Standing job={job} at={at} />
      </Card>
    </>,
  );
}

/** The do-not-use list is of nobody in particular. */
const titleOf = ({ kind, subject, params }: Export): string => {
  const { words } = exportKinds[kind];
  if (kind === 'suppression') return subject === 'hashed' ? `${words}, hashed for partners` : words;
  if (kind !== 'do-not-use') return `${words} of ${subject}`;
  return params?.day ? `${words} of the night to ${params.day}` : words;
};

/** Where its subject is. */
function placeOf({ kind, subject }: Export): { path: string; words: string }[] {
  if (kind === 'do-not-use') return [recalls];
  if (kind === 'suppression') return [];
  if (kind === 'notice-proof')
    return [
      { path: '/desk/notices', words: 'Notices' },
      { path: `/desk/notices/${encodeURIComponent(subject)}`, words: subject },
    ];
  return [queue, { path: requestPath(subject), words: subject }];
}

/** The files that were made in the last days, and a form for another one. `typed`: what the form did not take. */
export function exportsPage(staff: Staff, jobs: Export[], typed?: { subject: string; fault: Fault }) {
  return page(
    { title: 'Files', staff, crumbs: [mayExport('dossier', staff.groups) ? queue : recalls] },
    <>
      {typed && <Problem faults={[typed.fault]} title="Nothing was started yet" />}
      {mayExport('dossier', staff.groups) && <DossierForm subject={typed?.subject} fault={typed?.fault.sentence} />}
      {mayExport('suppression', staff.groups) && <SuppressionForm />}
      <Section title="Made in the last seven days" id="recent">
        {jobs.length === 0 ? <NoneYet /> : <Recent jobs={jobs} />}
      </Section>
    </>,
  );
}

const queue = { path: '/desk', words: 'Queue' };
const recalls = { path: '/desk/recalls', words: 'Recalls' };

function DossierForm({ subject, fault }: { subject?: string; fault?: string }) {
  const field = {
    id: 'subject',
    label: 'Request number',
    hint: 'Everything about one request as one ZIP: the evidence, every step, the answers, and a cover to read first.',
    fault,
  };
  return (
    <form method="post" action="/desk/exports" class="stack">
      <input type="hidden" name="kind" value="dossier" />
      <Field {...field}>
        <input
          type="text"
          name="subject"
          id="subject"
          value={subject}
          required
          maxlength={40}
          autocomplete="off"
          spellcheck={false}
          placeholder="W-0123-4567-89AB-CDEF"
          {...describedBy(field)}
        />
      </Field>
      <p>
        <button type="submit" class="primary">
          Make the dossier
        </button>
      </p>
    </form>
  );
}

/** A button each, since nobody should have to know what the kinds are called. */
const SuppressionForm = () => (
  <form method="post" action="/desk/exports" class="stack">
    <input type="hidden" name="kind" value="suppression" />
    <p id="suppression">
      The suppression list: addresses to which no offers may go. Partners get it as hashes, which tell them nothing of
      whom they do not have.
    </p>
    <div class="row" aria-describedby="suppression">
      <button type="submit" name="subject" value="plain">
        Make the suppression list
      </button>
      <button type="submit" name="subject" value="hashed">
        Make it hashed, for partners
      </button>
    </div>
  </form>
);

const Recent = ({ jobs }: { jobs: Export[] }) => (
  <ul class="plain-list">
    {jobs.map((job) => (
      <li>
        <a href={`/desk/exports/${job.exportId}`}>{titleOf(job)}</a>{' '}
        <span class="quiet">
          {states[job.state]}, asked for by {job.by.name}, <Moment at={job.at} />
        </span>
      </li>
    ))}
  </ul>
);

const NoneYet = () => (
  <EmptyState title="None yet">
    <p>Files are started where they belong: a dossier on the page of its request, the do-not-use list under Recalls.</p>
  </EmptyState>
);

const states: Record<Export['state'], string> = {
  queued: 'Waiting',
  running: 'Being made',
  done: 'Ready',
  failed: 'Failed',
};
