/**
 * Lets the header of a mail through up to a limit in bytes and drops the rest of it, whole fields where it can; the
 * body follows untouched. The parser would give up on the whole mail instead, and the subject with it.
 */
export function cutHeader(limit: number, onCut: () => void): (chunk: Buffer) => Buffer {
  let state: 'header' | 'dropping' | 'body' = 'header';
  let passed = 0;
  /** The end of what went before: a blank line may lie across two chunks. */
  let tail = nothing;

  return function cut(chunk: Buffer): Buffer {
    if (state === 'body') return chunk;
    const end = endOfHeader(tail, chunk);
    const header = end === undefined ? chunk : chunk.subarray(0, end);
    const kept = keep(header);
    if (end === undefined) tail = Buffer.concat([tail, chunk.subarray(-3)]).subarray(-3);
    if (state === 'header') {
      if (end !== undefined) state = 'body';
      return chunk;
    }
    if (end === undefined) return kept;
    state = 'body';
    return Buffer.concat([kept, blankLine, chunk.subarray(end)]);
  };

  function keep(header: Buffer): Buffer {
    if (state === 'dropping') return nothing;
    const room = limit - passed;
    passed += header.length;
    if (header.length <= room) return header;
    state = 'dropping';
    onCut();
    const lineEnd = header.subarray(0, room).lastIndexOf('\n');
    return header.subarray(0, lineEnd === -1 ? room : lineEnd + 1);
  }
}

const nothing = Buffer.alloc(0);
const blankLine = Buffer.from('\r\n\r\n');

/** Where the body begins in this chunk: after the first blank line (RFC 5322 section 2.1). */
function endOfHeader(tail: Buffer, chunk: Buffer): number | undefined {
  const bytes = tail.length > 0 ? Buffer.concat([tail, chunk]) : chunk;
  for (let at = bytes.indexOf(lf); at !== -1; at = bytes.indexOf(lf, at + 1)) {
    const next = bytes[at + 1] === cr ? at + 2 : at + 1;
    if (bytes[next] === lf) return Math.max(next + 1 - tail.length, 0);
  }
  return undefined;
}

const cr = 0x0d;
const lf = 0x0a;
