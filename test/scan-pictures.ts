import { PDFiumLibrary } from '@hyzyla/pdfium';
import Vips from 'wasm-vips';
import { bornPdf } from './scans.ts';

export type Library = Awaited<ReturnType<typeof Vips>>;
export type Picture = InstanceType<Library['Image']>;

let library: Promise<Library> | undefined;

export function loadVips(): Promise<Library> {
  library ??= Vips({ dynamicLibraries: [] });
  return library;
}

/** Pages of text as grey pictures of A4, in letters that recognition can read even on a fax. */
export async function drawPages(pages: string[][], dpi: number): Promise<Picture[]> {
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
