/** What one scan may cost. Lambda's memory and time hold with these (measured: see test/bench/scans.ts). */
export const limits = {
  bytes: 40 * 1024 * 1024,
  pages: 50,
  /** A0 at 300 dpi has 140 megapixels, A3 at 600 dpi 70: no letter and no fax needs more than this. */
  megapixels: 100,
  /** What one page may be once decoded: the largest picture above, in colour. */
  decodedBytes: 300_000_000,
  /** PDF units are 1/72 inch. No paper is longer than this; Acrobat's own limit is 14,400 (5 m). */
  pageUnits: 14_400,
  /** The viewer's images: text can be read when zoomed, and fifty of them are still a few MB. */
  imageEdge: 2_000,
  imageBytes: 3_000_000,
  /** An A4 page at 200 dpi is 2,339 high: more makes the text recognition slower, not better. */
  ocrEdge: 2_400,
  /** Smaller pictures are enlarged, up to twice: the recognition wants letters of 20 pixels. */
  leastOcrEdge: 1_700,
  /** A page of text takes 2 s on a core of its own; noise takes any time. */
  ocrSeconds: 50,
  pageSeconds: 70,
  openSeconds: 20,
  /** So many pages may end the reading thread; the pages after them are not tried. */
  lostPages: 3,
} as const;
