import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parseMail } from '../../shared/mail/parse.ts';
import { decide } from '../../shared/requests/decide.ts';
import { gatherFacts, type Lookups } from '../../shared/requests/facts.ts';
import type { Figure } from './figures.ts';
import { mailparserAlone } from './mailparser-alone.ts';

/** Mails that go through one side, then through the other. */
const blockSize = 50;
/** Mails that each side takes at least, so that all code is compiled; a small folder goes through again and again. */
const leastMails = 20_000;

/**
 * Parse and decide, over all .eml files below the folders, against streaming mailparser alone with the same options.
 * Blocks of mails go through both sides in turn, several times over, and of each block the best time of each side
 * counts: what else the machine does at some moment then favours neither.
 */
export async function triage(folders: string[] = []): Promise<Figure[]> {
  const files = await emlFiles(folders.length > 0 ? folders : ['test/fixtures/mail']);
  if (files.length === 0) throw new Error(`There are no .eml files in ${folders.join(', ')}: name another folder.`);
  const best: Times[] = [];
  const passes = Math.max(3, Math.ceil(leastMails / files.length));
  for (let pass = 0; pass < passes; pass += 1) {
    for (const [block, mails] of blocksOf(files)) {
      const { ours, alone } = await timeBoth(mails, pass % 2 === 0);
      const before = best[block] ?? { ours, alone };
      best[block] = { ours: Math.min(before.ours, ours), alone: Math.min(before.alone, alone) };
    }
  }
  const [ours, alone] = [sum(best.map((times) => times.ours)), sum(best.map((times) => times.alone))];
  return [
    {
      what: `triage: parse and decide, ${files.length} mails, against streaming mailparser alone`,
      ours: `${((1000 * files.length) / ours).toFixed(0)} mails/s`,
      yardstick: `${((1000 * files.length) / alone).toFixed(0)} mails/s`,
      ratio: alone / ours,
      mark: { least: 0.9 },
    },
  ];
}

/** Milliseconds. */
interface Times {
  ours: number;
  alone: number;
}

/** Read when their turn comes: a folder may be larger than the memory. */
function* blocksOf(files: string[]): Iterable<[block: number, mails: Buffer[]]> {
  for (let block = 0; block * blockSize < files.length; block += 1)
    yield [block, files.slice(block * blockSize, (block + 1) * blockSize).map((file) => readFileSync(file))];
}

async function timeBoth(mails: Buffer[], oursFirst: boolean): Promise<Times> {
  if (oursFirst) return { ours: await time(understand, mails), alone: await time(parseAlone, mails) };
  const alone = await time(parseAlone, mails);
  return { ours: await time(understand, mails), alone };
}

async function time(run: (mail: Buffer) => Promise<unknown>, mails: Buffer[]): Promise<number> {
  const began = performance.now();
  for (const mail of mails) await run(mail);
  return performance.now() - began;
}

const sum = (all: number[]): number => all.reduce((total, one) => total + one, 0);

async function emlFiles(folders: string[]): Promise<string[]> {
  const entries = await Promise.all(folders.map((folder) => readdir(folder, { recursive: true, withFileTypes: true })));
  return entries
    .flat()
    .filter((entry) => entry.isFile() && entry.name.endsWith('.eml'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** All that happens to a mail between its bytes and its decision; only the directory is in memory, and empty. */
async function understand(raw: Buffer): Promise<unknown> {
  const mail = await parseMail(Readable.from([raw]));
  const envelope = { envelopeFrom: mail.returnPath ?? mail.from[0] ?? 'unknown', receivedAt: '', verdicts: {} };
  const facts = await gatherFacts(mail, envelope, { role: 'privacy' }, 'https://site.example', nobody);
  return decide(facts, { mailDomain: 'inwriting.example', faxGateways: [] });
}

const nobody: Lookups = {
  findByAddress: async () => [],
  findByHandle: async () => [],
  findByName: async () => [],
  findById: async () => [],
  readOptOuts: async () => new Map(),
  readReply: async () => undefined,
  readUnsubscribing: async () => undefined,
};

async function parseAlone(raw: Buffer): Promise<void> {
  // It gives up on some mails that ours reads in part; that costs it no more.
  await mailparserAlone(Readable.from([raw])).catch(() => {});
}
