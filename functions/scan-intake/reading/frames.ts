import type { ScanType, Unreadable } from './kinds.ts';
import { limits } from './limits.ts';
import { tiffFrames } from './tiff-frames.ts';

export type PictureType = Exclude<ScanType, 'PDF'>;

/** One picture in a file, as its header describes it; nothing is decoded. */
export interface Frame {
  width: number;
  height: number;
  /** Bits of one pixel. */
  bits: number;
  /** Pixels per inch across and down: a standard fax has 204 × 98. */
  resolution?: { x: number; y: number };
  /** In a TIFF: where its directory begins, and where the place of the next one is written. */
  directory?: { at: number; next: number };
  /** The picture has no end. libjpeg fills it up in grey, and says nothing. */
  cutOff?: boolean;
}

export interface Frames {
  frames: Frame[];
  problem?: string;
}

/** The pictures of an image file, up to the first one beyond `most`; or why it is not read. */
export function framesOf(type: PictureType, bytes: Buffer, most: number): Frames | Unreadable {
  const { frames, problem } = read[type](bytes, most);
  if (frames.length === 0)
    return {
      type,
      problem: `This ${type} file is damaged: it holds no picture. Scan the page again, or send it again.`,
    };
  return { frames, problem };
}

/** A sentence when decoding it would take more memory than there is: an image bomb, or a plan in place of a letter. */
export function tooManyPixels({ width, height, bits }: Frame): string | undefined {
  const megapixels = (width * height) / 1e6;
  // One-bit pixels are decoded to a byte each.
  if (megapixels <= limits.megapixels && (width * height * Math.max(8, bits)) / 8 <= limits.decodedBytes)
    return undefined;
  return `${width} × ${height} pixels are more than the ${limits.megapixels} megapixels that are read. Scan it at 200 dpi.`;
}

const read: Record<PictureType, (bytes: Buffer, most: number) => Frames> = {
  TIFF: tiffFrames,
  PNG: (bytes) => ({ frames: pngFrames(bytes) }),
  JPEG: (bytes) => ({ frames: jpegFrames(bytes) }),
};

/** Channels by colour type (PNG 1.2, section 4.1.1). A palette becomes three. */
const pngChannels: Record<number, number> = { 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 };

function pngFrames(bytes: Buffer): Frame[] {
  if (bytes.length < 33 || bytes.toString('latin1', 12, 16) !== 'IHDR') return [];
  const depth = bytes.readUInt8(24);
  const channels = pngChannels[bytes.readUInt8(25)];
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  return channels && width && height
    ? [{ width, height, bits: channels === 1 ? depth : channels * Math.max(8, depth) }]
    : [];
}

/** Within the data of a picture no FF stands before D9; a preview in the camera's data has an end of its own. */
const endOfImage = Buffer.from([0xff, 0xd9]);

/** The first start-of-frame segment (ITU-T T.81, table B.1: C0 to CF but for C4, C8 and CC). */
function jpegFrames(bytes: Buffer): Frame[] {
  let at = 2;
  while (at + 10 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!;
    if (marker === 0xff) at += 1;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      const [height, width] = [bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 7)];
      const cutOff = bytes.indexOf(endOfImage, at) < 0;
      return width && height ? [{ width, height, bits: 8 * bytes[at + 9]!, cutOff }] : [];
    } else at += 2 + bytes.readUInt16BE(at + 2);
  }
  return [];
}
