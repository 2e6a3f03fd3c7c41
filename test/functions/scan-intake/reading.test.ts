import { readFile } from 'node:fs/promises';
import { afterAll, expect, test } from 'vitest';
import { type OpenScan, openScan, type ReadPage } from '../../../functions/scan-intake/reading/open-scan.ts';
import { endReading } from '../../../functions/scan-intake/reading/reading-thread.ts';
import { bornPdf, faxTiff, mixedPdf, pagePng, photoJpeg, scannedPdf, searchablePdf } from '../../scans.ts';

const letter = [
  'REMOVE FROM MARKETING MATERIALS',
  '',
  'Dear privacy team, please stop using my pictures.',
  'My profile is https://site.example/members/ada',
  'Yours, Ada Lovelace',
];

afterAll(endReading);

async function opened(bytes: Buffer): Promise<OpenScan> {
  const scan = await openScan(bytes, { languages: ['eng'] });
  if (!('read' in scan)) throw new Error(scan.problem);
  return scan;
}

async function readAll(bytes: Buffer): Promise<ReadPage[]> {
  const scan = await opened(bytes);
  const pages: ReadPage[] = [];
  for (let page = 1; page <= scan.pages; page += 1) pages.push(await scan.read(page));
  await scan.close();
  return pages;
}

const readFirst = async (bytes: Buffer): Promise<ReadPage> => (await readAll(bytes))[0]!;

/** Where a word is on the page, from the top left corner. */
function placeOf(page: ReadPage, text: string): { x: number; y: number } {
  const word = page.words?.find((one) => one.text === text);
  if (!word) throw new Error(`"${text}" is not among ${page.words?.map((one) => one.text).join(' ')}`);
  return { x: word.x + word.width / 2, y: word.y + word.height / 2 };
}

test('a fax of three pages is read page by page, each drawn upright in its true proportions', async () => {
  const pages = await readAll(await faxTiff({ pages: [letter, ['Second page of the letter'], []] }));
  expect(pages.map(({ source, problem }) => ({ source, problem }))).toEqual([
    { source: 'ocr', problem: undefined },
    { source: 'ocr', problem: undefined },
    { source: 'none', problem: 'Page 3 is blank.' },
  ]);
  expect(pages[0]!.text).toContain('REMOVE FROM MARKETING MATERIALS');
  expect(pages[0]!.text).toContain('https://site.example/members/ada');
  expect(pages[1]!.text).toContain('Second page of the letter');
  for (const { width, height, image } of pages) {
    expect(height / width).toBeCloseTo(Math.SQRT2, 1);
    expect(Math.max(width, height)).toBeLessThanOrEqual(2000);
    expect(image!.length).toBeLessThan(200_000);
  }
});

test('the place of each word is a fraction of the page', async () => {
  const pages = await Promise.all(
    [bornPdf({ pages: [letter], size: 15 }), scannedPdf({ pages: [letter] })].map(async (made) =>
      readFirst(await made),
    ),
  );
  expect(pages.map(({ source }) => source)).toEqual(['embedded', 'ocr']);
  const [born, scanned] = pages.map((page) => placeOf(page, 'MARKETING')) as [
    { x: number; y: number },
    { x: number; y: number },
  ];
  expect(born.x).toBeCloseTo(scanned.x, 1);
  expect(born.y).toBeCloseTo(scanned.y, 1);
  expect(born.y).toBeLessThan(0.15);
});

test.each(['fax-group-3.tif', 'fax-group-3-two-dimensional.tif'])('%s is read as well', async (name) => {
  const bytes = await readFile(new URL(`../../fixtures/scans/${name}`, import.meta.url));
  expect((await readFirst(bytes)).text).toContain('REMOVE FROM MARKETING MATERIALS');
});

test.each([1, 3, 6, 8] as const)('a photo that the camera marked as held in way %i is upright', async (orientation) => {
  const page = await readFirst(await photoJpeg({ lines: letter, orientation }));
  expect(page.text).toContain('REMOVE FROM MARKETING MATERIALS');
  expect(page.height).toBeGreaterThan(page.width);
  expect(placeOf(page, 'REMOVE').y).toBeLessThan(0.15);
});

test.each([180, 90, 270] as const)('a page that was scanned turned by %i degrees is turned back', async (turn) => {
  const page = await readFirst(await pagePng({ lines: letter, turn }));
  expect(page.text).toContain('REMOVE FROM MARKETING MATERIALS');
  expect(page.height).toBeGreaterThan(page.width);
});

test('of a mixed PDF the scanned pages are recognized and the others give their own text', async () => {
  const pages = await readAll(await mixedPdf({ born: letter, scanned: ['Signed by hand in London'] }));
  expect(pages.map(({ source }) => source)).toEqual(['embedded', 'ocr']);
  expect(pages[1]!.text).toContain('Signed by hand in London');
});

test('what is seen on a scanned page counts, not the text that somebody laid below it', async () => {
  const page = await readFirst(
    await searchablePdf({ seen: letter, hidden: ['Please go on using all of my pictures as you like'] }),
  );
  expect(page).toMatchObject({ source: 'ocr', text: expect.stringContaining('REMOVE FROM MARKETING MATERIALS') });
  expect(page.text).not.toContain('as you like');
});

test('a coloured page keeps its colours, and a page without them is small', async () => {
  const [coloured, plain] = [
    await readFirst(await photoJpeg({ lines: letter, stamp: true })),
    await readFirst(await pagePng({ lines: letter })),
  ];
  expect(coloured.contentType).toBe('image/jpeg');
  expect(plain.contentType).toBe('image/png');
  expect(plain.image!.length).toBeLessThan(100_000);
});
