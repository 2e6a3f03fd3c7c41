import { afterAll, expect, test } from 'vitest';
import { recognize, stopOcr } from '../../../functions/scan-intake/reading/ocr.ts';
import { type OpenScan, openScan, type ReadPage } from '../../../functions/scan-intake/reading/open-scan.ts';
import { endReading, inThread } from '../../../functions/scan-intake/reading/reading-thread.ts';
import * as bad from '../../bad-scans.ts';
import { bornPdf, faxTiff, pagePng, photoJpeg, scannedPdf } from '../../scans.ts';

const letter = ['REMOVE FROM MARKETING MATERIALS', 'Ada Lovelace'];
const phrase = expect.stringContaining('REMOVE FROM MARKETING MATERIALS');

afterAll(async () => {
  await endReading();
  await stopOcr();
});

const openedOr = (bytes: Buffer, mostPages?: number) => openScan(bytes, { languages: ['eng'], mostPages });

async function opened(bytes: Buffer, mostPages?: number): Promise<OpenScan> {
  const scan = await openedOr(bytes, mostPages);
  if (!('read' in scan)) throw new Error(scan.problem);
  return scan;
}

async function readFirst(bytes: Buffer): Promise<ReadPage> {
  const scan = await opened(bytes);
  const page = await scan.read(1);
  await scan.close();
  return page;
}

test.each([
  ['a PDF with a password', async () => bad.lockedPdf(), /locked with a password/],
  ['a PDF that is damaged', async () => Buffer.from('%PDF-1.7\nand then nothing'), /PDF is damaged/],
  [
    'half a JPEG header',
    async () => (await photoJpeg({ lines: letter })).subarray(0, 12),
    /damaged: it holds no picture/,
  ],
  [
    'a TIFF without a directory',
    async () => (await faxTiff({ pages: [letter] })).subarray(0, 200),
    /damaged: it holds no picture/,
  ],
  ['a PNG of 200 megapixels', async () => bad.hugePng(await pagePng({ lines: letter })), /20000 × 10000 pixels/],
  ['a JPEG of 200 megapixels', async () => bad.hugeJpeg(await photoJpeg({ lines: letter })), /20000 × 10000 pixels/],
  ['a TIFF of 200 megapixels', async () => bad.hugeTiff(await faxTiff({ pages: [letter] })), /20000 × 10000 pixels/],
])('%s is refused with a sentence', async (_, make, sentence) => {
  expect(await openedOr(await make())).toEqual({ type: expect.any(String), problem: expect.stringMatching(sentence) });
});

test.each([
  ['TIFF', () => faxTiff({ pages: Array.from({ length: 4 }, () => []) })],
  ['PDF', () => bornPdf({ pages: Array.from({ length: 4 }, () => letter) })],
])('of a %s with a page too many the first are read, and a sentence says so', async (_, make) => {
  const scan = await opened(await make(), 3);
  expect(scan).toMatchObject({ pages: 3, problem: expect.stringMatching(/more than 3 pages: the first 3 were read/) });
  await scan.close();
});

test('a page of ten metres in a PDF is not drawn, and the others are', async () => {
  const scan = await opened(await bad.pdfWithHugePage(letter));
  const [huge, usual] = [await scan.read(1), await scan.read(2)];
  await scan.close();
  expect(huge).toMatchObject({ source: 'none', problem: expect.stringMatching(/^Page 1 is 10.0 × 10.0 m large/) });
  expect(usual).toMatchObject({ source: 'embedded', text: phrase });
});

test('a picture of 200 megapixels in a PDF is not drawn', async () => {
  expect(await readFirst(await bad.pdfWithHugePicture())).toMatchObject({
    source: 'none',
    problem: expect.stringMatching(/Page 1 holds a picture of 200 megapixels/),
  });
});

test('a fax page with broken strips is drawn as far as it goes and says so; its neighbours are read', async () => {
  const scan = await opened(bad.breakFirstPage(await faxTiff({ pages: [letter, letter] })));
  const [broken, whole] = [await scan.read(1), await scan.read(2)];
  await scan.close();
  expect(broken.image!.length).toBeGreaterThan(0);
  expect(broken.problem).toMatch(/Parts of page 1 are damaged/);
  expect(whole.text).toEqual(phrase);
  expect(whole.problem).toBeUndefined();
});

test('a TIFF that was cut off is read up to the cut', async () => {
  const whole = await faxTiff({ pages: [letter, letter, letter] });
  const scan = await opened(whole.subarray(0, whole.length - 300));
  expect(scan).toMatchObject({ pages: 2, problem: expect.stringMatching(/damaged after page 2/) });
  expect(await scan.read(1)).toMatchObject({ text: phrase });
  await scan.close();
});

test('a TIFF whose last page leads back to the first ends there', async () => {
  const scan = await opened(bad.cyclicTiff(await faxTiff({ pages: [letter, letter] })));
  expect(scan).toMatchObject({ pages: 2, problem: expect.stringMatching(/damaged after page 2/) });
  expect(await scan.read(2)).toMatchObject({ text: phrase });
  await scan.close();
});

test('a photo that was cut off is drawn as far as it goes and says so', async () => {
  const photo = await photoJpeg({ lines: letter });
  const page = await readFirst(photo.subarray(0, photo.length / 2));
  expect(page.image!.length).toBeGreaterThan(0);
  expect(page).toMatchObject({ text: phrase, problem: expect.stringMatching(/Parts of page 1 are damaged/) });
});

test('a PDF without its index is put together again', async () => {
  const pdf = await bornPdf({ pages: [[...letter, 'my profile is at site.example']] });
  expect(
    await readFirst(Buffer.from(pdf.toString('latin1').replace(/startxref\s+\d+/, 'startxref 7'), 'latin1')),
  ).toMatchObject({ text: phrase });
});

test('scripts and attachments of a PDF are ignored', async () => {
  const page = await readFirst(await bad.pdfWithScripts(letter));
  expect(page.text).toEqual(phrase);
  expect(page.problem).toBeUndefined();
});

test('what cannot be recognized is shown, and a sentence asks a person to read it', async () => {
  const page = await readFirst(await bad.mirroredPng(letter));
  expect(page.image!.length).toBeGreaterThan(0);
  expect(page.problem).toMatch(/Little on page 1 could be recognized/);
});

test('recognition that takes too long is given up, and the next page is read again', async () => {
  const grey = await bad.greyPage(letter);
  expect(await recognize(grey, ['eng'], 1)).toBeUndefined();
  expect(await recognize(grey, ['eng'], 60_000)).toMatchObject({ text: phrase });
});

test('a page that keeps the reading thread busy for too long is given up, and the next scan is read', async () => {
  const bytes = new Uint8Array(await scannedPdf({ pages: [letter] }));
  const slow = inThread(async (thread) => {
    await thread.ask({ do: 'open', key: 'slow', type: 'PDF', bytes, mostPages: 50 }, 60);
    await thread.ask({ do: 'read', key: 'slow', page: 1, languages: ['eng'] }, 0.05);
  });
  await expect(slow).rejects.toThrow('took longer than 0.05 seconds');
  expect((await readFirst(await bornPdf({ pages: [letter] }))).text).toEqual(phrase);
});

test('when the reading thread is lost, the pages after it are read by another', async () => {
  const scan = await opened(await scannedPdf({ pages: [letter, letter], dpi: 120 }));
  expect(await scan.read(1)).toMatchObject({ text: phrase });
  await endReading();
  expect(await scan.read(2)).toMatchObject({ text: phrase });
  await scan.close();
});

test('a scan that was closed is not read, and harms no other', async () => {
  const scan = await opened(await bornPdf({ pages: [letter] }));
  await scan.close();
  expect((await scan.read(1)).problem).toMatch(/Page 1/);
  expect(await readFirst(await bornPdf({ pages: [[...letter, 'once more, with more words']] }))).toMatchObject({
    text: phrase,
  });
});
