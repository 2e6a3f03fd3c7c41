import fs from 'node:fs';
import Vips from 'wasm-vips';

export type Library = Awaited<ReturnType<typeof Vips>>;
export type Picture = InstanceType<Library['Image']>;

let library: Promise<Library> | undefined;

/** libvips, loaded once a thread: without its HEIC, JPEG XL and SVG parts, and with one thread of its own. */
export function loadVips(): Promise<Library> {
  library ??= load();
  return library;
}

/** Left out of the package's types. Without it a picture is freed when JavaScript finds the time, which is too late. */
interface Deletion {
  setAutoDeleteLater(automatic: boolean): void;
  setDelayFunction(schedule: (free: () => void) => void): void;
}

/** Frees every picture that was made since the last time. */
let freeAll = (): void => {};

async function load(): Promise<Library> {
  hearComplaints();
  const vips = (await Vips({ dynamicLibraries: [] })) as Library & Deletion;
  vips.setAutoDeleteLater(true);
  vips.setDelayFunction((free) => {
    freeAll = free;
  });
  vips.concurrency(1);
  // Its cache would keep the last hundred pictures.
  vips.Cache.max(0);
  return vips;
}

/** What the decoders say about damage: they go on, and leave out what they cannot read. */
let complaints: string[] = [];

/**
 * wasm-vips writes its warnings to file descriptor 2 itself, past process.stderr and its own `printErr` option. This is
 * the reading thread, where nobody else writes there.
 */
function hearComplaints(): void {
  const write = fs.writeSync as (...parameters: unknown[]) => number;
  fs.writeSync = ((to: number, what: string | Uint8Array, offset?: number, length?: number, ...rest: unknown[]) => {
    if (to !== 2) return write(to, what, offset, length, ...rest);
    const text = typeof what === 'string' ? what : Buffer.from(what.subarray(offset, offset! + length!)).toString();
    // So many are enough to know; a damaged fax gives thousands.
    if (complaints.length < 100) complaints.push(text);
    return typeof what === 'string' ? what.length : length!;
  }) as typeof fs.writeSync;
}

/** The complaints since they were asked for last. */
export function takeComplaints(): string[] {
  const taken = complaints;
  complaints = [];
  return taken;
}

/** Runs the work, then frees every picture that it made: the memory of WebAssembly is not collected. */
export function freeing<T>(work: () => T): T {
  try {
    return work();
  } finally {
    freeAll();
  }
}
