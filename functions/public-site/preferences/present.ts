import { env } from '../../../shared/env.ts';
import type { Member } from '../../../shared/members/member.ts';
import { type Scope, type ScopeState, type Subject, stateOf } from '../../../shared/optouts/opt-out.ts';
import { readOptOuts } from '../../../shared/optouts/store.ts';
import { choosable } from '../../../shared/requests/take-preferences-plan.ts';

/** What the pages of the preferences show. */
export interface Present {
  name: string;
  siteName: string;
  isManager: boolean;
  scopes: PresentScope[];
}

/** One thing to choose, and what is in effect for it now. */
export interface PresentScope {
  subject: Subject;
  scope: Scope;
  /** Id of the community; empty for what is the member's own. */
  community: string;
  now: ScopeState;
}

/** Reads what is in effect now, strongly consistent. */
export async function readPresent(member: Member): Promise<Present> {
  const all = choosable(member);
  const optOuts = await readOptOuts(all.map(({ subject }) => subject));
  const scopes = all.flatMap(({ subject, scopes }) =>
    scopes.map((scope) => ({
      subject,
      scope,
      community: /^community\/(.*)$/s.exec(subject)?.[1] ?? '',
      now: stateOf(optOuts.get(subject)!, scope),
    })),
  );
  return { name: member.name, siteName: env('siteName'), isManager: member.manages.length > 0, scopes };
}
