import { randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { type FileHandle, link, open, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The bytes of a mail or an object: up to 64 KiB in memory, what is larger in a file, so that memory stays flat. */
export interface Body {
  size: number;
  /** One of the two. `file` is a name inside the folder. */
  inline: Uint8Array | null;
  file: string | null;
}

export interface Bodies {
  /** Reads to the end. `digests` see every byte; `durable` waits until a file has reached the disk. */
  keep(chunks: Chunks, options?: { digests?: Digest[]; durable?: boolean }): Promise<Body>;
  /** `range` is the first and the last byte, both included. */
  read(body: Body, range?: { start: number; end: number }): AsyncGenerator<Buffer>;
  /** A second name for the same bytes: bodies are never written twice. */
  copy(body: Body): Promise<Body>;
  discard(body: Body): Promise<void>;
  /** Removes the files that a killed process left behind. */
  keepOnly(files: string[]): void;
}

export type Chunks = AsyncIterable<Buffer> | Iterable<Buffer>;

export interface Digest {
  update(chunk: Uint8Array): unknown;
  digest(encoding: 'hex' | 'base64'): string;
}

const inlineLimit = 64 * 1024;

export function openBodies(dir: string): Bodies {
  mkdirSync(dir, { recursive: true });
  return {
    keep: (chunks, { digests = [], durable = false } = {}) => keep(dir, chunks, digests, durable),
    async *read({ inline, file, size }, { start, end } = { start: 0, end: size - 1 }) {
      if (inline) yield Buffer.from(inline.buffer, inline.byteOffset + start, end + 1 - start);
      if (file) yield* createReadStream(join(dir, file), { start, end }) as AsyncIterable<Buffer>;
    },
    async copy(body) {
      if (!body.file) return body;
      const file = randomUUID();
      await link(join(dir, body.file), join(dir, file));
      return { ...body, file };
    },
    async discard({ file }) {
      if (file) await rm(join(dir, file), { force: true });
    },
    keepOnly(files) {
      const known = new Set(files);
      for (const file of readdirSync(dir)) if (!known.has(file)) rmSync(join(dir, file));
    },
  };
}

async function keep(dir: string, chunks: Chunks, digests: Digest[], durable: boolean): Promise<Body> {
  const gathered: Buffer[] = [];
  const file = randomUUID();
  let handle: FileHandle | undefined;
  let size = 0;
  try {
    for await (const chunk of chunks) {
      for (const digest of digests) digest.update(chunk);
      gathered.push(chunk);
      size += chunk.length;
      if (size <= inlineLimit) continue;
      handle ??= await open(join(dir, file), 'wx');
      for (const piece of gathered.splice(0)) await handle.writeFile(piece);
    }
    if (durable) await handle?.sync();
  } catch (error) {
    if (handle) await rm(join(dir, file), { force: true });
    throw error;
  } finally {
    await handle?.close();
  }
  return handle ? { size, inline: null, file } : { size, inline: Buffer.concat(gathered), file: null };
}
