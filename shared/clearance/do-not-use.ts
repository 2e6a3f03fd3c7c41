import { stringify } from 'csv-stringify/sync';
import { getMembers } from '../members/directory.ts';
import { allScopes, type OptOut, type Scope, type ScopeState, type Subject, stateOf } from '../optouts/opt-out.ts';
import { walkOptOuts } from '../optouts/walk.ts';

/** Images of one scope that may not be used: blocked, or held until somebody decides. */
export interface Refused extends ScopeState {
  subject: Subject;
  scope: Scope;
}

/** How much the list holds so far. */
export interface ListCounts {
  subjects: number;
  rows: number;
}

/**
 * Everything that is not clear, as CSV in pieces of some hundred lines, so that memory does not grow with the list: each
 * subject as it is when the walk meets it. `onPage` hears how much there is.
 */
export async function* doNotUseCsv(onPage: (counts: ListCounts) => Promise<void>): AsyncGenerator<string> {
  const counts: ListCounts = { subjects: 0, rows: 0 };
  yield `${columns.join(',')}\n`;
  for await (const optOuts of walkOptOuts()) {
    for (let from = 0; from < optOuts.length; from += pieceSize) {
      const refused = optOuts.slice(from, from + pieceSize).map(refusedOf);
      const rows = refused.flat();
      counts.subjects += refused.filter((of) => of.length > 0).length;
      counts.rows += rows.length;
      if (rows.length > 0) yield await linesOf(rows);
    }
    await onPage(counts);
  }
}

const columns = ['subject', 'name', 'scope', 'state', 'since', 'request_ids'];
const pieceSize = 1_000;

/** What of a subject may not be used. Marketing e-mail is another list: nobody looks for an image there. */
export const refusedOf = (optOut: Pick<OptOut, 'subject' | 'scopes'>): Refused[] =>
  allScopes(optOut.subject)
    .map((scope) => ({ subject: optOut.subject, scope, ...stateOf(optOut, scope) }))
    .filter(({ state }) => state !== 'clear');

async function linesOf(rows: Refused[]): Promise<string> {
  const ids = rows.flatMap(({ subject }) => (subject.startsWith('member/') ? [subject.slice('member/'.length)] : []));
  const names = new Map((await getMembers(ids)).map(({ memberId, name }) => [`member/${memberId}`, name]));
  const cells = rows.map(({ subject, scope, state, since, requestIds }) => [
    ...[subject, names.get(subject) ?? '', scope, state, since ?? '', requestIds.join(' ')],
  ]);
  // Members choose their names, and a spreadsheet would compute one that begins with "=".
  return stringify(cells, { escape_formulas: true });
}
