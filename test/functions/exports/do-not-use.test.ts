import { expect, it } from 'vitest';
import { saidOf } from '../../../functions/exports/do-not-use/do-not-use.ts';

it.each([
  [0, 0, 'Nobody has asked for anything: all images may be used.'],
  [1, 1, '1 kind of images of 1 member or community may not be used.'],
  [2_500, 2, '2,500 kinds of images of 2 members and communities may not be used.'],
])('a list of %i lines about %i is told in plain English', (rows, subjects, words) => {
  expect(saidOf({ rows, subjects })).toBe(words);
});
