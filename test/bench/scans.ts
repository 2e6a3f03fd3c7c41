import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleFunctions } from '../../infra/bundle.ts';
import { faxTiff, scannedPdf } from '../scans.ts';
import { messageOf, start } from './child.ts';
import type { Figure } from './figures.ts';
import type { Measured } from './one-mail.ts';
import { inScratchFolder } from './scratch-folder.ts';

const [pages, runs] = [10, 3];

/**
 * Scans of ten pages through the deployed reading thread, and through the libraries alone, each in its own process.
 * Seconds are those of the processor: Lambda gives scan-intake little more than one core, so that they are the time a
 * page takes there, whatever else this machine does.
 */
export const scans = (): Promise<Figure[]> =>
  inScratchFolder(async (folder) => {
    const bundles = await bundleFunctions(join(folder, 'bundles'));
    const thread = join(bundles, 'scan-intake', 'reading-worker.js');
    const letters = Array.from({ length: pages }, (_, page) => letter(page + 1));
    const files = [
      { type: 'TIFF', name: 'Group 4 TIFF', bytes: await faxTiff({ pages: letters, resolution: 'square' }) },
      { type: 'PDF', name: 'scanned PDF', bytes: await scannedPdf({ pages: letters }) },
    ];
    const figures: Figure[] = [];
    for (const { type, name, bytes } of files) {
      const file = join(folder, `letters.${type}`);
      await writeFile(file, bytes);
      figures.push(...(await compare(name, thread, [type, file])));
    }
    return figures;
  });

/** A letter of usual length. */
const letter = (page: number): string[] => [
  'REMOVE FROM MARKETING MATERIALS',
  ...Array.from(
    { length: 17 },
    (_, line) => `Page ${page}, line ${line + 1}: please stop using any picture of mine from today.`,
  ),
  'Ada Lovelace, https://site.example/members/ada',
];

/** In turn, and of each side the best time: what else the machine does at some moment then favours neither. */
async function compare(name: string, thread: string, parameters: string[]): Promise<Figure[]> {
  const [ours, alone]: [Measured[], Measured[]] = [[], []];
  for (let run = 0; run < runs; run += 1) {
    ours.push(await measure([thread, ...parameters]));
    alone.push(await measure(['alone', ...parameters]));
  }
  const [time, timeAlone] = [ours, alone].map((all) => Math.min(...all.map(({ ms }) => ms))) as [number, number];
  const [peak, peakAlone] = [ours, alone].map((all) => Math.max(...all.map(({ peakMb }) => peakMb))) as [
    number,
    number,
  ];
  const rate = (ms: number) => `${((1000 * pages) / ms).toFixed(2)} pages/s`;
  return [
    {
      what: `a ${name} of ${pages} pages: read by the deployed bundle, against decoding and recognition alone, by processor time`,
      ours: rate(time),
      yardstick: rate(timeAlone),
      ratio: timeAlone / time,
      mark: { least: 0.85 },
    },
    {
      what: `a ${name} of ${pages} pages: peak memory, of the 2,048 MB of scan-intake`,
      ours: `${peak.toFixed(0)} MB`,
      yardstick: `${peakAlone.toFixed(0)} MB, the libraries alone`,
      ratio: peak / 2048,
      mark: { most: 0.5 },
    },
  ];
}

const measure = (parameters: string[]): Promise<Measured> => messageOf(start('scans-one.ts', parameters));
