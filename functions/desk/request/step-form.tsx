import type { Child, PropsWithChildren } from 'hono/jsx';
import { describedBy, Field } from '../views/fields.tsx';
import { partPath } from './paths.ts';
import type { Filled, StepName } from './typed.ts';

export interface StepFormProps {
  requestId: string;
  step: StepName;
  /** What it is called where it is closed. */
  words: string;
  /** What it does, in one line below its name. */
  about: string;
  /** Number of the newest history entry on the page. */
  seen: number;
  filled: Filled;
  /** Shown at once; the others open one at a time. */
  open?: boolean;
  button: { words: string; tone?: 'primary' | 'danger' };
  /** Stands beside the button: who will read it. */
  reader?: Child;
}

/** One way to decide: closed it is one line, open it is a form. It needs no script. */
export function StepForm(props: PropsWithChildren<StepFormProps>) {
  const { requestId, step, words, about, seen, filled, open, button, reader, children } = props;
  return (
    <details class="step" id={step} name="step" open={filled.isBack || open}>
      <summary>
        <span>
          <span class="step-words">{words}</span> <span class="hint">{about}</span>
        </span>
      </summary>
      <form method="post" action={partPath(requestId, step)} id={`${step}-form`}>
        <Seen step={step} seen={seen} />
        {children}
        <div class="step-end">
          <button type="submit" class={button.tone}>
            {button.words}
          </button>
          {reader && <p class="hint reader">{reader}</p>}
        </div>
      </form>
    </details>
  );
}

/** What the person has seen: whoever decides after somebody else is told so. Renewed when the page renews its history. */
export const Seen = ({ step, seen, oob }: { step: StepName; seen: number; oob?: boolean }) => (
  <input type="hidden" name="seen" value={String(seen)} id={`${step}-seen`} hx-swap-oob={oob ? 'true' : undefined} />
);

export interface WordsFieldProps {
  step: StepName;
  label: string;
  hint?: string;
  filled: Filled;
  required?: boolean;
  rows?: number;
}

/** What a person writes: to the requester, or for the history. */
export function WordsField({ step, label, hint, filled, required, rows = 4 }: WordsFieldProps) {
  const id = `${step}-words`;
  const fault = filled.fault(id);
  return (
    <Field id={id} label={label} hint={hint} fault={fault}>
      <textarea
        id={id}
        name="words"
        rows={rows}
        maxlength={mostWords}
        required={required}
        {...describedBy({ id, hint, fault })}
      >
        {filled.value('words') ?? ''}
      </textarea>
    </Field>
  );
}

/** As many as the history keeps. */
const mostWords = 2_000;
