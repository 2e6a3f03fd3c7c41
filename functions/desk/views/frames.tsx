import type { Child, PropsWithChildren } from 'hono/jsx';

/** A framed part of a page under a heading of its own. `actions` stand right of the heading. */
export function Section({
  title,
  id,
  actions,
  children,
}: PropsWithChildren<{ title: string; id: string; actions?: Child }>) {
  return (
    <section class="card" aria-labelledby={`${id}-title`} id={id}>
      <div class="card-head">
        <h2 id={`${id}-title`}>{title}</h2>
        {actions}
      </div>
      {children}
    </section>
  );
}

/** A framed part without a heading. */
export function Card({ children }: PropsWithChildren) {
  return <div class="card">{children}</div>;
}

/** A list of what is known, label beside value. */
export function Facts({ children }: PropsWithChildren) {
  return <dl class="facts">{children}</dl>;
}

export function Fact({ label, children }: PropsWithChildren<{ label: string }>) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/**
 * A form behind a button of its own, for steps that are rare or hard to undo: the first press shows it, the second, in
 * it, acts. Needs no script. `open` where the form comes back with a problem.
 */
export function SecondStep(props: PropsWithChildren<{ id: string; words: string; open?: boolean; danger?: boolean }>) {
  return (
    <details class="second-step" id={props.id} open={props.open}>
      <summary class={props.danger ? 'button danger' : 'button'}>{props.words}</summary>
      <div class="second-step-body">{props.children}</div>
    </details>
  );
}
