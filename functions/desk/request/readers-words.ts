import type { Reader } from '../../../shared/requests/by-person/readers.ts';
import type { WrittenRequest } from '../../../shared/requests/request.ts';

/** Where an answer will go, before it is written: so nobody writes to somebody else than they think, or to nobody. */
export function readersWords({ channel }: WrittenRequest, readers: readonly Reader[]): string {
  if (readers.length > 0) return `It goes to ${addressesOf(readers)}.`;
  if (channel === 'email') return 'No mail goes out: it is not certain whose address the sender’s is.';
  return 'No mail goes out, since no address is known: you print it as a letter next, and send it.';
}

/** The same of a decline: where the writer is no member, or nobody knows which, no member hears of it. */
export function declineWords(request: WrittenRequest, readers: readonly Reader[]): string {
  const isToMembers = readers.some(({ memberId }) => memberId);
  const but = ' Where the writer is not a member, or it cannot be told which one, no member gets a mail.';
  return readersWords(request, readers) + (isToMembers ? but : '');
}

export const addressesOf = (readers: readonly Pick<Reader, 'to' | 'name'>[]): string =>
  new Intl.ListFormat('en').format(readers.map(({ to, name }) => (name ? `${name} (${to})` : to)));
