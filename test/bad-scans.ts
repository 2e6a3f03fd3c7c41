import { PDFDocument, PDFName, PDFOperator, PDFOperatorNames } from 'pdf-lib';
import type { Grey } from '../functions/scan-intake/reading/sheet.ts';
import { drawPages, type Picture } from './scan-pictures.ts';
import { bornPdf, type Lines } from './scans.ts';

/** A PDF whose standard security handler (ISO 32000-1, 7.6.3) no empty password fits. */
export function lockedPdf(): Buffer {
  const password = `<${'ab'.repeat(32)}>`;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>',
    `<</Filter/Standard/V 1/R 2/O ${password}/U ${password}/P -4>>`,
  ];
  const body = objects.map((object, index) => `${index + 1} 0 obj${object}endobj\n`).join('');
  return Buffer.from(`%PDF-1.4\n${body}trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]/Size 5>>\n%%EOF\n`);
}

const [hugeWidth, hugeHeight] = [20_000, 10_000];

/** Only the header says so: nobody has to make 200 megapixels to send them. */
export function hugePng(png: Buffer): Buffer {
  const bomb = Buffer.from(png);
  bomb.writeUInt32BE(hugeWidth, 16);
  bomb.writeUInt32BE(hugeHeight, 20);
  return bomb;
}

export function hugeJpeg(jpeg: Buffer): Buffer {
  const bomb = Buffer.from(jpeg);
  const frame = bomb.indexOf(Buffer.from([0xff, 0xc0, 0, 17, 8]));
  bomb.writeUInt16BE(hugeHeight, frame + 5);
  bomb.writeUInt16BE(hugeWidth, frame + 7);
  return bomb;
}

export function hugeTiff(tiff: Buffer): Buffer {
  const bomb = Buffer.from(tiff);
  bomb.writeUInt32LE(hugeWidth, entryOf(bomb, 256) + 8);
  bomb.writeUInt32LE(hugeHeight, entryOf(bomb, 257) + 8);
  // Both as LONG: a SHORT would hold 65,535 too, but not in every file.
  for (const tag of [256, 257]) bomb.writeUInt16LE(4, entryOf(bomb, tag) + 2);
  return bomb;
}

/** Overwrites the middle of the first page's picture. */
export function breakFirstPage(tiff: Buffer): Buffer {
  const broken = Buffer.from(tiff);
  const end = broken.readUInt32LE(4);
  broken.fill(0, 8 + Math.floor(end * 0.6), end - 8);
  return broken;
}

/** Its last directory names the first as the next one. */
export function cyclicTiff(tiff: Buffer): Buffer {
  const cyclic = Buffer.from(tiff);
  const first = cyclic.readUInt32LE(4);
  let next = first;
  let place = 4;
  while (next !== 0) {
    place = next + 2 + 12 * cyclic.readUInt16LE(next);
    next = cyclic.readUInt32LE(place);
  }
  cyclic.writeUInt32LE(first, place);
  return cyclic;
}

/** Where the entry of the tag stands in the first directory of a little-endian TIFF. */
function entryOf(tiff: Buffer, tag: number): number {
  let entry = tiff.readUInt32LE(4) + 2;
  while (tiff.readUInt16LE(entry) !== tag) entry += 12;
  return entry;
}

/** Its first page is a square of ten metres; the letter follows. */
export async function pdfWithHugePage(letter: Lines): Promise<Buffer> {
  const document = await PDFDocument.load(await bornPdf({ pages: [letter] }));
  document.insertPage(0, [28_346, 28_346]);
  return Buffer.from(await document.save());
}

/** A picture of 200 megapixels on a page of A4, as a handful of bytes. */
export async function pdfWithHugePicture(): Promise<Buffer> {
  const document = await PDFDocument.create();
  const page = document.addPage([595, 842]);
  const header = { Type: 'XObject', Subtype: 'Image', Width: hugeWidth, Height: hugeHeight };
  const picture = document.context.flateStream(new Uint8Array(100_000), {
    ...header,
    ColorSpace: 'DeviceGray',
    BitsPerComponent: 8,
  });
  page.node.setXObject(PDFName.of('Bomb'), document.context.register(picture));
  page.pushOperators(
    PDFOperator.of(PDFOperatorNames.ConcatTransformationMatrix, ['595', '0', '0', '842', '0', '0'] as never[]),
    PDFOperator.of(PDFOperatorNames.DrawObject, [PDFName.of('Bomb')]),
  );
  return Buffer.from(await document.save());
}

/** A script that runs when it is opened, and a program attached. */
export async function pdfWithScripts(letter: Lines): Promise<Buffer> {
  const document = await PDFDocument.load(await bornPdf({ pages: [letter] }));
  document.addJavaScript('greeting', 'while (true) app.alert("hello")');
  await document.attach(Buffer.from('MZ'), 'letter.exe', { mimeType: 'application/octet-stream' });
  return Buffer.from(await document.save());
}

/** Lines that nobody can read, however the page is turned. */
export async function mirroredPng(letter: Lines): Promise<Buffer> {
  const [page] = (await drawPages([letter], 150)) as [Picture];
  return Buffer.from(page.flip('horizontal').pngsaveBuffer({ bitdepth: 1 }));
}

export async function greyPage(lines: Lines): Promise<Grey> {
  const [page] = (await drawPages([lines], 200)) as [Picture];
  return { width: page.width, height: page.height, data: page.writeToMemory() as Uint8Array };
}
