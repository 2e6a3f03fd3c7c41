import type { Mark as PageMark } from '../../../shared/evidence/pages.ts';

/** Words that led to something, to be shown where they stand. */
export type Mark = Pick<PageMark, 'what' | 'words'>;

/** A text with the words of the marks highlighted, whatever their case and the white space between them. */
export function Marked({ text, marks }: { text: string; marks: readonly Mark[] }) {
  return (
    <>
      {piecesOf(text, marks).map(({ words, what }) =>
        what ? (
          <mark class={what} title={titles[what]}>
            {words}
          </mark>
        ) : (
          words
        ),
      )}
    </>
  );
}

export const titles: Record<Mark['what'], string> = {
  phrase: 'the phrase of the policy',
  'near-miss': 'comes near the phrase',
  candidate: 'led to a member',
};

/** The whole text in order, in pieces; those that a mark names say which kind. */
export function piecesOf(text: string, marks: readonly Mark[]): { words: string; what?: Mark['what'] }[] {
  const wanted = marks.filter(({ words }) => words.trim() !== '').slice(0, mostMarks);
  if (wanted.length === 0) return [{ words: text }];
  const pattern = new RegExp(wanted.map(({ words }) => `(${patternOf(words)})`).join('|'), 'giu');
  const pieces: { words: string; what?: Mark['what'] }[] = [];
  let end = 0;
  for (const found of text.matchAll(pattern)) {
    const mark = found.slice(1, wanted.length + 1).findIndex((group) => group !== undefined);
    if (found.index > end) pieces.push({ words: text.slice(end, found.index) });
    pieces.push({ words: found[0], what: wanted[mark]!.what });
    end = found.index + found[0].length;
  }
  if (end < text.length) pieces.push({ words: text.slice(end) });
  return pieces;
}

const mostMarks = 40;

/** Whole words only; between them white space and the marks of a quotation. */
function patternOf(words: string): string {
  const parts = words.trim().slice(0, 300).toWellFormed().split(/\s+/).map(escaped);
  const [before, after] = [/^[\p{L}\p{N}]/u.test(words.trim()), /[\p{L}\p{N}]$/u.test(words.trim())];
  return `${before ? '(?<![\\p{L}\\p{N}])' : ''}${parts.join('[\\s>]+')}${after ? '(?![\\p{L}\\p{N}])' : ''}`;
}

const escaped = (word: string): string => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/-/g, '\\x2d');
