import { createHash } from 'node:crypto';
import type { Member } from '../../../shared/members/member.ts';
import type { Scope, Subject } from '../../../shared/optouts/opt-out.ts';
import { choosable, type Wish } from '../../../shared/requests/take-preferences-plan.ts';

/** Name of a field of the form: the same however long ids are, and whatever else the member manages by then. */
export const fieldOf = (subject: Subject, scope: Scope): string =>
  `s${createHash('sha256').update(`${subject} ${scope}`).digest('hex').slice(0, 16)}`;

/**
 * What the form asks to change. The choice that is in effect has the value `keep`, so that a form which is sent unread,
 * or hours later, changes nothing else. Undefined for what no form of ours sends.
 */
export function readWishes(body: string, member: Member): Wish[] | undefined {
  const form = new URLSearchParams(body);
  const fields = choosable(member).flatMap(({ subject, scopes }) =>
    scopes.map((scope) => ({ subject, scope, values: form.getAll(fieldOf(subject, scope)) })),
  );
  const isOdd = fields.some(({ values }) => values.length > 1 || values.some((value) => !known.includes(value)));
  if (isOdd || fields.every(({ values }) => values.length === 0)) return undefined;
  return fields.flatMap(({ subject, scope, values: [value] }) =>
    value === 'block' || value === 'allow' ? [{ subject, scope, want: value }] : [],
  );
}

const known = ['keep', 'block', 'allow'];
