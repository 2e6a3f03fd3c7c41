import type { Fault } from './check.ts';
import type { Notice, NoticeEntry, Officer } from './notice.ts';

/**
 * What came of an officer's step. `changed`: somebody else was first, and `entries` says who did what since; `faults`:
 * what the form has to mend; `refused`: a sentence that says why not.
 */
export type Outcome =
  | { done: Notice }
  | { changed: Notice; entries: NoticeEntry[] }
  | { faults: Fault[] }
  | { refused: string };

export interface Acting {
  by: Officer;
  /** ISO 8601: now. */
  at: string;
}

/** The version of the notice on the page that the officer looked at. */
export interface Seeing extends Acting {
  seen: number;
}

export const gone = { refused: 'There is no such notice.' };

/** What happened after the page was drawn; the newest step where the page does not tell its version. */
export function whoWasFirst(notice: Notice, seen = notice.version): Outcome {
  const since = notice.history.filter(({ version = 0 }) => version > seen);
  return { changed: notice, entries: since.length > 0 ? since : notice.history.slice(-1) };
}
