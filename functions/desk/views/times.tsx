import { Icon } from './icons.tsx';

/**
 * A moment. The server writes it in UTC and says so; desk.js writes it again in the zone and the manner of the viewer.
 * `show`: the day alone, the day and the time of day, or as short as a list needs it: the time of
 * today, the day of others; of what has no time, the day always.
 */
export function Moment({ at, show = 'moment' }: { at: string; show?: 'day' | 'moment' | 'short' | 'short-day' }) {
  return (
    <time datetime={at} data-show={show}>
      {(show === 'moment' ? momentFormat : dayFormat).format(new Date(at))}
      {show === 'moment' && ' UTC'}
    </time>
  );
}

export interface DueProps {
  /** ISO 8601. Absent for a request that waits for nobody. */
  dueAt?: string;
  /** Since when the time stands still. */
  pausedAt?: string;
  now?: Date;
}

/** By when somebody has to decide, in words: what is late or soon is told apart without its colour, too. */
export function DueDate({ dueAt, pausedAt, now = new Date() }: DueProps) {
  if (!dueAt) return <span class="due quiet">–</span>;
  if (pausedAt) {
    return (
      <span class="due quiet">
        asked on <Moment at={pausedAt} show="day" />
      </span>
    );
  }
  const { urgency, words } = dueWords(dueAt, now);
  return (
    <span class={`due ${urgency}`}>
      {urgency === 'overdue' && <Icon name="warning" />}
      {words ? <span>{words}</span> : 'due '}
      {words ? (
        <span class="when">
          <Moment at={dueAt} show="short" />
        </span>
      ) : (
        <Moment at={dueAt} show="short" />
      )}
    </span>
  );
}

/** Days before the due date from which on it is called soon: a long weekend and a day. */
export const soonDays = 4;

/** No words for a date that is far enough to be told as a date. */
export function dueWords(dueAt: string, now: Date): { urgency: 'overdue' | 'soon' | 'later'; words?: string } {
  const left = new Date(dueAt).getTime() - now.getTime();
  const days = Math.floor(Math.abs(left) / dayMs);
  if (left < 0) return { urgency: 'overdue', words: days === 0 ? 'overdue since today' : `overdue by ${count(days)}` };
  if (days > soonDays) return { urgency: 'later' };
  return { urgency: 'soon', words: days === 0 ? 'due within a day' : `due in ${count(days)}` };
}

const count = (days: number): string => (days === 1 ? '1 day' : `${days} days`);

const dayMs = 24 * 60 * 60 * 1000;

const dayFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
const momentFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
