/**
 * Asks anew only when the last answer is older than so many milliseconds; whoever asks meanwhile gets the same one. What
 * failed is not kept.
 */
export function freshFor<Answer>(
  milliseconds: number,
  ask: () => Promise<Answer>,
  clock: () => number = Date.now,
): () => Promise<Answer> {
  let kept: { answer: Promise<Answer>; until: number } | undefined;
  return () => {
    if (kept && clock() < kept.until) return kept.answer;
    const asked = { answer: ask(), until: clock() + milliseconds };
    kept = asked;
    asked.answer.catch(() => {
      if (kept === asked) kept = undefined;
    });
    return asked.answer;
  };
}
