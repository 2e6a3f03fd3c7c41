/** What was read on one page of a scan, as the evidence keeps it. */
export interface PageText {
  /** Counts from 1. */
  page: number;
  text: string;
  /** Where the text comes from: the file itself, or letters recognised on the image. */
  source: 'embedded' | 'ocr' | 'none';
  /** Of the page's image, in pixels; 0 where there is no image. */
  width: number;
  height: number;
  /** One sentence for the person who looks: why the page, or its text, is missing. */
  problem?: string;
  marks: Mark[];
}

/** Words on a page that a person should see. */
export interface Mark {
  what: 'phrase' | 'near-miss' | 'candidate';
  words: string;
  /** Fractions (0 to 1) of the image. All four are absent where only the text is known, not where it stands. */
  x?: number;
  y?: number;
  width?: number;
  height?: number;
}

/** A word that was read, and where it stands on the image, in fractions of it. */
export interface PageWord {
  text: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A page as it is kept when it is read: with its words, from which marks are made once all pages are known. */
export interface ReadPageText extends PageText {
  words?: PageWord[];
}
