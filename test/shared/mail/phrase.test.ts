import { describe, expect, test } from 'vitest';
import { hasPhrase } from '../../../shared/mail/phrase.ts';

describe('the phrase is found', () => {
  test.each([
    'REMOVE FROM MARKETING MATERIALS',
    'remove from marketing materials',
    'Re: REMOVE FROM MARKETING MATERIALS',
    'AW: WG: Remove From Marketing Materials',
    '答复: REMOVE FROM MARKETING MATERIALS',
    '回复：REMOVE FROM MARKETING MATERIALS',
    '[EXT]Re:REMOVE FROM MARKETING MATERIALS,please',
    'REMOVE\u034f FROM MARKETING\ufe0f MATERIALS',
    `!${'?'.repeat(100_000)}a remove from marketing materials`,
    '[EXT] [SPAM?] remove from marketing materials!!',
    '"REMOVE FROM MARKETING MATERIALS"',
    '“Remove from marketing materials”, please',
    'REMOVE\u00a0FROM  MARKETING\tMATERIALS',
    'RE\u00adMOVE FR\u200bOM MARKETING MATERIALS',
    'REMOVE FROM MARKETING MATERIALS',
    'REMOVE FROM MARKETİNG MATERİALS',
    'Please REMOVE FROM MARKETING MATERIALS. Thank you',
  ])('in %j', (subject) => {
    expect(hasPhrase(subject)).toBe(true);
  });
});

describe('the phrase is not found', () => {
  test.each([
    '',
    'Remove me from your marketing list',
    'REMOVE-FROM-MARKETING-MATERIALS',
    'REMOVE FROM MARKETING MATERIAL',
    'REMOVEFROMMARKETINGMATERIALS',
    'non-remove from marketing materials',
    'remove from marketing materials-x',
    'premove from marketing materials2',
    'New marketing materials for your community',
  ])('in %j', (subject) => {
    expect(hasPhrase(subject)).toBe(false);
  });
});

test('a subject made to take long is read to its end', () => {
  expect(hasPhrase(`a${'!'.repeat(100_000)}b`)).toBe(false);
  expect(hasPhrase('a\u0345\u0301\u0327'.repeat(40_000) + '\u0345\u0301'.repeat(60_000))).toBe(false);
});
