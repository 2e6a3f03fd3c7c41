/** A file as the browser describes it before it is sent. What it really is, is found out when it is read. */
export interface Offer {
  name: string;
  /** Bytes. */
  size: number;
  /** What the browser makes of the name; empty where it does not know. */
  type: string;
}

/** The largest file, in bytes. */
export const largest = 40 * 1024 * 1024;

/** The type to store a file as, or a sentence that says why it is not taken. */
export function judge({ name, size, type }: Offer): { contentType: string } | { refused: string } {
  const quoted = `"${shorten(name)}"`;
  const contentType = typeOf(name, type);
  if (!contentType) {
    return {
      refused: `${quoted} is no PDF, TIFF, JPEG, PNG or HEIC file: print it to a PDF, or scan it, and choose that.`,
    };
  }
  if (size === 0) return { refused: `${quoted} is empty (0 bytes): scan it or save it again, and choose that.` };
  if (size > largest) {
    return {
      refused: `${quoted} has ${megabytes(size)}, and at most ${megabytes(largest)} can be sent: scan it at 200 dots per inch, or in two parts.`,
    };
  }
  return { contentType };
}

/** A name for people and for the evidence: on one line, and no longer than file systems take it. */
export function tidyName(name: string): string {
  const line = name
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+/gu, ' ')
    .trim();
  return keepEnding(line, 200) || 'a file without a name';
}

const shorten = (name: string): string => keepEnding(tidyName(name), 80);

/** The end tells what kind of file it is, so the middle goes. */
function keepEnding(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most ? text : [...letters.slice(0, most - 13), '…', ...letters.slice(-12)].join('');
}

function typeOf(name: string, type: string): string | undefined {
  const told = type.toLowerCase().split(';')[0]!.trim();
  const known = types.find(({ names }) => names.includes(told));
  if (known || (told && told !== 'application/octet-stream')) return known?.names[0];
  const ending = name.toLowerCase().split('.').at(-1) ?? '';
  return types.find(({ endings }) => endings.includes(ending))?.names[0];
}

/** The registered name first; the others are what systems say for it. */
const types = [
  { names: ['application/pdf', 'application/x-pdf'], endings: ['pdf'] },
  { names: ['image/tiff', 'image/x-tiff', 'image/tif', 'image/tiff-fx'], endings: ['tif', 'tiff'] },
  { names: ['image/jpeg', 'image/jpg', 'image/pjpeg'], endings: ['jpg', 'jpeg', 'jpe', 'jfif'] },
  { names: ['image/png', 'image/x-png'], endings: ['png'] },
  { names: ['image/heic', 'image/heif', 'image/heic-sequence'], endings: ['heic', 'heif'] },
];

/** What a file picker offers: types, and endings for systems that do not know the type. */
export const accepted = types.flatMap(({ names, endings }) => [names[0], ...endings.map((one) => `.${one}`)]).join(',');

/** Rounded up, so that a file just over the limit does not seem to be within it. */
function megabytes(bytes: number): string {
  return `${(Math.ceil((bytes / 1024 ** 2) * 10) / 10).toLocaleString('en')} MB`;
}
