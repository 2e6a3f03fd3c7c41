import { describe, expect, test } from 'vitest';
import { phraseOn } from '../../../shared/requests/scan-phrase.ts';

describe('the phrase on paper', () => {
  test.each([
    ['as the policy has it', 'Dear team,\nREMOVE FROM MARKETING MATERIALS\nThank you'],
    ['within a sentence', 'I ask you to remove from marketing materials all images of my page.'],
    ['broken over two lines', 'Please remove from marketing\n   materials whatever shows me'],
    ['with digits read for letters', 'REM0VE FR0M MARKET1NG MATER1ALS'],
  ])('%s', (_name, text) => {
    expect(phraseOn(text)?.what).toBe('phrase');
  });
});

describe('nearly the phrase', () => {
  test.each([
    ['with letters read for others', 'REMOVE FRCM MARKETlNG MATER|ALS'],
    ['with other words between', 'Please remove all my pictures from your marketing materials.'],
    ['in the subject line of a letter', 'Anna Weber\nMain Street 1\n\nRe: Remove me from marketing\n\nDear team'],
  ])('%s', (_name, text) => {
    expect(phraseOn(text)).toMatchObject({ what: 'near-miss', difference: expect.any(Array) });
  });
});

test.each([
  ['an ordinary letter', 'Dear team,\nplease send me the materials for the meeting in March.\nAnna'],
  ['a list to leave, in running text', 'and remove me from your marketing list, please'],
  ['nothing', ''],
])('%s does not ask for it', (_name, text) => {
  expect(phraseOn(text)).toBeUndefined();
});

test('a page of a megabyte is looked at in a moment', () => {
  const began = performance.now();
  phraseOn('remove marketing mate l0l '.repeat(40_000));
  expect(performance.now() - began).toBeLessThan(1_000);
});
