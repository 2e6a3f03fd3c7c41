import type { PropsWithChildren } from 'hono/jsx';
import { Icon, type IconName } from './icons.tsx';

/** What has just been done, or what is the matter with the page. `done` is read out by screen readers on arrival. */
export function Notice({ tone = 'info', children }: PropsWithChildren<{ tone?: 'done' | 'info' | 'warn' | 'danger' }>) {
  return (
    <div class={`notice ${tone}`} role={tone === 'danger' ? 'alert' : 'status'}>
      <Icon name={tone === 'done' ? 'done' : 'warning'} />
      <div>{children}</div>
    </div>
  );
}

export interface Fault {
  /** Id of the field that it is about, where there is one. */
  field?: string;
  /** What is wrong and what to do. */
  sentence: string;
}

/** Why a form did nothing: stands before it, takes the focus (desk.js), and leads to each field. What was typed stays. */
export function Problem({ faults, title = 'Nothing was saved yet' }: { faults: Fault[]; title?: string }) {
  if (faults.length === 0) return null;
  return (
    <div class="notice danger" role="alert" tabindex={-1} data-focus>
      <Icon name="warning" />
      <div>
        <strong>{title}</strong>
        <ul>
          {faults.map(({ field, sentence }) => (
            <li>{field ? <a href={`#${field}`}>{sentence}</a> : sentence}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** Why there is nothing here, and what to do next. */
export function EmptyState({ title, icon = 'none', children }: PropsWithChildren<{ title: string; icon?: IconName }>) {
  return (
    <div class="empty">
      <Icon name={icon} />
      <p class="title">{title}</p>
      {children}
    </div>
  );
}

/** How far some work is. Without `of` it only says that it goes on. */
export function Progress({ words, done, of }: { words: string; done?: number; of?: number }) {
  return (
    <div class="progress">
      <span aria-hidden="true">{words}</span>
      {of === undefined ? <progress aria-label={words} /> : <progress aria-label={words} value={done ?? 0} max={of} />}
    </div>
  );
}
