import type { PropsWithChildren } from 'hono/jsx';
import type { Scope, ScopeState, Subject } from '../../../shared/optouts/opt-out.ts';
import type { WrittenRequest } from '../../../shared/requests/request.ts';

/** How a badge looks. The words in it say the same, for whoever sees no colour. */
export type Tone = 'good' | 'warn' | 'danger' | 'info' | 'quiet';

export function Badge({ tone, children }: PropsWithChildren<{ tone: Tone }>) {
  return <span class={`badge ${tone}`}>{children}</span>;
}

/** Where a request stands. */
export function StateBadge({ request }: { request: Pick<WrittenRequest, 'state' | 'pausedAt' | 'mergedInto'> }) {
  const { tone, words } = standing(request);
  return <Badge tone={tone}>{words}</Badge>;
}

/** What marketing may do with the images of a scope. */
export function ScopeStateBadge({ state }: Pick<ScopeState, 'state'>) {
  const { tone, words } = scopeStates[state];
  return <Badge tone={tone}>{words}</Badge>;
}

/** What a scope is called at the desk. */
export const scopeWords: Record<Scope, string> = {
  'profile-images': 'Images of the profile page',
  'header-graphic': 'Header graphic',
  pages: 'Pages',
  'marketing-email': 'Marketing e-mail',
};

/** A scope with whose it is: the header graphic of gardeners. */
export const scopeOf = (subject: Subject, scope: Scope): string =>
  subject.startsWith('community/')
    ? `${scopeWords[scope]} of ${subject.slice('community/'.length)}`
    : scopeWords[scope];

const standing = ({ state, pausedAt, mergedInto }: Parameters<typeof StateBadge>[0]['request']) => {
  if (state === 'review' && pausedAt) return { tone: 'quiet', words: 'Asked' } as const;
  if (state === 'withdrawn' && mergedInto) return { tone: 'quiet', words: 'Merged' } as const;
  return states[state];
};

const states = {
  received: { tone: 'quiet', words: 'Just received' },
  review: { tone: 'info', words: 'To decide' },
  held: { tone: 'warn', words: 'Held' },
  granted: { tone: 'good', words: 'Granted' },
  declined: { tone: 'danger', words: 'Declined' },
  withdrawn: { tone: 'quiet', words: 'Withdrawn' },
  ignored: { tone: 'quiet', words: 'Not a request' },
  quarantined: { tone: 'danger', words: 'Quarantined' },
} as const satisfies Record<WrittenRequest['state'], { tone: Tone; words: string }>;

const scopeStates = {
  blocked: { tone: 'danger', words: 'Blocked' },
  hold: { tone: 'warn', words: 'On hold' },
  clear: { tone: 'good', words: 'Clear' },
} as const;
