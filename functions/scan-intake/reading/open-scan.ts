import { randomUUID } from 'node:crypto';
import { kindOf, type ScanType, type Unreadable } from './kinds.ts';
import { limits } from './limits.ts';
import { inThread, type Opened, type Thread, ThreadLost } from './reading-thread.ts';

export type { Unreadable };

export interface OpenScan {
  type: ScanType;
  /** Pages to be read: at most `mostPages`. */
  pages: number;
  /** A sentence about the whole file, such as pages left out. */
  problem?: string;
  /** One page, counted from 1. It never throws: what went wrong is a sentence in the page. */
  read(page: number): Promise<ReadPage>;
  /** Frees the memory. The scan cannot be read after that. */
  close(): Promise<void>;
}

export interface ReadPage {
  page: number;
  /** Upright, with square pixels, the long edge up to 2,000: for the viewer. */
  image?: Uint8Array;
  contentType?: string;
  /** Pixels of the image; 0 without one. */
  width: number;
  height: number;
  text: string;
  source: 'embedded' | 'ocr' | 'none';
  words?: Word[];
  /** A sentence for the person who reviews. */
  problem?: string;
}

/** A word and its place, in fractions of the image. */
export interface Word {
  text: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface ReadingOptions {
  /** Of the text recognition, as @tesseract.js-data names them: `eng`, `deu`. */
  languages: string[];
  mostPages?: number;
}

/**
 * Opens a scan by its content, whatever it is called; pages are then read one by one. All decoding happens in a thread
 * of its own, so that nothing in a file can end, block or fill the function.
 */
export async function openScan(bytes: Buffer, options: ReadingOptions): Promise<OpenScan | Unreadable> {
  const type = kindOf(bytes);
  if (typeof type !== 'string') return type;
  const scan: Scan = { key: randomUUID(), type, bytes, mostPages: options.mostPages ?? limits.pages };
  try {
    const opened = await inThread((thread) => open(thread, scan));
    if (!('pages' in opened)) return opened;
    return {
      type,
      ...opened,
      read: (page) => readPage(scan, page, options.languages),
      close: () => close(scan),
    };
  } catch {
    return {
      type,
      problem: `This ${type} file cannot be opened: it is damaged, or made to do harm. Ask for it again.`,
    };
  }
}

interface Scan {
  key: string;
  type: ScanType;
  bytes: Buffer;
  mostPages: number;
  /** The thread that has it open. A thread that was lost has taken its memory along. */
  thread?: Thread;
  /** Pages that ended a thread. */
  lost?: number;
}

/** A copy that the thread may keep and change. */
function shared(bytes: Buffer): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}

async function open(thread: Thread, scan: Scan): Promise<Opened | Unreadable> {
  const { key, type, mostPages } = scan;
  const question = { do: 'open', key, type, bytes: shared(scan.bytes), mostPages } as const;
  const opened = await thread.ask<Opened | Unreadable>(question, limits.openSeconds);
  scan.thread = thread;
  return opened;
}

async function close(scan: Scan): Promise<void> {
  const question = { do: 'close', key: scan.key } as const;
  await inThread((thread) => thread.ask(question, limits.openSeconds)).catch(() => {});
}

async function readPage(scan: Scan, page: number, languages: string[]): Promise<ReadPage> {
  if ((scan.lost ?? 0) >= limits.lostPages) return unread(page, 'was not tried, after others before it failed');
  try {
    return await inThread(async (thread) => {
      if (scan.thread !== thread) await open(thread, scan);
      return thread.ask<ReadPage>({ do: 'read', key: scan.key, page, languages }, limits.pageSeconds);
    });
  } catch (error) {
    if (error instanceof ThreadLost) scan.lost = (scan.lost ?? 0) + 1;
    return unread(page, error instanceof ThreadLost ? error.message : 'is damaged and cannot be drawn');
  }
}

const unread = (page: number, why: string): ReadPage => ({
  page,
  width: 0,
  height: 0,
  text: '',
  source: 'none',
  problem: `Page ${page} ${why}: a person opens the original.`,
});
