import { createHash } from 'node:crypto';

/** What stood above the sender's own bytes, and what those bytes are. */
export interface Trace {
  /** Value of SES's own Authentication-Results, unfolded. */
  authenticationResults?: string;
  /** Value of the topmost Return-Path: the envelope sender, for a mail file that has no notification beside it. */
  returnPath?: string;
  /** SHA-256 (hex) of the bytes below SES's trace headers: the same for a redelivery and for an SMTP retry. */
  digest: string;
  /** Size of those bytes. */
  size: number;
}

/**
 * Takes SES's trace headers off the top of a mail and passes on the sender's bytes alone: `take` for each chunk, `rest`
 * after the last one. Plain functions, because a stream of their own costs a small mail a tenth of its time.
 *
 * SES writes its block on top of what it receives, so only the topmost Authentication-Results with SES's authserv-id
 * is SES's; one further down is the sender's and proves nothing (RFC 8601 section 5). The block ends after
 * X-SES-DKIM-SIGNATURE or before the first field that SES does not write.
 */
export function stripTraceHeaders(): { take: (chunk: Buffer) => Buffer; rest: () => Buffer; trace: () => Trace } {
  const hash = createHash('sha256');
  let head: Buffer | undefined = Buffer.alloc(0);
  let size = 0;
  let block: Block = { end: 0 };

  const pass = (bytes: Buffer) => {
    hash.update(bytes);
    size += bytes.length;
    return bytes;
  };
  const settleHead = (bytes: Buffer) => {
    block = traceBlock(bytes);
    head = undefined;
    return pass(bytes.subarray(block.end));
  };
  return {
    take: (chunk) => {
      if (head === undefined) return pass(chunk);
      head = head.length > 0 ? Buffer.concat([head, chunk]) : chunk;
      return head.length < headLimit ? nothing : settleHead(head);
    },
    rest: () => (head === undefined ? nothing : settleHead(head)),
    trace: () => ({
      authenticationResults: block.authenticationResults,
      returnPath: block.returnPath,
      digest: hash.digest('hex'),
      size,
    }),
  };
}

const nothing = Buffer.alloc(0);

/** SES's block is about 2 KB; a block that runs past this is not SES's. */
const headLimit = 32 * 1024;

const sesFields = /^(return-path|received-spf|authentication-results|x-ses-[a-z-]+)$/;

interface Block extends Pick<Trace, 'authenticationResults' | 'returnPath'> {
  /** Where the sender's own bytes begin. */
  end: number;
}

function traceBlock(bytes: Buffer): Block {
  const text = bytes.subarray(0, headLimit).toString('latin1');
  const block: Block = { end: 0 };
  for (const field of text.matchAll(/([!-9;-~]+)[ \t]*:([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)\r?\n/gy)) {
    const name = field[1]!.toLowerCase();
    const value = unfold(field[2]!);
    if (!sesFields.test(name) && !(name === 'received' && bySes.test(value))) break;
    if (name === 'authentication-results') block.authenticationResults ??= value;
    if (name === 'return-path') block.returnPath ??= value;
    block.end = field.index + field[0].length;
    if (name === 'x-ses-dkim-signature') break;
  }
  return block;
}

const bySes = /\bby inbound-smtp\.[a-z0-9-]+\.amazonaws\.com\b/;

const unfold = (value: string) => value.replace(/\r?\n([ \t])/g, '$1').trim();
