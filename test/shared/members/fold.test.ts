import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldHandle, foldName } from '../../../shared/members/fold.ts';
import { handleLookup, nameLookup } from '../../../shared/members/member.ts';

test.each([
  ['José  ÁLVAREZ', 'jose alvarez'],
  ['Jose\u0301 Álvarez', 'jose alvarez'],
  ['  Anna\u00a0Weber ', 'anna weber'],
  ['Groß', 'gross'],
  ['ΣΊΣΥΦΟΣ', 'σισυφος'],
  ['ＡＮＮＡ', 'anna'],
  ['An\u00adna', 'anna'],
])('the name %j is looked up as %j', (name, folded) => {
  expect(foldName(name)).toBe(folded);
});

test('a handle is found whatever its case, with or without @, but not without its accents', () => {
  expect(foldHandle('@JDoe')).toBe('jdoe');
  expect(foldHandle('josé')).not.toBe(foldHandle('jose'));
});

test('a name of which nothing is left is not looked up', () => {
  expect(nameLookup(' \u200b ')).toBeUndefined();
  expect(handleLookup('@')).toBeUndefined();
});

test('whatever the name, its key fits into DynamoDB, and its case does not matter', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      for (const [fold, lookup] of [[foldName, nameLookup] as const, [foldHandle, handleLookup] as const]) {
        expect(fold(text.toUpperCase())).toBe(fold(text.toUpperCase().toLowerCase()));
        expect(Buffer.byteLength(lookup(text) ?? '')).toBeLessThanOrEqual(2048);
      }
    }),
    { numRuns: 2000 },
  );
});
