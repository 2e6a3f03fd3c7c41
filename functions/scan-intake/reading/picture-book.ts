import { type Frame, framesOf, type PictureType, tooManyPixels } from './frames.ts';
import type { Unreadable } from './kinds.ts';
import { limits } from './limits.ts';
import { sheetOf } from './page-image.ts';
import type { Book, Sheet } from './sheet.ts';
import { singlePage } from './tiff-frames.ts';
import { freeing, type Library, loadVips, type Picture, takeComplaints } from './vips.ts';

/** A TIFF, JPEG or PNG file: one page, or as many as the TIFF has. The bytes are changed on the way. */
export async function openPictures(type: PictureType, bytes: Buffer, mostPages: number): Promise<Book | Unreadable> {
  const found = framesOf(type, bytes, mostPages);
  if (!('frames' in found)) return found;
  const { frames, problem } = found;
  const bomb = frames.length === 1 ? tooManyPixels(frames[0]!) : undefined;
  if (bomb) return { type, problem: `The picture was not read: its ${bomb}` };
  const vips = await loadVips();
  return {
    pages: frames.length,
    problem,
    sheet: (page) => sheetFrom(vips, bytes, frames[page - 1]!, page),
    close: () => {},
  };
}

async function sheetFrom(vips: Library, bytes: Buffer, frame: Frame, page: number): Promise<Sheet> {
  const bomb = tooManyPixels(frame);
  if (bomb) return { width: 0, height: 0, problem: `Page ${page} was not read: its ${bomb}` };
  takeComplaints();
  const sheet = freeing(() => sheetOf(frame.directory ? tiffPage(vips, bytes, frame) : photo(vips, bytes)));
  return frame.cutOff || isDamaged(takeComplaints()) ? { ...sheet, problem: damaged(page) } : sheet;
}

const damaged = (page: number) =>
  `Parts of page ${page} are damaged and missing in its image: a person compares it with the paper.`;

/** A line of a fax that is some pixels too long is a click on the telephone line; ten of them are more. */
function isDamaged(complaints: string[]): boolean {
  const clicks = complaints.filter((line) => /line length mismatch/i.test(line)).length;
  return (
    clicks >= 10 ||
    complaints.some((line) => /premature|not enough data|uncompressed data|bad code|error|corrupt|invalid/i.test(line))
  );
}

/** Reads the rows once, from the top, and keeps what recognition needs: a large picture never is in memory whole. */
function tiffPage(vips: Library, bytes: Buffer, frame: Frame): Picture {
  singlePage(bytes, frame);
  const picture = vips.Image.tiffloadBuffer(bytes, { access: 'sequential' });
  const { across, down } = squarePixels(frame);
  const shrink = Math.min(1, limits.ocrEdge / Math.max(picture.width * across, picture.height * down));
  return picture
    .resize(across * shrink, { vscale: down * shrink })
    .copyMemory()
    .autorot();
}

/** Heeds the camera's orientation too. */
const photo = (vips: Library, bytes: Buffer): Picture =>
  vips.Image.thumbnailBuffer(bytes, limits.ocrEdge, { height: limits.ocrEdge, size: 'down' }).copyMemory();

/** A fax has 204 × 98 or 204 × 196 pixels an inch: rows are drawn out until a round seal is round. */
function squarePixels({ resolution }: Frame): { across: number; down: number } {
  const ratio = resolution ? resolution.x / resolution.y : 1;
  if (ratio > 1.02 && ratio <= 4) return { across: 1, down: ratio };
  return { across: ratio < 0.98 && ratio >= 0.25 ? 1 / ratio : 1, down: 1 };
}
