import { type Export, exportKinds } from '../../../shared/exports/export.ts';
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

/** Where its subject is. */
const placeOf = ({ kind, subject }: Export): { path: string; words: string }[] =>
  kind === 'notice-proof'
    ? [
        { path: '/desk/notices', words: 'Notices' },
        { path: `/desk/notices/${encodeURIComponent(subject)}`, words: subject },
      ]
    : [
        { path: '/desk', words: 'Queue' },
        { path: requestPath(subject), words: subject },
      ];

/** The files that were made in the last days, and a form for another one. `typed`: what the form did not take. */
export function exportsPage(staff: Staff, jobs: Export[], typed?: { subject: string; fault: Fault }) {
  return page(
    { title: 'Files', staff, crumbs: [{ path: '/desk', words: 'Queue' }] },
    <>
      {typed && <Problem faults={[typed.fault]} title="Nothing was started yet" />}
      <DossierForm subject={typed?.subject} fault={typed?.fault.sentence} />
      <Section title="Made in the last seven days" id="recent">
        {jobs.length === 0 ? <NoneYet /> : <Recent jobs={jobs} />}
      </Section>
    </>,
  );
}

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
    <p>Type the number of a request above, or open the request and make its dossier there.</p>
  </EmptyState>
);

const states: Record<Export['state'], string> = {
  queued: 'Waiting',
  running: 'Being made',
  done: 'Ready',
  failed: 'Failed',
};
