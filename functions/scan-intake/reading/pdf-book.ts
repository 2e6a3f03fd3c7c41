import type { Unreadable } from './kinds.ts';
import { limits } from './limits.ts';
import { sheetOf, viewOf } from './page-image.ts';
import { picturesOn } from './pdf-pictures.ts';
import { textOn } from './pdf-text.ts';
import { loadPdfium, type Pdfium } from './pdfium.ts';
import type { Book, Sheet } from './sheet.ts';
import { freeing, type Library, loadVips, type Picture } from './vips.ts';

/** A PDF, scanned, born digital or mixed. Its attachments, scripts, forms and links are not looked at. */
export async function openPdf(bytes: Uint8Array, mostPages: number): Promise<Book | Unreadable> {
  const [pdfium, vips] = await Promise.all([loadPdfium(), loadVips()]);
  const pointer = pdfium.wasmExports.malloc(bytes.length);
  pdfium.HEAPU8.set(bytes, pointer);
  const document = pdfium._FPDF_LoadMemDocument(pointer, bytes.length, 0);
  const all = document ? pdfium._FPDF_GetPageCount(document) : 0;
  if (all === 0) return { type: 'PDF', problem: whyNot(document ? 0 : pdfium._FPDF_GetLastError()) };
  return {
    pages: Math.min(all, mostPages + 1),
    sheet: async (page) => freeing(() => sheetFrom({ pdfium, vips, document }, page)),
    close: () => {
      pdfium._FPDF_CloseDocument(document);
      pdfium.wasmExports.free(pointer);
    },
  };
}

/** Errors of fpdfview.h: 4 password, 5 security handler. */
function whyNot(error: number): string {
  if (error === 4)
    return 'The PDF is locked with a password. Ask the sender for one without, or print it and scan the paper.';
  if (error === 5)
    return 'The PDF is encrypted in a way that cannot be read. Ask the sender for one that is not protected.';
  return 'The PDF is damaged: no page can be found in it. Scan the page again, or ask the sender for it again.';
}

interface Open {
  pdfium: Pdfium;
  vips: Library;
  document: number;
}

function sheetFrom(open: Open, number: number): Sheet {
  const { pdfium, document } = open;
  const size = sizeOf(open, number);
  if (!size) return nothing(`Page ${number} is damaged and cannot be drawn: a person opens the original.`);
  if (Math.max(size.width, size.height) > limits.pageUnits)
    return nothing(
      `Page ${number} is ${metres(size.width)} × ${metres(size.height)} m large, which is no paper: it was not drawn.`,
    );
  const page = pdfium._FPDF_LoadPage(document, number - 1);
  if (!page) return nothing(`Page ${number} is damaged and cannot be drawn: a person opens the original.`);
  try {
    return drawn(open, page, size, number);
  } finally {
    pdfium._FPDF_ClosePage(page);
  }
}

const nothing = (problem: string): Sheet => ({ width: 0, height: 0, problem });
const metres = (units: number): string => ((units / 72) * 0.0254).toFixed(1);

/** A scan's own words are what can be seen on it, so its hidden text layer counts only when that cannot be recognized. */
function drawn(open: Open, page: number, size: Size, number: number): Sheet {
  const pictures = picturesOn(open.pdfium, page, size);
  if (pictures.megapixels > limits.megapixels)
    return nothing(`Page ${number} holds a picture of ${pictures.megapixels.toFixed(0)} megapixels: it was not drawn.`);
  const text = textOn(open.pdfium, page);
  if (text && pictures.covers < 0.5) return { ...viewOf(draw(open, page, size, limits.imageEdge)), text };
  return { ...sheetOf(draw(open, page, size, limits.ocrEdge)), hidden: text };
}

interface Size {
  width: number;
  height: number;
}

function sizeOf({ pdfium, document }: Open, number: number): Size | undefined {
  const at = pdfium.wasmExports.malloc(8);
  const known = pdfium._FPDF_GetPageSizeByIndexF(document, number - 1, at);
  const [width, height] = new Float32Array(pdfium.HEAPU8.buffer, at, 2) as unknown as [number, number];
  pdfium.wasmExports.free(at);
  return known && width >= 1 && height >= 1 ? { width, height } : undefined;
}

const [bgrx, annotations, reverseByteOrder, limitedCache] = [3, 0x01, 0x10, 0x200];

/** White paper, and the page on it, its long edge so many pixels. */
function draw({ pdfium, vips }: Open, page: number, size: Size, edge: number): Picture {
  const scale = edge / Math.max(size.width, size.height);
  const [width, height] = [size.width, size.height].map((units) => Math.max(1, Math.round(units * scale))) as [
    number,
    number,
  ];
  const bytes = width * height * 4;
  const pointer = pdfium.wasmExports.malloc(bytes);
  const bitmap = pdfium._FPDFBitmap_CreateEx(width, height, bgrx, pointer, width * 4);
  try {
    pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
    pdfium._FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, annotations | reverseByteOrder | limitedCache);
    const pixels = pdfium.HEAPU8.subarray(pointer, pointer + bytes);
    return vips.Image.newFromMemory(pixels, width, height, 4, vips.BandFormat.uchar)
      .extractBand(0, { n: 3 })
      .copy({ interpretation: 'srgb' });
  } finally {
    pdfium._FPDFBitmap_Destroy(bitmap);
    pdfium.wasmExports.free(pointer);
  }
}
