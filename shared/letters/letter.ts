/** What is said to a person, before it is text or HTML: a subject and blocks of plain words. */
export interface Letter {
  subject: string;
  blocks: Block[];
}

/** A paragraph, a list of things, or a link with the words that stand on it. */
export type Block = string | string[] | { link: string; words: string };

/** What letters speak of. Which of them a letter needs is between it and the rule that asks for it. */
export interface LetterFacts {
  /** Empty for a stranger. */
  name: string;
  requestId: string;
  /** ISO 8601: since when the opt-out, or the hold, is in effect. */
  since: string;
  /** ISO 8601: by when a person decides. */
  decideBy?: string;
  /** Ids of the communities that it covers. */
  communities: string[];
  siteName: string;
  /** Where the member says "that was me", or was not. */
  confirmUrl?: string;
}

/** Every letter of one locale. */
export type Letters = Record<LetterKind, (facts: LetterFacts) => Letter>;

export type LetterKind =
  | 'granted'
  | 'already-in-effect'
  | 'confirm'
  | 'which-profile'
  | 'received'
  | 'unsubscribed'
  | 'not-me';
