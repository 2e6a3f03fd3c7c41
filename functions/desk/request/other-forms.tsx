import { afterDismissal } from '../../../shared/requests/by-person/dismiss.ts';
import { mostExtraDays } from '../../../shared/requests/by-person/extend.ts';
import type { WrittenRequest } from '../../../shared/requests/request.ts';
import { describedBy, Field } from '../views/fields.tsx';
import { StateBadge } from '../views/states.tsx';
import { Moment } from '../views/times.tsx';
import { titleOf } from '../views/title.ts';
import type { Known } from './gather.ts';
import { onlyWhenDone, partPath } from './paths.ts';
import { StepForm, WordsField } from './step-form.tsx';
import { filled, type Typed } from './typed.ts';

export interface FormProps {
  known: Known;
  seen: number;
  typed?: Typed;
}

/** Neither asks for anything nor gets an answer: spam, a question about something else, a mail to the wrong address. */
export function DismissForm({ known: { request }, seen, typed }: FormProps) {
  const form = filled('dismiss', typed);
  const becomes = afterDismissal(request);
  const again = becomes !== 'ignored';
  return (
    <StepForm
      requestId={request.requestId}
      step="dismiss"
      words={again ? 'Nothing more to do' : 'Not a request'}
      about={
        again
          ? `the request is ${becomes} again, as before the reply`
          : 'it asks for nothing; what it held may be used again'
      }
      seen={seen}
      filled={form}
      button={{ words: again ? `Leave it ${becomes}` : 'Close it: not a request' }}
      reader="Nobody gets an answer."
    >
      <WordsField step="dismiss" label="Why (optional)" hint="Stays in the history." filled={form} rows={2} />
    </StepForm>
  );
}

/** The same wish, written twice. */
export function MergeForm({
  known: { request, others },
  seen,
  typed,
  preview,
}: FormProps & { preview?: MergePreview }) {
  const form = filled('merge', typed);
  const fault = form.fault('merge-into');
  const hint = 'Its id; the other request goes on, and this one closes.';
  return (
    <StepForm
      requestId={request.requestId}
      step="merge"
      words="Merge"
      about="into another request that asks for the same"
      seen={seen}
      filled={form}
      button={{ words: 'Merge into that request' }}
      reader="Nobody gets an answer from this one."
    >
      <Field id="merge-into" label="Into which request?" hint={hint} fault={fault}>
        <input
          id="merge-into"
          name="into"
          value={form.value('into')}
          required
          maxlength={40}
          autocomplete="off"
          spellcheck={false}
          list="merge-others"
          placeholder="W-XXXX-XXXX-XXXX-XXXX"
          hx-get={partPath(request.requestId, 'merge-into')}
          hx-trigger="input changed delay:300ms"
          hx-target="#merge-preview"
          {...onlyWhenDone}
          {...describedBy({ id: 'merge-into', hint, fault })}
        />
      </Field>
      <datalist id="merge-others">
        {others.map((other) => (
          <option value={other.requestId}>{titleOf(other)}</option>
        ))}
      </datalist>
      <div id="merge-preview" aria-live="polite">
        {preview && <MergeTarget preview={preview} />}
      </div>
    </StepForm>
  );
}

/** What stands behind an id that somebody types, before they merge anything into it. */
export interface MergePreview {
  typed: string;
  found?: WrittenRequest;
}

export function MergeTarget({ preview: { typed, found } }: { preview: MergePreview }) {
  if (typed.trim() === '') return null;
  if (!found) return <p class="hint">There is no request with this id yet.</p>;
  return (
    <p class="merge-target">
      <strong>{titleOf(found)}</strong> <StateBadge request={found} />
      <span class="hint">
        {found.summary.from ? `from ${found.summary.from}, ` : ''}
        <Moment at={found.receivedAt} show="day" />
      </span>
    </p>
  );
}

/** More time, once, and why. */
export function ExtendForm({ known: { request }, seen, typed }: FormProps) {
  const form = filled('extend', typed);
  const fault = form.fault('extend-days');
  return (
    <StepForm
      requestId={request.requestId}
      step="extend"
      words="Extend"
      about="the time to decide, once, with a reason"
      seen={seen}
      filled={form}
      button={{ words: 'Extend the time' }}
    >
      <Field id="extend-days" label="By how many business days?" fault={fault}>
        <input
          id="extend-days"
          type="number"
          name="days"
          inputmode="numeric"
          min={1}
          max={mostExtraDays}
          required
          value={form.value('days') ?? '5'}
          {...describedBy({ id: 'extend-days', fault })}
        />
      </Field>
      <WordsField
        step="extend"
        label="Why is it needed?"
        hint="Stays in the history."
        filled={form}
        required
        rows={2}
      />
    </StepForm>
  );
}

/** Something to remember, that decides nothing. */
export function NoteForm({ known: { request }, seen, typed }: FormProps) {
  const form = filled('note', typed);
  return (
    <StepForm
      requestId={request.requestId}
      step="note"
      words="Note"
      about="something for the history; nothing else changes"
      seen={seen}
      filled={form}
      button={{ words: 'Add the note' }}
      reader="Colleagues read it, and whoever gets the dossier."
    >
      <WordsField step="note" label="What should be remembered?" filled={form} required rows={3} />
    </StepForm>
  );
}

/** A decided request comes back to be decided anew. */
export function ReopenForm({ known: { request }, seen, typed }: FormProps) {
  const form = filled('reopen', typed);
  return (
    <StepForm
      requestId={request.requestId}
      step="reopen"
      words="Reopen"
      about="to decide it again"
      seen={seen}
      filled={form}
      open={!typed}
      button={{ words: 'Reopen' }}
      reader={reopened(request)}
    >
      <WordsField step="reopen" label="Why (optional)" hint="Stays in the history." filled={form} rows={2} />
    </StepForm>
  );
}

/** What reopening means for the images, and for those who have had an answer already. */
export const reopened = ({ state }: WrittenRequest): string =>
  state === 'granted'
    ? 'The images stay unused until it is decided again.'
    : 'What it held before is held again until it is decided.';
