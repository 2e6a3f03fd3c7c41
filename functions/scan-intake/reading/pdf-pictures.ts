import type { Pdfium } from './pdfium.ts';

/** The pictures on a page: the part of it that the largest covers, and the megapixels of the one that has most. */
export interface Pictures {
  covers: number;
  megapixels: number;
}

const [image, form] = [3, 5];
/** A page may nest its parts without end; a scanner never does. */
const [mostObjects, mostDepth] = [2_000, 4];

export function picturesOn(pdfium: Pdfium, page: number, size: { width: number; height: number }): Pictures {
  const found = { covers: 0, megapixels: 0, looked: 0 };
  const pointer = pdfium.wasmExports.malloc(16);
  const numbers = <T>(read: (view: DataView) => T) => read(new DataView(pdfium.HEAPU8.buffer, pointer, 16));
  try {
    for (let index = 0; index < pdfium._FPDFPage_CountObjects(page); index += 1) {
      const object = pdfium._FPDFPage_GetObject(page, index);
      if (found.looked >= mostObjects) break;
      if (look(object, 0)) found.covers = Math.max(found.covers, areaOf(object) / (size.width * size.height));
    }
    return { covers: found.covers, megapixels: found.megapixels };
  } finally {
    pdfium.wasmExports.free(pointer);
  }

  /** Whether it is a picture, or a group that holds one. */
  function look(object: number, depth: number): boolean {
    found.looked += 1;
    const type = pdfium._FPDFPageObj_GetType(object);
    if (type === image) {
      pdfium._FPDFImageObj_GetImagePixelSize(object, pointer, pointer + 4);
      const pixels = numbers((view) => view.getUint32(0, true) * view.getUint32(4, true));
      found.megapixels = Math.max(found.megapixels, pixels / 1e6);
      return true;
    }
    if (type !== form || depth === mostDepth) return false;
    let holds = false;
    for (let index = 0; index < pdfium._FPDFFormObj_CountObjects(object) && found.looked < mostObjects; index += 1)
      holds = look(pdfium._FPDFFormObj_GetObject(object, index), depth + 1) || holds;
    return holds;
  }

  function areaOf(object: number): number {
    if (!pdfium._FPDFPageObj_GetBounds(object, pointer, pointer + 4, pointer + 8, pointer + 12)) return 0;
    return numbers((view) => {
      const [left, bottom, right, top] = [0, 4, 8, 12].map((at) => view.getFloat32(at, true)) as [
        number,
        number,
        number,
        number,
      ];
      return Math.abs(right - left) * Math.abs(top - bottom);
    });
  }
}
