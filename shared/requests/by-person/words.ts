import type { Refused } from './outcome.ts';

/** Characters; they are kept in the item's history, of which the last 50 entries must fit into 400 KB. */
export const mostWords = 2_000;

/** What a person wrote, or a sentence that says why it cannot be taken. `needed` says who wants to read it. */
export function checkWords(text: string | undefined, needed?: string): { words?: string } | Refused {
  const words = text?.replaceAll('\r\n', '\n').trim().toWellFormed() || undefined;
  if (!words && needed) return { refused: needed };
  if (words && words.length > mostWords) {
    return { refused: `That is ${words.length} characters; at most ${mostWords} can be kept. Please shorten it.` };
  }
  return { words };
}
