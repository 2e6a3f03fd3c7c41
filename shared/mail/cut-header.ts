/**
 * Lets the header of a mail through up to a limit in bytes and drops the rest of it; the body follows untouched. The
 * parser would give up on the whole mail instead, and the subject with it. The last field that passed is cut, most
 * likely: whoever reads on leaves it out.
 */
export function cutHeader(limit: number): { take: (chunk: Buffer) => Buffer; isCut: () => boolean } {
  let seen = 0;
  let inBody = false;
  /** The end of what went before: a blank line may lie across two chunks. */
  let tail = nothing;
  const take = (chunk: Buffer): Buffer => {
    if (inBody) return chunk;
    const end = seen === 0 && /^\r?\n/.test(chunk.toString('latin1', 0, 2)) ? 0 : endOfHeader(tail, chunk);
    const room = Math.max(limit - seen, 0);
    seen += end ?? chunk.length;
    if (end === undefined) tail = Buffer.concat([tail, chunk.subarray(-3)]).subarray(-3);
    else inBody = true;
    if (seen <= limit) return chunk;
    const kept = chunk.subarray(0, Math.min(room, end ?? chunk.length));
    return end === undefined ? kept : Buffer.concat([kept, blankLine, chunk.subarray(end)]);
  };
  return { take, isCut: () => seen > limit };
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
