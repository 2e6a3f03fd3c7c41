import type { LetterFacts } from './letter.ts';

/** Where a reader of paper writes to: ` at privacy@… or Example Street 1`; empty where it is not known. */
export function ourAddresses({ writeTo = [] }: LetterFacts, language: string, at: string): string {
  const list = new Intl.ListFormat(language, { type: 'disjunction' }).format(writeTo);
  return list && ` ${at} ${list}`;
}
