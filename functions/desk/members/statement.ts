import { randomUUID } from 'node:crypto';
import type { Member } from '../../../shared/members/member.ts';
import { type Scope, type Subject, subjectsOf } from '../../../shared/optouts/opt-out.ts';
import { statementScopes } from '../../../shared/requests/by-person/statement.ts';
import type { Fault } from '../views/messages.tsx';

/** The form for an opt-out that came by other means, as it was typed. */
export interface Statement {
  /** Sent twice, it is one request. */
  nonce: string;
  how: string;
  /** YYYY-MM-DD */
  receivedOn: string;
  /** What it covers, each `<subject> <scope>`. */
  covers: string[];
  words: string;
  faults: Fault[];
}

export interface Grant {
  subject: Subject;
  scopes: Scope[];
}

/** What may be ticked: all that the member can ask for. */
export const coverable = (member: Member): { subject: Subject; scope: Scope; value: string }[] =>
  subjectsOf(member).flatMap((subject) =>
    statementScopes(subject).map((scope) => ({ subject, scope, value: `${subject} ${scope}` })),
  );

/**
 * An empty form. All images are ticked: who asks for one thing seldom minds the others, and doubt protects. Marketing
 * mail is another wish.
 */
export const newStatement = (member: Member): Statement => ({
  nonce: randomUUID(),
  how: '',
  receivedOn: new Date().toISOString().slice(0, 10),
  covers: coverable(member)
    .filter(({ scope }) => scope !== 'marketing-email')
    .map(({ value }) => value),
  words: '',
  faults: [],
});

/** A form that is not whole counts as a new one. */
const isNonce = /^[\w-]{16,80}$/;

/** The form as it came, with what is wrong with it. */
export function readStatement(form: FormData, member: Member, now: Date): Statement {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const known = new Set(coverable(member).map(({ value }) => value));
  const statement = {
    nonce: isNonce.test(text('nonce')) ? text('nonce') : randomUUID(),
    how: text('how'),
    receivedOn: text('receivedOn'),
    covers: form
      .getAll('covers')
      .map(String)
      .filter((value) => known.has(value)),
    words: text('words'),
  };
  return { ...statement, faults: faultsOf(statement, now) };
}

/** Each subject with the scopes that were ticked for it. */
export const grantsOf = ({ covers }: Statement, member: Member): Grant[] =>
  [
    ...Map.groupBy(
      coverable(member).filter(({ value }) => covers.includes(value)),
      ({ subject }) => subject,
    ),
  ].map(([subject, ticked]) => ({ subject, scopes: ticked.map(({ scope }) => scope) }));

/** Midnight of its day in UTC, the earliest that it can be; today's came just now. */
export function receivedAtOf({ receivedOn }: Statement, now: Date): string {
  const midnight = `${receivedOn}T00:00:00.000Z`;
  return receivedOn >= now.toISOString().slice(0, 10) ? now.toISOString() : midnight;
}

export const ways = {
  message: 'A message: chat, social network, contact form',
  'in-person': 'A note handed over in person',
  paper: 'A letter or fax that is kept elsewhere',
  phone: 'Told on the phone',
} as const;

export const isWay = (how: string): how is keyof typeof ways => Object.hasOwn(ways, how);

export const mostWords = 1_900;

function faultsOf({ how, receivedOn, covers, words }: Omit<Statement, 'nonce' | 'faults'>, now: Date): Fault[] {
  // A day ahead of UTC is today somewhere.
  const latest = new Date(now.getTime() + 14 * 60 * 60 * 1000).toISOString().slice(0, 10);
  const isDay = isDate(receivedOn);
  return [
    !isWay(how) && { field: 'how', sentence: 'Choose how it came.' },
    !isDay && { field: 'receivedOn', sentence: 'Give the day on which it came, as year, month and day.' },
    isDay &&
      receivedOn > latest && {
        field: 'receivedOn',
        sentence: 'That day has yet to come: give the day on which it came.',
      },
    isDay && receivedOn < '2000-01-01' && { field: 'receivedOn', sentence: 'That is too long ago: look at the year.' },
    covers.length === 0 && { field: 'covers', sentence: 'Tick at least one thing that it covers.' },
    !words && { field: 'words', sentence: 'Write down what the member wrote, as near to their own words as you can.' },
    words.length > mostWords && {
      field: 'words',
      sentence: `Shorten the words to ${mostWords} characters; now there are ${words.length}.`,
    },
  ].filter((fault) => fault !== false);
}

/** A day of the calendar: 2026-02-31 is none, and Date.parse takes it. */
const isDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
