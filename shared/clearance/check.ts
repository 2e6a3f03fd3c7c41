import { allScopes, type OptOut, type Scope, type ScopeState, type Subject, stateOf } from '../optouts/opt-out.ts';
import { readOptOuts } from '../optouts/store.ts';

/** The answer to "may we use this now?" for one subject. */
export interface Clearance {
  subject: Subject;
  scopes: Partial<Record<Scope, ScopeState & { allowed: boolean }>>;
}

/** Asks for subjects, strongly consistent: an opt-out written a moment ago is seen. In the order asked for. */
export async function checkClearance(subjects: readonly Subject[]): Promise<Clearance[]> {
  const optOuts = await readOptOuts(subjects);
  return subjects.map((subject) => clearanceOf(optOuts.get(subject)!));
}

/** Only what is clear may be used: a hold says no until a person or the member decides. */
export const clearanceOf = (optOut: OptOut): Clearance => ({
  subject: optOut.subject,
  scopes: Object.fromEntries(
    allScopes(optOut.subject).map((scope) => {
      const found = stateOf(optOut, scope);
      return [scope, { allowed: found.state === 'clear', ...found }];
    }),
  ),
});

/** Reads `member/ID` or `community/ID`; undefined for anything else. */
export const readSubject = (text: string): Subject | undefined =>
  /^(member|community)\/[^\s/]{1,200}$/.test(text) ? (text as Subject) : undefined;
