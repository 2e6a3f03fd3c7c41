import { s3Error } from './s3-errors.ts';

/** Undoes `aws-chunked`: size lines in hex (with or without a signature), data, and trailers after the last chunk. */
export async function* decodeChunks(
  source: AsyncIterable<Buffer>,
  trailers: Record<string, string>,
): AsyncGenerator<Buffer> {
  const reader = openReader(source);
  for (;;) {
    const size = Number.parseInt(await reader.line(), 16);
    if (!(size >= 0)) throw s3Error('InvalidRequest', 'An aws-chunked body has a chunk without a size.');
    if (size === 0) break;
    yield* reader.take(size);
    if (await reader.line()) throw s3Error('InvalidRequest', 'An aws-chunked body has a chunk longer than its size.');
  }
  for (let line = await reader.line(true); line; line = await reader.line(true)) {
    const colon = line.indexOf(':');
    trailers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
}

function openReader(source: AsyncIterable<Buffer>) {
  const iterator = source[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  const more = async () => {
    const { value, done } = await iterator.next();
    if (!done) rest = rest.length ? Buffer.concat([rest, value]) : value;
    return !done;
  };
  return {
    /** Up to the next CRLF; at the end of the body the empty line, where that is allowed. */
    async line(endAllowed = false): Promise<string> {
      let end = rest.indexOf('\r\n');
      while (end < 0) {
        if (rest.length > 8192) throw s3Error('InvalidRequest', 'An aws-chunked body has a size line over 8 KB.');
        if (!(await more())) {
          if (endAllowed) return '';
          throw s3Error('IncompleteBody', 'The aws-chunked body ended before its last chunk.');
        }
        end = rest.indexOf('\r\n');
      }
      const line = rest.toString('latin1', 0, end);
      rest = rest.subarray(end + 2);
      return line;
    },
    async *take(size: number): AsyncGenerator<Buffer> {
      for (let left = size; left > 0; ) {
        if (!rest.length && !(await more()))
          throw s3Error('IncompleteBody', 'The aws-chunked body ended inside a chunk.');
        const piece = rest.subarray(0, left);
        rest = rest.subarray(piece.length);
        left -= piece.length;
        yield piece;
      }
    },
  };
}
