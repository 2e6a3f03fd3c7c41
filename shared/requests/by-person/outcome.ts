import type { HistoryEntry, Person, WrittenRequest } from '../request.ts';

/** Who acts, and number of the newest history entry on the page that they looked at. */
export interface Acting {
  by: Person;
  seen: number;
}

/**
 * What became of a person's decision. `done`: the request as it stands, and the addresses that an answer goes to, none
 * where nobody can safely be written to. `changed`: something happened since the person looked, so nothing was done;
 * `entries` says what. `refused`: a sentence that says why it cannot be done and what to do instead.
 */
export type Outcome =
  | { done: WrittenRequest; answered: string[] }
  | { changed: WrittenRequest; entries: HistoryEntry[] }
  | Refused;

export interface Refused {
  refused: string;
}
