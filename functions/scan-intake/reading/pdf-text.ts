import { isMeaningful } from './meaningful.ts';
import type { Word } from './open-scan.ts';
import type { Pdfium } from './pdfium.ts';

export interface EmbeddedText {
  text: string;
  words: Word[];
}

/** More than any page of paper holds. */
const mostLetters = 30_000;

/** The text that the PDF itself holds for this page, with a box for each word; nothing when it makes no sense. */
export function textOn(pdfium: Pdfium, page: number): EmbeddedText | undefined {
  const source = pdfium._FPDFText_LoadPage(page);
  if (!source) return undefined;
  try {
    const letters = lettersOf(pdfium, source);
    const text = String.fromCodePoint(...letters)
      .replace(/\r\n?/g, '\n')
      .trim();
    return isMeaningful(text) ? { text, words: wordsOf(pdfium, page, source, letters) } : undefined;
  } finally {
    pdfium._FPDFText_ClosePage(source);
  }
}

function lettersOf(pdfium: Pdfium, source: number): number[] {
  const count = Math.min(pdfium._FPDFText_CountChars(source), mostLetters);
  return Array.from({ length: Math.max(0, count) }, (_, index) => readable(pdfium._FPDFText_GetUnicode(source, index)));
}

/** PDFium marks a hyphen at a line's end as U+0002, and writes 0 for a letter that it cannot name. */
function readable(code: number): number {
  if (code === 2) return 0x2d;
  return code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? 0xfffd : code;
}

function wordsOf(pdfium: Pdfium, page: number, source: number, letters: number[]): Word[] {
  const pointer = pdfium.wasmExports.malloc(16);
  const words: Word[] = [];
  try {
    for (let start = 0; start < letters.length; start += 1) {
      if (isSpace(letters[start]!)) continue;
      let end = start;
      while (end + 1 < letters.length && !isSpace(letters[end + 1]!)) end += 1;
      const boxes = [start, end].map((index) => boxOf(pdfium, { page, source, pointer }, index));
      const text = String.fromCodePoint(...letters.slice(start, end + 1));
      if (boxes[0] && boxes[1]) words.push({ text, ...around(boxes[0], boxes[1]) });
      start = end;
    }
    return words;
  } finally {
    pdfium.wasmExports.free(pointer);
  }
}

const isSpace = (code: number): boolean => /\s/.test(String.fromCodePoint(code));

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Page units to fractions of the drawn page; PDFium knows its rotation and crop box. */
function boxOf(pdfium: Pdfium, at: { page: number; source: number; pointer: number }, index: number): Box | undefined {
  const { pointer } = at;
  if (!pdfium._FPDFText_GetLooseCharBox(at.source, index, pointer)) return undefined;
  const [left, top, right, bottom] = new Float32Array(pdfium.HEAPU8.buffer, pointer, 4) as unknown as [
    number,
    number,
    number,
    number,
  ];
  const [one, other] = [toDevice(left, top), toDevice(right, bottom)];
  return {
    x: Math.min(one.x, other.x),
    y: Math.min(one.y, other.y),
    width: Math.abs(one.x - other.x),
    height: Math.abs(one.y - other.y),
  };

  function toDevice(x: number, y: number) {
    pdfium._FPDF_PageToDevice(at.page, 0, 0, scale, scale, 0, x, y, pointer, pointer + 4);
    const [deviceX, deviceY] = new Int32Array(pdfium.HEAPU8.buffer, pointer, 2) as unknown as [number, number];
    return { x: deviceX / scale, y: deviceY / scale };
  }
}

const scale = 10_000;

/** The box around the first and the last letter of a word. */
function around(first: Box, last: Box): Box {
  const [x, y] = [Math.min(first.x, last.x), Math.min(first.y, last.y)];
  const right = Math.max(first.x + first.width, last.x + last.width);
  const bottom = Math.max(first.y + first.height, last.y + last.height);
  return { x, y, width: right - x, height: bottom - y };
}
