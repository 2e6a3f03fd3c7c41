import { PDFDocument, type PDFPage } from 'pdf-lib';
import { bornPdf, drawPages, type Lines, loadVips, type Picture } from './scan-pictures.ts';

export { bornPdf, type Lines };

/** Pixels an inch across and down. A fax is `standard` or `fine`; `square` is what scanners make. */
const resolutions = { standard: { x: 204, y: 98 }, fine: { x: 204, y: 196 }, square: { x: 200, y: 200 } };

export interface FaxOptions {
  pages: Lines[];
  resolution?: keyof typeof resolutions;
}

/** A multipage TIFF as fax gateways and scanners send them: one bit a pixel, Group 4. */
export async function faxTiff({ pages, resolution = 'standard' }: FaxOptions): Promise<Buffer> {
  const { x, y } = resolutions[resolution];
  const vips = await loadVips();
  const pictures = (await drawPages(pages, 200)).map((page) => page.resize(x / 200, { vscale: y / 200 }));
  const strip = vips.Image.arrayjoin(pictures, { across: 1 });
  return Buffer.from(
    strip.tiffsaveBuffer({
      compression: 'ccittfax4',
      bitdepth: 1,
      miniswhite: true,
      page_height: pictures[0]!.height,
      xres: x / 25.4,
      yres: y / 25.4,
    }),
  );
}

/** A scanner's PDF with a page that was printed to PDF before it. */
export async function mixedPdf({ born, scanned }: { born: Lines; scanned: Lines }): Promise<Buffer> {
  const document = await PDFDocument.load(await bornPdf({ pages: [born] }));
  await addScans(document, [scanned], 150);
  return Buffer.from(await document.save());
}

/** A scanner's PDF with text that cannot be seen, as software that recognizes text adds it. */
export async function searchablePdf({ seen, hidden }: { seen: Lines; hidden: Lines }): Promise<Buffer> {
  const document = await PDFDocument.load(await bornPdf({ pages: [hidden] }));
  await addScans(document, [seen], 150, document.getPage(0));
  return Buffer.from(await document.save());
}

/** A PDF as scanners make them: a picture for each page, no text. */
export async function scannedPdf({ pages, dpi = 200 }: { pages: Lines[]; dpi?: number }): Promise<Buffer> {
  const document = await PDFDocument.create();
  await addScans(document, pages, dpi);
  return Buffer.from(await document.save());
}

async function addScans(document: PDFDocument, pages: Lines[], dpi: number, over?: PDFPage): Promise<void> {
  for (const picture of await drawPages(pages, dpi)) {
    const image = await document.embedJpg(picture.jpegsaveBuffer({ Q: 80 }));
    (over ?? document.addPage([595, 842])).drawImage(image, { x: 0, y: 0, width: 595, height: 842 });
  }
}

/** How a camera was held, as EXIF counts: 1 upright, 3 on its head, 6 and 8 on its sides. */
export type Orientation = 1 | 3 | 6 | 8;

export interface PhotoOptions {
  lines: Lines;
  orientation?: Orientation;
  /** A red stamp below the text. */
  stamp?: boolean;
}

/** A phone's photo of a page, on slightly yellow paper. */
export async function photoJpeg({ lines, orientation = 1, stamp = false }: PhotoOptions): Promise<Buffer> {
  const [page] = (await drawPages([lines], 200)) as [Picture];
  const photo = page
    .bandjoin([page, page.linear(0.85, 0)])
    .cast('uchar')
    .copy({ interpretation: 'srgb' });
  const red = photo.crop(0, 0, 300, 200).linear(0, [200, 20, 20]).cast('uchar');
  const stamped = stamp ? photo.insert(red, 1100, 1500) : photo;
  const held = stamped.rot(({ 1: 'd0', 3: 'd180', 6: 'd270', 8: 'd90' } as const)[orientation]).copy();
  held.setInt('orientation', orientation);
  return Buffer.from(held.jpegsaveBuffer({ Q: 85 }));
}

/** A page as PNG, one bit a pixel; `turn` lays it on its side or its head, with nothing that says so. */
export async function pagePng({ lines, turn = 0 }: { lines: Lines; turn?: 0 | 90 | 180 | 270 }): Promise<Buffer> {
  const [page] = (await drawPages([lines], 200)) as [Picture];
  return Buffer.from(page.rot(`d${turn}`).pngsaveBuffer({ bitdepth: 1 }));
}
