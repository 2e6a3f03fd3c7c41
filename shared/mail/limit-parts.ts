import type { Transform } from 'node:stream';
import type { MailParser } from 'mailparser';
import { decodedSize } from './decoded-size.ts';

/** See bounded-parser.ts. */
export interface PartLimits {
  partHeaders: number;
  parts: number;
  text: number;
  /** Whether the mail's own header ends within a field. */
  headerIsCut: () => boolean;
  /** Which attachments are decoded, by their place. */
  wanted: (attachment: number) => boolean;
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
 * wrapped: text past the limit is dropped, attachments that nobody wants are counted without being decoded, and header
 * fields that nobody asks for are not parsed. That step is no public interface. mailparser is pinned, and the tests of
 * hostile mails show at once when it moves.
 */
export function limitParts(
  parser: MailParser,
  limits: PartLimits,
  onLimit: (what: string, isLast: boolean) => void,
): Passed {
  const inner = parser as unknown as Inner;
  const reading: Reading = { inner, limits, onLimit, over: false, headerLines: [], attachments: [], ...nothingUsed };
  const handle = inner.processChunk.bind(inner);
  // By this much the splitter is ahead of the limits.
  inner.chunkedPassthrough.chunkSize = 16 * 1024;
  inner.processChunk = (chunk, done) => {
    if (!wanted(reading, chunk)) return done();
    handle(chunk, done);
    if (chunk.type === 'node') partOpened(reading, chunk);
  };
  return {
    headerLines: () => reading.headerLines,
    sizes: () => reading.attachments.map(({ size }) => size()),
  };
}

interface Reading {
  inner: Inner;
  limits: PartLimits;
  onLimit: (what: string, isLast: boolean) => void;
  over: boolean;
  headerLines: HeaderLine[];
  attachments: ReturnType<typeof decodedSize>[];
  parts: number;
  partHeaders: number;
  plain: number;
  other: number;
}

const nothingUsed = { parts: 0, partHeaders: 0, plain: 0, other: 0 };

/** Whether mailparser gets this piece at all; prepares it where it would cost too much as it is. */
function wanted(reading: Reading, chunk: Part | Piece): boolean {
  if (reading.over || chunk.type === 'data') return !reading.over;
  if (chunk.type === 'node') return partFits(reading, chunk);
  if (!reading.inner.curnode.isAttachment) return textFits(reading, chunk);
  reading.attachments.at(-1)?.count(chunk.value);
  if (!reading.limits.wanted(reading.attachments.length - 1)) return false;
  if (reading.inner.curnode.encoding === 'quoted-printable') chunk.value = shortenBlanks(chunk.value);
  return true;
}

function partFits(reading: Reading, part: Part): boolean {
  const { limits } = reading;
  reading.parts += 1;
  reading.partHeaders += part.root ? 0 : part._headerlen;
  if (reading.parts > limits.parts) return stop(reading, `it has more than ${limits.parts} parts`);
  if (reading.partHeaders > limits.partHeaders)
    return stop(reading, `the headers of its parts are longer than ${limits.partHeaders / 1024} KB`);
  // Half a field may say something else than the whole one: From most of all.
  if (part.root && limits.headerIsCut()) part.headers.lines.pop();
  if (part.root) reading.headerLines = part.headers.lines;
  part.headers.lines = part.headers.lines.filter(({ key }) => parsedFields.has(key));
  // Words count, not lines; and libmime joins flowed lines (RFC 3676) in quadratic time.
  part.flowed = false;
  // Copied already; they would keep the whole chunk alive that they were cut from.
  part._headersLines = [];
  return true;
}

function textFits(reading: Reading, piece: Piece): boolean {
  const { root, contentType, encoding } = reading.inner.curnode;
  const kind = contentType === 'text/plain' ? 'plain' : 'other';
  reading[kind] += piece.value.length;
  if (reading[kind] > reading.limits.text) {
    const what = `its text is longer than ${reading.limits.text / 1024} KB`;
    if (root) return stop(reading, what);
    reading.onLimit(what, false);
    return false;
  }
  if (encoding === 'quoted-printable') piece.value = shortenBlanks(piece.value);
  return true;
}

function stop(reading: Reading, what: string): false {
  reading.over = true;
  reading.onLimit(what, true);
  // What waits already would still become parts, and nested ones cost the square of their number.
  reading.inner.splitter._transform = (_chunk, _encoding, done) => done();
  return false;
}

function partOpened({ inner: { curnode }, attachments }: Reading, part: Part): void {
  if (!curnode.isAttachment) return;
  // A message shown within the mail is no attachment: its own parts follow. Nobody reads what it has itself, and a mail
  // that ended here would wait for that without end.
  if (part.messageNode) curnode.decoder.resume();
  else attachments.push(decodedSize(curnode.encoding));
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
