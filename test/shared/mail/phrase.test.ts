import { describe, expect, test } from 'vitest';
import { hasPhrase } from '../../../shared/mail/phrase.ts';

describe('the phrase is found', () => {
  test.each([
    'REMOVE FROM MARKETING MATERIALS',
    'remove from marketing materials',
    'Re: REMOVE FROM MARKETING MATERIALS',
    'AW: WG: Remove From Marketing Materials',
    '答复: REMOVE FROM MARKETING MATERIALS',
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
    'premove from marketing materials2',
    'New marketing materials for your community',
  ])('in %j', (subject) => {
    expect(hasPhrase(subject)).toBe(false);
  });
});
