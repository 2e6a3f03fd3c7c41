import { limits } from './limits.ts';
import type { Grey, Sheet } from './sheet.ts';
import type { Library, Picture } from './vips.ts';

/** The viewer's image and the recognition's, from an upright picture with square pixels. */
export function sheetOf(picture: Picture): Sheet {
  const paper = onPaper(picture);
  const grey = greyOf(paper);
  return { ...viewOf(paper), grey, blank: isBlank(grey) };
}

/** For a page whose text is known: only the viewer's image. */
export function viewOf(picture: Picture): Sheet {
  const image = hasColour(picture) ? picture : picture.extractBand(0);
  const small = shrinkTo(image, limits.imageEdge).copyMemory();
  return { ...encode(small), width: small.width, height: small.height };
}

/** Three bands or one, a byte each, whatever the printer's or the camera's colours were; what is transparent is white. */
function onPaper(picture: Picture): Picture {
  const opaque = picture.hasAlpha() ? picture.flatten({ background: 255 }) : picture;
  const wanted = opaque.bands > 1 ? 'srgb' : 'b-w';
  const isPlain = opaque.format === 'uchar' && opaque.interpretation === wanted;
  return (isPlain ? opaque : opaque.colourspace(wanted)).copyMemory();
}

export type Turn = 90 | 180 | 270;

/** A page that lies on its side or on its head, clockwise by so many degrees. */
export function turnGrey(vips: Library, { data, width, height }: Grey, degrees: Turn): Grey {
  const page = vips.Image.newFromMemory(data, width, height, 1, vips.BandFormat.uchar);
  const turned = page.rot(`d${degrees}`);
  return { width: turned.width, height: turned.height, data: bytesOf(turned) };
}

export function turnImage(
  vips: Library,
  image: Uint8Array,
  degrees: Turn,
): Encoded & { width: number; height: number } {
  const turned = vips.Image.newFromBuffer(image).rot(`d${degrees}`).copyMemory();
  return { ...encode(turned), width: turned.width, height: turned.height };
}

const bytesOf = (picture: Picture): Uint8Array => picture.writeToMemory() as Uint8Array;

export function shrinkTo(picture: Picture, edge: number): Picture {
  const scale = edge / Math.max(picture.width, picture.height);
  return scale < 1 ? picture.resize(scale) : picture;
}

/** The mean of the colours: exact brightness would take ten times as long, and text stands out as well. */
function greyOf(paper: Picture): Grey {
  const grey = paper.bands > 1 ? paper.bandmean() : paper;
  const edge = Math.max(grey.width, grey.height);
  const scale = edge > limits.ocrEdge ? limits.ocrEdge / edge : Math.min(2, Math.max(1, limits.leastOcrEdge / edge));
  const sized = scale === 1 ? grey : grey.resize(scale);
  return { width: sized.width, height: sized.height, data: bytesOf(sized) };
}

/** A colour that is seen from afar: a stamp or a logo. The tint of white paper is none, nor are the edges of letters. */
function hasColour(picture: Picture): boolean {
  if (picture.bands < 3) return false;
  const parts = Math.max(1, Math.round(Math.max(picture.width, picture.height) / 200));
  const tiny = picture.shrink(parts, parts);
  const [red, green, blue] = [0, 1, 2].map((band) => tiny.extractBand(band)) as [Picture, Picture, Picture];
  return Math.max(red.subtract(green).abs().max(), green.subtract(blue).abs().max()) > 48;
}

/** Less than one dark pixel in 20,000: specks of dust, but not a single short word. */
function isBlank({ data }: Grey): boolean {
  const { brightness } = backgroundOf(data);
  let dark = 0;
  for (let at = 0; at < data.length; at += 1) if (data[at]! < brightness - 64) dark += 1;
  return dark < data.length / 20_000;
}

/** The most frequent brightness of a page, and how much of the page has exactly that one. */
function backgroundOf(data: Uint8Array): { brightness: number; share: number } {
  const counts = new Uint32Array(256);
  for (let at = 0; at < data.length; at += 1) counts[data[at]!]! += 1;
  const most = Math.max(...counts);
  return { brightness: counts.indexOf(most), share: most / data.length };
}

interface Encoded {
  image: Uint8Array;
  contentType: string;
}

/** 16 greys as PNG for a clean page without colour; JPEG for all that has colours, or the grain of paper. */
function encode(picture: Picture): Encoded {
  const isClean = picture.bands === 1 && backgroundOf(bytesOf(picture)).share > 0.7;
  if (!isClean) return { image: jpegOf(picture), contentType: 'image/jpeg' };
  return { image: picture.pngsaveBuffer({ bitdepth: 4, compression: 6, keep: 'none' }), contentType: 'image/png' };
}

function jpegOf(picture: Picture): Uint8Array {
  const image = picture.jpegsaveBuffer({ Q: 75, keep: 'none' });
  return image.length <= limits.imageBytes ? image : picture.jpegsaveBuffer({ Q: 30, keep: 'none' });
}
