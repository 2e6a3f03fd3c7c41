import type { Answer, WrittenRequest } from '../request.ts';

/**
 * What a person answered last, as facts of a letter (`composeLetter`, `writeLetter`) that is printed. Undefined where
 * no person has answered.
 */
export function letterToPrint({ requestId, receivedAt, lastAnswer }: WrittenRequest) {
  if (!lastAnswer) return undefined;
  const { letter, locale, name, communities, covers, words, since = receivedAt }: Answer = lastAnswer;
  return { letter, locale, facts: { name, requestId, since, communities, covers, words, onPaper: true } };
}
