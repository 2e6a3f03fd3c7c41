import { env } from '../../shared/env.ts';
import type { Member } from '../../shared/members/member.ts';
import { type Scope, type ScopeState, type Subject, stateOf } from '../../shared/optouts/opt-out.ts';
import { readOptOuts } from '../../shared/optouts/store.ts';
import { askedAbout, type Question } from '../../shared/requests/confirm.ts';

/** What the pages behind a confirmation link speak of. */
export interface Asked {
  requestId: string;
  /** Absent for a member who has left the directory. */
  name?: string;
  siteName: string;
  /** ISO 8601: since when the images are not used. */
  receivedAt: string;
  /** ISO 8601: until when the member decides; absent where it is not up to the member alone. */
  dueAt?: string;
  images: Image[];
}

/** One kind of image that the request asks about, and what marketing may do with it now. */
export interface Image {
  scope: Scope;
  /** Id of the community; empty for what is the member's own. */
  community: string;
  now: ScopeState;
}

/** Reads what is in effect now, strongly consistent. */
export async function readAsked(question: Question, member: Member | undefined): Promise<Asked> {
  const { requestId, receivedAt, state } = question.request;
  const dueAt = state === 'held' ? question.request.dueAt : undefined;
  const effects = askedAbout(question);
  const optOuts = await readOptOuts(effects.map(({ subject }) => subject));
  const images = effects.flatMap(({ subject, scopes }) =>
    scopes.map((scope) => ({ scope, community: communityOf(subject), now: stateOf(optOuts.get(subject)!, scope) })),
  );
  return { requestId, receivedAt, dueAt, images, name: member?.name, siteName: env('siteName') };
}

const communityOf = (subject: Subject): string => /^community\/(.*)$/s.exec(subject)?.[1] ?? '';
