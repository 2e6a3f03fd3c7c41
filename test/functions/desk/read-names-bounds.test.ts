import { expect, test } from 'vitest';
import { readNames } from '../../../functions/desk/request/read-names.ts';
import type { PageText } from '../../../shared/evidence/pages.ts';

test('a thousand pages of capitals or at signs keep nobody from opening the request', () => {
  const settings = { siteUrl: 'https://site.example', mailDomain: 'inwriting.example' };
  const begun = performance.now();
  for (const text of [
    `${'A'.repeat(999)}\n`.repeat(30),
    '@ab '.repeat(7_500),
    `${'Ab Cd. '.repeat(142)}\n`.repeat(30),
  ]) {
    const pages = Array.from(
      { length: 1_000 },
      (_, place): PageText => ({ page: place + 1, text, source: 'ocr', width: 1, height: 1, marks: [] }),
    );
    readNames({}, pages, settings);
  }
  // Without bounds the capitals alone took a minute.
  expect(performance.now() - begun).toBeLessThan(5_000);
});
