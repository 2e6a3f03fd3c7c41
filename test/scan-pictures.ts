import { PDFiumLibrary } from '@hyzyla/pdfium';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import Vips from 'wasm-vips';

export type Library = Awaited<ReturnType<typeof Vips>>;
export type Picture = InstanceType<Library['Image']>;

let library: Promise<Library> | undefined;

export function loadVips(): Promise<Library> {
  library ??= Vips({ dynamicLibraries: [] });
  return library;
}

/** The lines of text on one page, from the top. An empty page is blank. */
export type Lines = string[];

/** A PDF as word processors make them: its text is in it. A4, in points. */
export async function bornPdf({ pages, size = 14 }: { pages: Lines[]; size?: number }): Promise<Buffer> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (const lines of pages) {
    const page = document.addPage([595, 842]);
    for (const [at, line] of lines.entries()) page.drawText(line, { x: 60, y: 770 - at * size * 1.8, size, font });
  }
  return Buffer.from(await document.save());
}

/** Pages of text as grey pictures of A4, in letters that recognition can read even on a fax. */
export async function drawPages(pages: Lines[], dpi: number): Promise<Picture[]> {
  const vips = await loadVips();
  const pdfium = await PDFiumLibrary.init();
  const document = await pdfium.loadDocument(await bornPdf({ pages, size: 15 }));
  const pictures: Picture[] = [];
  for (const page of document.pages()) {
    const { data, width, height } = await page.render({ colorSpace: 'Gray', scale: dpi / 72 });
    pictures.push(
      vips.Image.newFromMemory(data, width, height, 1, vips.BandFormat.uchar).copy({ interpretation: 'b-w' }),
    );
  }
  document.destroy();
  return pictures;
}
