import type { Frame, Frames } from './frames.ts';

/**
 * The pages of a TIFF file: follows the chain of directories (TIFF 6.0, section 2) without decoding anything. A chain
 * that ends outside the file or comes back to itself ends there, with a sentence; what stands before is still read.
 */
export function tiffFrames(bytes: Buffer, most: number): Frames {
  const frames: Frame[] = [];
  const seen = new Set<number>();
  const file = fileOf(bytes);
  for (let at = file.long(4); at !== 0 && frames.length <= most; ) {
    const directory = seen.has(at) || seen.size >= most * 4 ? undefined : readDirectory(file, at);
    if (!directory) return { frames, problem: broken(frames.length) };
    seen.add(at);
    if (directory.frame) frames.push(directory.frame);
    at = file.long(directory.next);
  }
  return { frames };
}

/**
 * Makes this page the only one of the file, in place. libvips looks at the whole chain before it decodes one page, and
 * gives up when any part of it is damaged; without the chain a broken page does no harm to the others.
 */
export function singlePage(bytes: Buffer, { directory }: Frame): void {
  const write = (value: number, at: number) =>
    bytes[0] === 0x49 ? bytes.writeUInt32LE(value, at) : bytes.writeUInt32BE(value, at);
  write(directory!.at, 4);
  write(0, directory!.next);
}

const broken = (pages: number) =>
  `The file is damaged after page ${pages}: what follows cannot be found. Compare with the paper, or ask for it again.`;

interface TiffFile {
  length: number;
  short(at: number): number;
  long(at: number): number;
}

function fileOf(bytes: Buffer): TiffFile {
  const little = bytes[0] === 0x49;
  return {
    length: bytes.length,
    short: (at) => (at + 2 > bytes.length ? 0 : little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at)),
    long: (at) => (at + 4 > bytes.length ? 0 : little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)),
  };
}

function readDirectory(file: TiffFile, at: number): { frame?: Frame; next: number } | undefined {
  const entries = file.short(at);
  const next = at + 2 + entries * 12;
  if (at < 8 || entries === 0 || next + 4 > file.length) return undefined;
  const tags = new Map<number, number>();
  for (let entry = at + 2; entry < next; entry += 12) tags.set(file.short(entry), readValue(file, entry));
  return { frame: frameOf(tags, { at, next }), next };
}

/** The value of an entry; of several the first, as for the bits of each channel. */
function readValue(file: TiffFile, at: number): number {
  const [type, count] = [file.short(at + 2), file.long(at + 4)];
  if (type === 3) return count <= 2 ? file.short(at + 8) : file.short(file.long(at + 8));
  if (type === 5) return file.long(file.long(at + 8)) / (file.long(file.long(at + 8) + 4) || 1);
  return file.long(at + 8);
}

const tag = { subfile: 254, width: 256, height: 257, bits: 258, samples: 277, x: 282, y: 283, unit: 296 };

function frameOf(tags: Map<number, number>, directory: Frame['directory']): Frame | undefined {
  const [width, height] = [tags.get(tag.width) ?? 0, tags.get(tag.height) ?? 0];
  // Bit 0 of NewSubfileType: a smaller version of another picture in the file.
  if (width === 0 || height === 0 || (tags.get(tag.subfile) ?? 0) & 1) return undefined;
  const bits = (tags.get(tag.bits) ?? 1) * (tags.get(tag.samples) ?? 1);
  return { width, height, bits, resolution: resolutionOf(tags), directory };
}

function resolutionOf(tags: Map<number, number>): Frame['resolution'] {
  const [x, y, unit] = [tags.get(tag.x) ?? 0, tags.get(tag.y) ?? 0, tags.get(tag.unit) ?? 2];
  if (!(x > 0 && y > 0 && Number.isFinite(x / y))) return undefined;
  return unit === 3 ? { x: x * 2.54, y: y * 2.54 } : { x, y };
}
