import { limits } from './limits.ts';
import { type Recognized, recognize } from './ocr.ts';
import type { ReadPage } from './open-scan.ts';
import { turnGrey, turnImage } from './page-image.ts';
import type { Grey, Sheet } from './sheet.ts';
import { freeing, loadVips } from './vips.ts';

interface Asked {
  page: number;
  languages: string[];
  /** Milliseconds since 1970: when the page has to be done. */
  until: number;
}

/** Below this certainty words are guesses: noise, handwriting, or a language that was not asked for. */
const certain = 60;

/** A page's text: its own, else what is recognized on it; and a sentence where a person has to read it. */
export async function readSheet(sheet: Sheet, asked: Asked): Promise<ReadPage> {
  const { grey, text, hidden, blank, ...shown } = sheet;
  const { page } = asked;
  const base = { ...shown, page };
  if (text) return { ...base, ...text, source: 'embedded' };
  if (blank) return { ...base, text: '', source: 'none', problem: base.problem ?? `Page ${page} is blank.` };
  if (!grey) return { ...base, text: '', source: 'none' };
  const found = await recognizeUpright(sheet, grey, asked);
  const { image, contentType, width, height } = found.sheet;
  const upright = { ...base, image, contentType, width, height };
  if (isCertain(found.recognized)) return { ...upright, ...wordsOf(found.recognized), source: 'ocr' };
  if (hidden) return { ...base, ...hidden, source: 'embedded' };
  if (!found.recognized) return { ...base, text: '', source: 'none', problem: base.problem ?? notInTime(page) };
  return { ...upright, ...wordsOf(found.recognized), source: 'ocr', problem: base.problem ?? uncertain(page) };
}

const wordsOf = ({ text, words }: Recognized) => ({ text, words });

const isCertain = (found: Recognized | undefined): found is Recognized => !!found && found.certainty >= certain;

interface Found {
  sheet: Sheet;
  recognized?: Recognized;
}

/** Pages go into scanners on their heads and sides: what cannot be recognized as it lies is turned. */
async function recognizeUpright(sheet: Sheet, grey: Grey, { languages, until }: Asked): Promise<Found> {
  const timeLeft = () => Math.min(limits.ocrSeconds * 1000, until - Date.now());
  const began = Date.now();
  const first = await recognize(grey, languages, timeLeft());
  const triesTake = 3 * (Date.now() - began);
  // Noise takes ten times as long as text, whichever way it is turned.
  if (!first || isCertain(first) || !sheet.image || triesTake > timeLeft()) return { sheet, recognized: first };
  const vips = await loadVips();
  for (const degrees of [180, 90, 270] as const) {
    const turned = await recognize(
      freeing(() => turnGrey(vips, grey, degrees)),
      languages,
      timeLeft(),
    );
    if (!isCertain(turned)) continue;
    const image = freeing(() => turnImage(vips, sheet.image!, degrees));
    return { sheet: { ...sheet, ...image }, recognized: turned };
  }
  return { sheet, recognized: first };
}

const notInTime = (page: number) => `The text on page ${page} could not be recognized in time: a person reads it.`;

const uncertain = (page: number) =>
  `Little on page ${page} could be recognized (handwriting, another language, or a poor copy): a person reads it.`;
