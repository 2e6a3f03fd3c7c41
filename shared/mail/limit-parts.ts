import type { Transform } from 'node:stream';
import type { MailParser } from 'mailparser';
import { decodedSize } from './decoded-size.ts';

interface Limits {
  partHeaders: number;
  parts: number;
  text: number;
}

/** What passed by on the way into the parser. */
export interface Passed {
  /** The mail's own header: lower-case name and unparsed line. */
  headerLines: () => HeaderLine[];
  /** Decoded sizes of the attachments in order of appearance, in bytes. */
  sizes: () => number[];
}

interface HeaderLine {
  key: string;
  line: string;
}

/**
 * Bounds what a mailparser makes of the parts of a mail. `onLimit` hears what is not read, and whether nothing more is.
 *
 * mailparser streams attachments but keeps every text part whole and several times over (40 MB of text took 1.5 GB),
 * and some of its decoders take more than linear time or memory. So its one step from a piece of MIME to the mail is
 * wrapped: text past the limit is dropped, attachments are counted without being decoded, and header fields that nobody
 * asks for are not parsed. That step is no public interface. mailparser is pinned, and the tests of hostile mails show
 * at once when it moves.
 */
export function limitParts(
  parser: MailParser,
  limits: Limits,
  onLimit: (what: string, isLast: boolean) => void,
): Passed {
  const inner = parser as unknown as Inner;
  const handle = inner.processChunk.bind(inner);
  // By this much the splitter is ahead of the limits.
  inner.chunkedPassthrough.chunkSize = 16 * 1024;
  const attachments: ReturnType<typeof decodedSize>[] = [];
  const used = { parts: 0, partHeaders: 0, plain: 0, other: 0 };
  let headerLines: HeaderLine[] = [];
  let over = false;

  const stop = (what: string) => {
    over = true;
    onLimit(what, true);
    // What waits already would still become parts, and nested ones cost the square of their number.
    inner.splitter._transform = (_chunk, _encoding, done) => done();
  };
  const openPart = (part: Part) => {
    used.parts += 1;
    used.partHeaders += part.root ? 0 : part._headerlen;
    if (used.parts > limits.parts) return stop(`it has more than ${limits.parts} parts`);
    if (used.partHeaders > limits.partHeaders)
      return stop(`the headers of its parts are longer than ${limits.partHeaders / 1024} KB`);
    // Words count, not lines; and libmime joins flowed lines (RFC 3676) in quadratic time.
    part.flowed = false;
    // Copied already; they would keep the whole chunk alive that they were cut from.
    part._headersLines = [];
    if (part.root) headerLines = part.headers.lines;
    part.headers.lines = part.headers.lines.filter(({ key }) => parsedFields.has(key));
  };
  const readText = (piece: Piece, done: () => void) => {
    const kind = inner.curnode.contentType === 'text/plain' ? 'plain' : 'other';
    used[kind] += piece.value.length;
    if (used[kind] > limits.text) {
      const what = `its text is longer than ${limits.text / 1024} KB`;
      if (inner.curnode.root) stop(what);
      else onLimit(what, false);
      return done();
    }
    if (inner.curnode.encoding === 'quoted-printable') piece.value = shortenBlanks(piece.value);
    handle(piece, done);
  };

  inner.processChunk = (chunk, done) => {
    if (chunk.type === 'node' && !over) openPart(chunk);
    if (over) return done();
    if (chunk.type === 'body' && inner.curnode.isAttachment) {
      attachments.at(-1)?.count(chunk.value);
      return done();
    }
    if (chunk.type === 'body') return readText(chunk, done);
    handle(chunk, done);
    if (chunk.type !== 'node' || !inner.curnode.isAttachment) return;
    // A message shown within the mail is no attachment: its own parts follow. Nobody reads what it has itself, and a
    // mail that ended here would wait for that without end.
    if (chunk.messageNode) inner.curnode.decoder.resume();
    else attachments.push(decodedSize(inner.curnode.encoding));
  };
  return { headerLines: () => headerLines, sizes: () => attachments.map(({ size }) => size()) };
}

/** What parseMail asks for, and what tells an image within the text. Types and encodings are read before this. */
const parsedFields = new Set(['from', 'subject', 'message-id', 'in-reply-to', 'references', 'content-id']);

/** libqp looks for blanks at the ends of lines in quadratic time. */
const shortenBlanks = (bytes: Buffer): Buffer =>
  Buffer.from(bytes.toString('latin1').replace(/([ \t]{100})[ \t]+/g, '$1'), 'latin1');

interface Part {
  type: 'node';
  root: boolean;
  flowed: boolean;
  messageNode?: boolean;
  headers: { lines: HeaderLine[] };
  _headersLines: Buffer[];
  /** Bytes. */
  _headerlen: number;
}

interface Piece {
  type: 'body' | 'data';
  value: Buffer;
}

/** What is used of mailparser 3.9.31's insides. */
interface Inner {
  processChunk: (chunk: Part | Piece, done: (error?: Error) => void) => void;
  curnode: { root?: boolean; contentType: string; isAttachment: boolean; encoding: string; decoder: Transform };
  chunkedPassthrough: { chunkSize: number };
  splitter: Transform;
}
