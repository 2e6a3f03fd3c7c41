import type { Known } from './gather.ts';

/** A sentence of the history with the names of members in place of their ids. */
export function withNames(sentence: string, inQuestion: Known['inQuestion']): string {
  const names = new Map(inQuestion.flatMap(({ memberId, member }) => (member ? [[memberId, member.name]] : [])));
  return sentence.replace(/\bmember ([^\s,;]+)/g, (whole, id: string) => {
    const bare = id.replace(/\.$/, '');
    const name = names.get(id) ?? names.get(bare);
    return name ? `${name}${names.has(id) ? '' : id.slice(bare.length)}` : whole;
  });
}
