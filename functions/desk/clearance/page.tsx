import type { Export } from '../../../shared/exports/export.ts';
import { page } from '../layout.tsx';
import type { Staff } from '../staff.ts';
import { describedBy, Field } from '../views/fields.tsx';
import { Section } from '../views/frames.tsx';
import { type Fault, Problem } from '../views/messages.tsx';
import { CampaignFields, FileForm } from './file-form.tsx';
import { RecentFiles } from './recent-files.tsx';
import type { Typed, TypedCampaign } from './typed.ts';

/** What a form did not take. */
export interface Back {
  faults: Fault[];
  typed?: Typed;
  lookedFor?: string;
  file?: TypedCampaign;
}

/** What the page shows of the work that goes on. */
export interface Standing {
  jobs: Export[];
  /** The open ones, up to a bound. */
  recalls: { count: number; more: boolean };
}

/** Ask now, ask for a whole file, and look up what was answered. */
export function clearancePage(staff: Staff, { jobs, recalls }: Standing, back: Back = { faults: [] }) {
  const faultOf = (field: string) => back.faults.find((fault) => fault.field === field)?.sentence;
  const isMarketing = staff.groups.includes('marketing');
  const scripts = isMarketing ? ['upload-send.js', 'clearance.js'] : [];
  return page(
    { title: 'Clearance', staff, at: '/desk/clearance', scripts },
    <>
      <Problem faults={back.faults} title="Nothing was checked yet" />
      <p>May we use these images now? Members may say no at any time, so ask before each use.</p>
      <Recalls {...recalls} />
      <AskForm typed={back.typed} faultOf={faultOf} />
      {isMarketing && <FileForm typed={back.file} faultOf={faultOf} />}
      {isMarketing && <RecentFiles jobs={jobs} />}
      <LookUpForm typed={back.lookedFor} fault={faultOf('check')} />
    </>,
  );
}

function Recalls({ count, more }: Standing['recalls']) {
  const words = `${count}${more ? '+' : ''} ${count === 1 && !more ? 'recall is' : 'recalls are'} open`;
  return (
    <p>
      {count > 0 && (
        <>
          <strong>{words}</strong>: images that were cleared earlier are to be <a href="/desk/recalls">taken down</a>.{' '}
        </>
      )}
      All that may not be used is in the do-not-use list, which is made under <a href="/desk/recalls">Recalls</a>.
    </p>
  );
}

function AskForm({ typed, faultOf }: { typed?: Typed; faultOf: (field: string) => string | undefined }) {
  const field = {
    id: 'subjects',
    label: 'Members and communities',
    hint: 'Such as 1001 for a member, or community/garden-club: on lines of their own or with commas, up to 1,000.',
    fault: faultOf('subjects'),
  };
  return (
    <Section title="Ask now" id="ask">
      <form method="post" action="/desk/clearance" class="stack">
        <Field {...field}>
          <textarea id="subjects" name="subjects" rows={4} required spellcheck={false} {...describedBy(field)}>
            {typed?.subjects.join('\n')}
          </textarea>
        </Field>
        <CampaignFields place="" typed={typed} faultOf={faultOf} />
        <p>
          <button type="submit" class="primary">
            Ask
          </button>
        </p>
      </form>
    </Section>
  );
}

function LookUpForm({ typed, fault }: { typed?: string; fault?: string }) {
  const field = { id: 'check', label: 'Check id', hint: 'It stands with every answer, for years.', fault };
  return (
    <Section title="Look up an answer" id="look-up">
      <form action="/desk/clearance/checks" class="stack">
        <Field {...field}>
          <input
            type="text"
            id="check"
            name="id"
            value={typed}
            required
            maxlength={40}
            autocomplete="off"
            spellcheck={false}
            placeholder="C-20261122-4T9QK2ZP0M"
            {...describedBy(field)}
          />
        </Field>
        <p>
          <button type="submit">Look it up</button>
        </p>
      </form>
    </Section>
  );
}
