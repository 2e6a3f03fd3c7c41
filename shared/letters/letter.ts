/** What is said to a person, before it is text or HTML: a subject and blocks of plain words. */
export interface Letter {
  subject: string;
  blocks: Block[];
}

/** A paragraph, or a list of things. */
export type Block = string | string[];

/** What letters speak of. */
export interface LetterFacts {
  name: string;
  requestId: string;
  /** ISO 8601. */
  since: string;
  /** Communities that the member manages. */
  communities: string[];
  siteName: string;
  publicUrl: string;
}

/** One locale has every letter. */
export interface Letters {
  granted: (facts: LetterFacts) => Letter;
  held: (facts: LetterFacts) => Letter;
}
