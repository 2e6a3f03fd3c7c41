import { isDeepStrictEqual } from 'node:util';
import { type Key, lookupKeys, type Member, type MemberItem, memberKey } from './member.ts';

/** One row of a directory: a key for each column that the file names, undefined where its cell is empty. */
export type Row = Pick<Member, 'memberId'> & Partial<Member>;

export type Write = { put: Key | MemberItem } | { remove: Key };

export interface Changes {
  outcome: 'added' | 'changed' | 'unchanged' | 'removed';
  /** The writes of a step may happen in any order, the steps only one after the other. */
  steps: Write[][];
}

/**
 * What to write so that the table agrees with a row; a reason where the row cannot be used.
 *
 * The order makes a kill anywhere harmless. New look-ups come first: until the member carries an address, readers ignore
 * a look-up by it. Then the member, with the look-ups that it leaves behind noted as `stale`, so that a later run, which
 * finds nothing else to change, still removes them. At no moment is a member not found by an address that they have.
 */
export function changesFor(old: MemberItem | undefined, row: Row): Changes | { reason: string } {
  const missing = old ? [] : required.filter((field) => row[field] === undefined);
  if (missing.length > 0) return { reason: reasonToAddNobody(row.memberId, missing) };
  const unfinished = old?.stale ?? [];
  const after = agreeing(old, row);
  const had = old ? without(lookupKeys(old), unfinished) : [];
  const wanted = lookupKeys(after);
  const stale = without([...unfinished, ...had], wanted);
  const outcome = !old ? 'added' : isSame(old, after) ? 'unchanged' : 'changed';
  return {
    outcome,
    steps: [
      puts(without(wanted, had)),
      puts(outcome === 'unchanged' ? [] : [stale.length > 0 ? { ...after, stale } : after]),
      removals(stale),
      puts(unfinished.length > 0 || stale.length > 0 ? [after] : []),
    ],
  };
}

/**
 * What removes a member. All look-ups are noted as stale first, so that a file which brings the member back after a kill
 * in the middle restores them; the member's own item goes last, since it alone tells which look-ups there are.
 */
export function changesToRemove(old: MemberItem): Changes {
  const lookups = without([...lookupKeys(old), ...(old.stale ?? [])], []);
  const own = { pk: old.pk, sk: old.sk };
  return { outcome: 'removed', steps: [puts([{ ...old, stale: lookups }]), removals(lookups), removals([own])] };
}

/** What a member cannot be without; memberId is in every row. */
export const required = ['handle', 'name', 'primaryEmail'] as const satisfies (keyof Member)[];

const fields = [...required, 'otherEmails', 'manages', 'locale', 'createdAt'] as const satisfies (keyof Member)[];

/** The member as the row says, with what the item holds besides. Undefined attributes are not written. */
function agreeing(old: MemberItem | undefined, row: Row): MemberItem {
  const before = old ?? { ...memberKey(row.memberId), otherEmails: [], manages: [] };
  return { ...before, ...row, stale: undefined } as MemberItem;
}

const isSame = (old: Member, after: Member) => fields.every((field) => isDeepStrictEqual(old[field], after[field]));

const reasonToAddNobody = (memberId: string, missing: string[]) =>
  `no member has the memberId "${memberId}" yet, and a new one needs ${missing.map((field) => `"${field}"`).join(', ')}`;

const puts = (items: (Key | MemberItem)[]): Write[] => items.map((put) => ({ put }));
const removals = (keys: Key[]): Write[] => keys.map((remove) => ({ remove }));

/** The keys, each once, that are not among the others. DynamoDB refuses a batch that names a key twice. */
function without(keys: Key[], others: Key[]): Key[] {
  const seen = new Set(others.map(textOf));
  return keys.filter((key) => !seen.has(textOf(key)) && seen.add(textOf(key)));
}

const textOf = ({ pk, sk }: Key) => `${pk}\n${sk}`;
