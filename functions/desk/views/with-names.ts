/** Members by id, as far as a page knows them. */
export type Names = ReadonlyMap<string, string>;

/** A sentence of the history with the names of members in place of their ids. */
export function withNames(sentence: string, names: Names): string {
  return sentence.replace(mentioned, (whole, id: string) => {
    const bare = id.replace(/\.$/, '');
    const name = names.get(id) ?? names.get(bare);
    return name ? `${name}${names.has(id) ? '' : id.slice(bare.length)}` : whole;
  });
}

/** The ids that sentences speak of. */
export const idsIn = (sentences: string[]): string[] =>
  sentences.flatMap((sentence) => [...sentence.matchAll(mentioned)].map(([, id]) => id!.replace(/\.$/, '')));

const mentioned = /\bmember ([^\s,;]+)/g;
