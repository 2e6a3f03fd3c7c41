import type { Reader } from '../../../shared/requests/by-person/readers.ts';
import type { WrittenRequest } from '../../../shared/requests/request.ts';

/** Where an answer will go, before it is written: so nobody writes to somebody else than they think, or to nobody. */
export function readersWords({ channel }: WrittenRequest, readers: readonly Reader[]): string {
  if (readers.length > 0) return `It goes to ${addressesOf(readers)}.`;
  if (channel === 'email') return 'No mail goes out: it is not certain whose address the sender’s is.';
  return 'No mail goes out, since no address is known: afterwards you can print a letter.';
}

export const addressesOf = (readers: readonly Pick<Reader, 'to' | 'name'>[]): string =>
  new Intl.ListFormat('en').format(readers.map(({ to, name }) => (name ? `${name} (${to})` : to)));
