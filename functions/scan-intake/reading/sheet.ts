import type { EmbeddedText } from './pdf-text.ts';

/** A page after decoding, before any text is recognized on it. */
export interface Sheet {
  image?: Uint8Array;
  contentType?: string;
  width: number;
  height: number;
  /** What the recognition gets; nothing for a blank page, or one whose own text is used. */
  grey?: Grey;
  /** Text that the file itself holds; it needs no recognition. */
  text?: EmbeddedText;
  /** Text that a scanner laid below the picture; it counts when the picture cannot be recognized. */
  hidden?: EmbeddedText;
  blank?: boolean;
  problem?: string;
}

/** One byte a pixel, row by row. */
export interface Grey {
  width: number;
  height: number;
  data: Uint8Array;
}

/** A document that is open in the reading thread. */
export interface Book {
  pages: number;
  problem?: string;
  sheet(page: number): Promise<Sheet>;
  close(): void;
}
