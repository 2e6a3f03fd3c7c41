import { phrase } from '../../../shared/mail/phrase.ts';
import type { WrittenRequest } from '../../../shared/requests/request.ts';
import type { Mark } from './marked.tsx';

/** The words of a mail that a person should see: the phrase, what came near it, and what led to a member. */
export function marksOf({ decision, findings = [] }: WrittenRequest): Mark[] {
  const found = [...(decision.found ?? []), ...findings];
  const near = found.flatMap(({ what, difference }): Mark[] =>
    what === 'near-miss' && difference ? [{ what, words: asWritten(difference) }] : [],
  );
  const candidates = found
    .filter(({ what }) => what === 'candidate')
    .flatMap(({ sentence }) => sentence.match(/"[^"]{2,100}"/g) ?? [])
    .map((quoted): Mark => ({ what: 'candidate', words: quoted.slice(1, -1) }));
  return [{ what: 'phrase', words: phrase }, ...near, ...candidates];
}

/** A difference holds the words of the mail, too: all but what is missing. */
const asWritten = (difference: { text: string; change?: 'added' | 'removed' }[]): string =>
  difference
    .filter(({ change }) => change !== 'removed')
    .map(({ text }) => text)
    .join('');
