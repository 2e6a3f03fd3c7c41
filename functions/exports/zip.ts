import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** One file of a ZIP, as it was when it went in. */
export interface Packed {
  path: string;
  bytes: number;
  /** In hex. */
  sha256: string;
}

export interface Zip {
  /** Packs one file after the other: memory holds a piece of one, whatever its size. */
  add(path: string, content: Readable | string | Uint8Array, modifiedAt: string): Promise<Packed>;
  /** Ends the file. After an error of `add` nothing but this may be called, with `broken`. */
  close(broken?: boolean): Promise<void>;
}

/** A new ZIP at a path. The same files in the same order, with the same times, give the same bytes. */
export function openZip(file: string): Zip {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const written = pipeline(output, createWriteStream(file));
  // A full disk ends whoever waits for the next byte to be taken; nobody has to wait for this one before that.
  written.catch(() => undefined);
  return {
    async add(path, content, modifiedAt) {
      const counted = counter();
      const options = { mtime: new Date(modifiedAt), mode: 0o100644, compress: !isPacked(path) };
      zip.addReadStream(counted.stream, path, options);
      const source = content instanceof Readable ? content : Readable.from([Buffer.from(content)]);
      await Promise.race([pipeline(source, counted.stream), written]);
      return { path, ...counted.result() };
    },
    async close(broken) {
      if (broken) output.destroy();
      else zip.end();
      await written.catch((error) => {
        if (!broken) throw error;
      });
    },
  };
}

function counter() {
  const hash = createHash('sha256');
  let bytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  return { stream, result: () => ({ bytes, sha256: hash.digest('hex') }) };
}

/** What is compressed in itself only costs time. */
const isPacked = (path: string): boolean => /\.(jpe?g|png|webp|pdf|tiff?)$/.test(path);
