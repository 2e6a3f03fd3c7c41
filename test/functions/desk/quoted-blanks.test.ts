import { expect, test } from 'vitest';
import { passagesOf } from '../../../functions/desk/request/quoted.ts';

test('a mail of blanks and empty lines is folded in no time, so that nobody can keep a request from being opened', () => {
  const begun = performance.now();
  for (const run of [' ', '\n', ' \n', '\t', 'wrote: ']) {
    const text = `a${run.repeat(40_000 / run.length)}b`;
    expect(
      passagesOf(text)
        .map((passage) => passage.text)
        .join('\n')
        .at(-1),
    ).toBe('b');
  }
  // It took five seconds.
  expect(performance.now() - begun).toBeLessThan(1_000);
});
