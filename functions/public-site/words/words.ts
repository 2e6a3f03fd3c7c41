import type { Scope, State } from '../../../shared/optouts/opt-out.ts';

/** All that the pages behind a mailed link say in one language. Dates come in as people write them there. */
export interface Words {
  /** BCP 47. */
  language: string;
  /** Each kind of image, as it stands in a list. */
  images: Record<Scope, (community: string) => string>;
  /** What marketing may do with it now. What is clear is so since no date. */
  states: Record<State, (since: string) => string>;
  labels: { member: string; covers: string; now: string; since: string; request: string };
  yes: string;
  no: string;
  question: {
    title: string;
    what: (siteName: string, date: string) => string;
    doubt: string;
    ask: string;
    afterYes: string;
    afterNo: string;
    nothingYet: string;
    silence: (date: string) => string;
  };
  saidYes: Outcome;
  saidNo: Outcome;
  /** A person decided before the member answered. */
  decided: Outcome;
  /** The member answered before: on opening the page again, and on giving the other answer. */
  answered: { title: string; before: (answer: string) => string; firstCounts: (answer: string) => string };
  unknown: Problem;
  notUnderstood: Problem;
  unavailable: Problem;
}

export interface Outcome {
  title: string;
  text: string;
  /** How to change it, with the address to write to. */
  undo: (address: string) => string;
}

/** A page that has no request to speak of. */
export interface Problem {
  title: string;
  paragraphs: (address: string) => string[];
}
