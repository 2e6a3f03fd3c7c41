import { allScopes, type OptOut, type ScopeState, type Subject, scopesOf, stateOf } from '../optouts/opt-out.ts';
import { readFlags } from './known.ts';

/** Images that may be asked about: those of a member's profile, a community's header graphic and pages. */
export type ImageScope = (typeof scopesOf)[keyof typeof scopesOf][number];

export const imageScopes: readonly ImageScope[] = [...scopesOf.member, ...scopesOf.community];

/** What somebody wants to use; without scopes all images of the subject. */
export interface Asked {
  subject: Subject;
  scopes?: readonly ImageScope[];
}

/** The answer to "may we use this now?" for one subject. */
export interface Clearance {
  subject: Subject;
  /** Whether the directory has the member, or a manager of the community. */
  known: boolean;
  /** Whether all that was asked about may be used. */
  allowed: boolean;
  scopes: Partial<Record<ImageScope, ScopeClearance>>;
}

export interface ScopeClearance extends ScopeState {
  allowed: boolean;
  /** Why it may not be used although nobody asked for that. */
  reason?: 'unknown';
}

/** Asks for subjects, strongly consistent: an opt-out written a moment ago is seen. In the order asked for. */
export async function checkSubjects(asked: readonly Asked[]): Promise<Clearance[]> {
  const flags = await readFlags([...new Set(asked.map(({ subject }) => subject))]);
  return asked.map((one) => clearanceOf(one, flags.get(one.subject)!));
}

/**
 * Only what is clear may be used: a hold says no until a person or the member decides. Neither may what the directory
 * does not know: a mistyped id would otherwise always be clear.
 */
export function clearanceOf(
  { subject, scopes = allScopes(subject) as readonly ImageScope[] }: Asked,
  { known, optOut }: { known: boolean; optOut: Pick<OptOut, 'scopes'> },
): Clearance {
  const answers = scopes.map((scope): [ImageScope, ScopeClearance] => {
    const found = stateOf(optOut, scope);
    return [scope, { allowed: known && found.state === 'clear', ...found, ...(!known && { reason: 'unknown' }) }];
  });
  return {
    subject,
    known,
    allowed: answers.every(([, { allowed }]) => allowed),
    scopes: Object.fromEntries(answers),
  };
}

/** Reads `member/ID` or `community/ID`; undefined for anything else. Ids are as the directory takes them. */
export const readSubject = (text: string): Subject | undefined =>
  /^(member|community)\/[^\s/\p{C}\p{Z}]{1,128}$/u.test(text) ? (text as Subject) : undefined;

/** Whether a subject has such images. */
export const hasScope = (subject: Subject, scope: string): scope is ImageScope =>
  (allScopes(subject) as readonly string[]).includes(scope);
