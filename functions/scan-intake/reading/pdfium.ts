import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { type Imports, webAssembly } from './web-assembly.ts';

/**
 * The functions of PDFium's C API (fpdfview.h, fpdf_text.h, fpdf_edit.h) that are used here. The package's own classes
 * offer neither the boxes of letters nor the size of a page that is not loaded.
 */
export interface Pdfium {
  HEAPU8: Uint8Array;
  wasmExports: { malloc(bytes: number): number; free(pointer: number): void };
  _FPDF_LoadMemDocument(bytes: number, length: number, password: number): number;
  _FPDF_GetLastError(): number;
  _FPDF_GetPageCount(document: number): number;
  _FPDF_GetPageSizeByIndexF(document: number, index: number, size: number): number;
  _FPDF_LoadPage(document: number, index: number): number;
  _FPDF_ClosePage(page: number): void;
  _FPDF_CloseDocument(document: number): void;
  _FPDFBitmap_CreateEx(width: number, height: number, format: number, bytes: number, stride: number): number;
  _FPDFBitmap_FillRect(bitmap: number, left: number, top: number, width: number, height: number, colour: number): void;
  _FPDFBitmap_Destroy(bitmap: number): void;
  _FPDF_RenderPageBitmap(
    bitmap: number,
    page: number,
    x: number,
    y: number,
    width: number,
    height: number,
    rotate: number,
    flags: number,
  ): void;
  _FPDF_PageToDevice(
    page: number,
    x: number,
    y: number,
    width: number,
    height: number,
    rotate: number,
    pageX: number,
    pageY: number,
    toX: number,
    toY: number,
  ): number;
  _FPDFPage_CountObjects(page: number): number;
  _FPDFPage_GetObject(page: number, index: number): number;
  _FPDFPageObj_GetType(object: number): number;
  _FPDFPageObj_GetBounds(object: number, left: number, bottom: number, right: number, top: number): number;
  _FPDFFormObj_CountObjects(object: number): number;
  _FPDFFormObj_GetObject(object: number, index: number): number;
  _FPDFImageObj_GetImagePixelSize(object: number, width: number, height: number): number;
  _FPDFText_LoadPage(page: number): number;
  _FPDFText_ClosePage(text: number): void;
  _FPDFText_CountChars(text: number): number;
  _FPDFText_GetUnicode(text: number, index: number): number;
  _FPDFText_GetLooseCharBox(text: number, index: number, rectangle: number): number;
}

/** So much memory PDFium may have; a page that wants more fails alone. A page of the largest scan takes 300 MB. */
const mostBytes = 640 * 1024 * 1024;

let library: Promise<Pdfium> | undefined;

/** PDFium, loaded once a thread. It has neither JavaScript nor XFA in this build, and forms are not started. */
export function loadPdfium(): Promise<Pdfium> {
  library ??= PDFiumLibrary.init({ instantiateWasm: instantiate as never }).then(
    (loaded) => (loaded as unknown as { module: Pdfium }).module,
  );
  return library;
}

/** As the package does it, but for the limit: its own is 2 GB, more than the Lambda has. */
async function instantiate(imports: Imports, success: (instance: object, module: object) => void): Promise<void> {
  const environment = imports.env as { emscripten_resize_heap(bytes: number): boolean };
  const grow = environment.emscripten_resize_heap;
  environment.emscripten_resize_heap = (bytes) => bytes >>> 0 <= mostBytes && grow(bytes);
  const file = createRequire(import.meta.filename).resolve('@hyzyla/pdfium/pdfium.wasm');
  const { instance, module } = await webAssembly.instantiate(await readFile(file), imports);
  success(instance, module);
}
