import type { Child, PropsWithChildren } from 'hono/jsx';

export interface FieldProps {
  id: string;
  label: string;
  /** What belongs into it, where the label does not say so. */
  hint?: Child;
  /** What is wrong with what was typed. */
  fault?: string;
}

/** A labelled field. Give the control inside the same `id`, and `{...describedBy(props)}`. */
export function Field({ id, label, hint, fault, children }: PropsWithChildren<FieldProps>) {
  return (
    <div class={fault ? 'field faulty' : 'field'}>
      <label for={id}>{label}</label>
      <Hints id={id} hint={hint} fault={fault} />
      {children}
    </div>
  );
}

/** Several boxes or buttons that answer one question. */
export function Choices({ id, label, hint, fault, children }: PropsWithChildren<FieldProps>) {
  return (
    <fieldset class={fault ? 'field faulty' : 'field'} id={id} tabindex={-1} {...describedBy({ id, hint, fault })}>
      <legend>{label}</legend>
      <Hints id={id} hint={hint} fault={fault} />
      {children}
    </fieldset>
  );
}

export interface ChoiceProps {
  type: 'radio' | 'checkbox';
  name: string;
  value: string;
  checked?: boolean;
}

/** One of them; its label is its content. */
export function Choice({ children, ...input }: PropsWithChildren<ChoiceProps>) {
  return (
    <label class="choice">
      <input {...input} />
      <span>{children}</span>
    </label>
  );
}

/** What links a control to its hint and to its fault. */
export const describedBy = ({ id, hint, fault }: Pick<FieldProps, 'id' | 'hint' | 'fault'>) => ({
  'aria-describedby': [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ') || undefined,
  'aria-invalid': fault ? ('true' as const) : undefined,
});

function Hints({ id, hint, fault }: Pick<FieldProps, 'id' | 'hint' | 'fault'>) {
  return (
    <>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {fault && (
        <p class="fault" id={`${id}-fault`}>
          {fault}
        </p>
      )}
    </>
  );
}
