/** What is said to a person, before it is text or HTML: a subject and blocks of plain words. */
export interface Letter {
  subject: string;
  blocks: Block[];
}

/** A paragraph, a list of things, a link with the words that stand on it, or a list of such links. */
export type Block = string | string[] | Link | Link[];

export interface Link {
  link: string;
  words: string;
}

/** What letters speak of. Which of them a letter needs is between it and the rule that asks for it. */
export interface LetterFacts {
  /** Empty for a stranger. */
  name: string;
  requestId: string;
  /** ISO 8601: since when the opt-out, or the hold, is in effect. */
  since: string;
  /** ISO 8601: by when a person decides. */
  decideBy?: string;
  /** Ids of the communities that it covers, each with its header graphic and its pages. */
  communities: string[];
  /** Exactly what it covers, where a person chose. */
  covers?: Covered[];
  /** What may be used again, where the member opted back in. */
  allowed?: Covered[];
  /** Name of the member who chose it, where the reader is another one. */
  chosenBy?: string;
  /** What a person writes to the reader. */
  words?: string;
  siteName: string;
  /** Where the member says "that was me", or was not. */
  confirmUrl?: string;
  /** Where the member sees and changes their preferences; in the letter that brings it, a link for this member alone. */
  preferencesUrl?: string;
  /** Address of the desk, without a slash at its end. */
  deskUrl?: string;
  /** What is due, for the people at the desk. */
  digest?: Digest;
  /** What a campaign has to take down, for its contact. */
  recall?: RecallFacts;
  /** Whether it is printed: then nobody can answer "this mail". */
  onPaper?: boolean;
  /** Where somebody who read it on paper writes to: our mail address, and the postal one where there is one. */
  writeTo?: string[];
}

/** `member/<id>` or `community/<id>`, and which of its images. */
export interface Covered {
  subject: string;
  scopes: string[];
}

/** What waits for people at the desk: how many, and the first of them. */
export interface Digest {
  groups: { name: DigestGroup; count: number; more: boolean; first: { requestId: string; dueAt: string }[] }[];
}

/** What of one campaign is open: how much may not be used, the first of it, and how much may be used again. */
export interface RecallFacts {
  campaign: string;
  count: number;
  released: number;
  first: { subject: string; scope: string; since: string; isNew: boolean }[];
}

export type DigestGroup = 'overdue' | 'due-soon' | 'held' | 'asked';

/** Every letter of one locale. */
export type Letters = Record<LetterKind, (facts: LetterFacts) => Letter>;

export type LetterKind =
  | 'granted'
  | 'already-in-effect'
  | 'confirm'
  | 'which-profile'
  | 'received'
  | 'unsubscribed'
  | 'declined'
  | 'withdrawn'
  | 'question'
  | 'preferences-link'
  | 'preferences-changed'
  | 'community-changed'
  | 'not-me'
  | 'digest'
  | 'recall'
  | 'notice-paused';
