/**
 * Whether text that a PDF holds can stand for what is seen: enough of it, nearly all of it letters, and in words.
 * Fonts without a map to Unicode give symbols and replacement characters; a scanner's stamp is a few words only.
 */
export function isMeaningful(text: string): boolean {
  const signs = [...text].filter((sign) => !/\s/u.test(sign));
  if (signs.length < 20) return false;
  const good = signs.filter((sign) => /[\p{L}\p{M}\p{N}\p{P}\p{Sc}+=<>|~^]/u.test(sign)).length;
  const letters = signs.filter((sign) => /[\p{L}\p{N}]/u.test(sign)).length;
  return good / signs.length >= 0.95 && letters / signs.length >= 0.6 && hasWords(text);
}

/** In garbage letters stand alone or without end. Scripts without spaces have long words. */
function hasWords(text: string): boolean {
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(text)) return true;
  const words = text.split(/\s+/u);
  const usual = words.filter((word) => word.length >= 2 && word.length <= 40).length;
  return usual / words.length >= 0.5;
}
