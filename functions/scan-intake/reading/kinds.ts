import { limits } from './limits.ts';

export type ScanType = 'PDF' | 'TIFF' | 'JPEG' | 'PNG';

/** A file that is not read, and the sentence for the person who sent it. */
export interface Unreadable {
  type?: string;
  problem: string;
}

const advice = 'Send it as PDF, TIFF, JPEG or PNG.';

/** What a file is, by its first bytes alone: names and content types are the sender's, and may be wrong. */
export function kindOf(bytes: Buffer): ScanType | Unreadable {
  if (bytes.length === 0) return { problem: 'The file is empty (0 bytes). Scan the page again, or send it again.' };
  if (bytes.length > limits.bytes) return tooLarge(bytes.length);
  const readable = readableKinds.find(({ is }) => is(bytes));
  if (readable) return readable.type;
  const known = otherKinds.find(({ is }) => is(bytes));
  if (known)
    return { type: known.type, problem: `This is ${known.type}, which is not read here. ${known.advice ?? advice}` };
  return { problem: `This file is of no known type, or is damaged at its beginning. ${advice}` };
}

function tooLarge(bytes: number): Unreadable {
  const [size, most] = [bytes, limits.bytes].map((all) => Math.ceil(all / 1024 / 1024));
  return {
    problem: `The file has ${size} MB; up to ${most} MB are read. Scan it in grey at 200 dpi, or send it in parts.`,
  };
}

interface Kind<Type> {
  type: Type;
  is(bytes: Buffer): boolean;
  advice?: string;
}

const beginsWith =
  (...signature: (string | number)[]) =>
  (bytes: Buffer): boolean => {
    const expected = Buffer.concat(
      signature.map((part) => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part, 'latin1'))),
    );
    return bytes.subarray(0, expected.length).equals(expected);
  };

/** ISO base media files name their brand after "ftyp". */
const brand = (pattern: RegExp) => (bytes: Buffer) =>
  bytes.toString('latin1', 4, 8) === 'ftyp' && pattern.test(bytes.toString('latin1', 8, 12));

const zipWith =
  (...names: string[]) =>
  (bytes: Buffer) =>
    beginsWith('PK', 3, 4)(bytes) &&
    names.some((name) => bytes.subarray(0, 4096).includes(name) || bytes.subarray(-4096).includes(name));

const textStart = (bytes: Buffer) => bytes.toString('utf8', 0, 1024).trimStart().toLowerCase();

/** PDF readers accept up to 1,024 bytes before the header (ISO 32000-1, annex H.3.4.1). */
const readableKinds: Kind<ScanType>[] = [
  { type: 'TIFF', is: (bytes) => beginsWith('II', 42, 0)(bytes) || beginsWith('MM', 0, 42)(bytes) },
  { type: 'JPEG', is: beginsWith(0xff, 0xd8, 0xff) },
  { type: 'PNG', is: beginsWith(0x89, 'PNG\r\n', 0x1a, '\n') },
  { type: 'PDF', is: (bytes) => bytes.subarray(0, 1024).includes('%PDF-') && !beginsWith('MZ')(bytes) },
];

const office = 'Print it to PDF, and send that.';

const otherKinds: Kind<string>[] = [
  { type: 'a Windows program', is: beginsWith('MZ'), advice: 'Look where it comes from; do not open it.' },
  { type: 'a Linux program', is: beginsWith(0x7f, 'ELF'), advice: 'Look where it comes from; do not open it.' },
  {
    type: 'a HEIC photo',
    is: brand(/^(hei[cxms]|hev[cxms]|mif1|msf1)/),
    advice:
      'Export it as JPEG or PDF on the phone (iPhone: Settings, Camera, Formats, Most Compatible), and send that.',
  },
  { type: 'an AVIF picture', is: brand(/^avi[fs]/) },
  { type: 'a video', is: brand(/./) },
  { type: 'a Word document', is: zipWith('word/'), advice: office },
  { type: 'an Excel or PowerPoint document', is: zipWith('xl/', 'ppt/'), advice: office },
  { type: 'an OpenDocument file', is: zipWith('application/vnd.oasis'), advice: office },
  { type: 'a ZIP archive', is: beginsWith('PK', 3, 4), advice: `Unpack it, and send the files in it. ${advice}` },
  { type: 'an old Office document', is: beginsWith(0xd0, 0xcf, 0x11, 0xe0), advice: office },
  { type: 'an RTF document', is: beginsWith('{\\rtf'), advice: office },
  { type: 'a BigTIFF file', is: (bytes) => beginsWith('II', 43, 0)(bytes) || beginsWith('MM', 0, 43)(bytes) },
  { type: 'a GIF picture', is: beginsWith('GIF8') },
  { type: 'a WebP picture', is: (bytes) => beginsWith('RIFF')(bytes) && bytes.toString('latin1', 8, 12) === 'WEBP' },
  { type: 'a BMP picture', is: beginsWith('BM') },
  { type: 'a JPEG 2000 picture', is: beginsWith(0, 0, 0, 12, 'jP  ') },
  { type: 'a JBIG2 picture', is: beginsWith(0x97, 'JB2') },
  { type: 'a DjVu document', is: beginsWith('AT&TFORM') },
  { type: 'PostScript', is: beginsWith('%!PS'), advice: office },
  { type: 'a web page', is: (bytes) => /^(<!doctype html|<html)/.test(textStart(bytes)), advice: office },
  { type: 'an XML or SVG file', is: (bytes) => /^(<\?xml|<svg)/.test(textStart(bytes)), advice: office },
  { type: 'a plain text file', is: isText, advice: 'Put its text into a mail, or print it to PDF and send that.' },
];

/** UTF-8 without control characters, or the byte order mark of UTF-16. */
function isText(bytes: Buffer): boolean {
  if (beginsWith(0xff, 0xfe)(bytes) || beginsWith(0xfe, 0xff)(bytes)) return true;
  const start = bytes.toString('utf8', 0, 4096);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that they are absent is what makes it text.
  return !/[\x00-\x08\x0e-\x1f]/.test(start) && (start.match(/\ufffd/g)?.length ?? 0) <= 1 + start.length / 100;
}
