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
  preferences: PreferencesWords;
  unsubscribe: UnsubscribeWords;
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

export interface PreferencesWords {
  /** The page that asks for an address. */
  ask: { title: string; what: (siteName: string) => string; how: string; label: string; button: string; wrong: string };
  /** The same for every address. */
  asked: Problem;
  tooMany: Problem;
  choose: {
    title: string;
    what: string;
    /** For managers. */
    others: string;
    /** What it means that each may be used. */
    means: Record<Scope, (siteName: string) => string>;
    now: string;
    allow: string;
    block: string;
    /** Where a request is open: not to choose. */
    hold: string;
    mailOn: string;
    mailOff: string;
    /** Of what is in effect. */
    mailNow: string;
    mailSince: (since: string) => string;
    save: string;
    once: string;
  };
  /** The form was sent, and nothing in it was new. */
  same: string;
  saved: { title: string; text: string; again: string; button: string };
  sentAgain: Problem;
  used: Problem;
  unknown: Problem;
  notUnderstood: Problem;
  /** On the link to the page that asks for an address. */
  newLink: string;
}

export interface UnsubscribeWords {
  ask: { title: string; what: (siteName: string) => string; keeps: string; button: string };
  done: { title: string; text: string; more: string; link: string };
  unknown: Problem;
  notUnderstood: Problem;
}
