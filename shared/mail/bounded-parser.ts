import { MailParser, type MailParserOptions } from 'mailparser';
import { cutHeader } from './cut-header.ts';
import { limitParts, type Passed } from './limit-parts.ts';

/** A mailparser that takes any bytes in bounded time and memory, and tells what it left out. */
export interface BoundedParser extends Passed {
  /**
   * For its events. Every attachment must be released; its content is empty unless it was wanted, and most header fields
   * are missing.
   */
  parser: MailParser;
  /** Waits while the parser is busy. Never fails: a parser that gave up is fed no more. */
  take: (bytes: Buffer) => Promise<void>;
  /** Whether it takes no more of this mail. */
  isOver: () => boolean;
  /** Ends the mail. Resolves when everything has been emitted. */
  end: () => Promise<void>;
  /** What was not read and why, each the end of a sentence; empty when the mail was read as a whole. */
  leftOut: () => string[];
}

/** Generous for what people send: Postfix cuts a header field at 100 KB, and a few real mails nest 500 parts. */
const limits = {
  /** Bytes of the mail's own header. */
  header: 128 * 1024,
  /** Bytes of the headers of all parts together. */
  partHeaders: 512 * 1024,
  parts: 600,
  /** Bytes of all text/plain parts, and of all other parts that are read as text, encoded as they came. */
  text: 512 * 1024,
  /** Seven times as many as 40 MB have in lines of 76 characters; the parser works line by line. */
  lines: 4_000_000,
};

/** `wanted` tells by its place which attachment is decoded; without it they are only counted. */
export function boundedParser(wanted: (attachment: number) => boolean = () => false): BoundedParser {
  const parser = new MailParser(options);
  const left = new Set<string>();
  let over = false;
  const leaveOut = (what: string, isLast: boolean) => {
    left.add(what);
    over ||= isLast;
  };
  const header = cutHeader(limits.header);
  const passed = limitParts(parser, { ...limits, headerIsCut: header.isCut, wanted }, leaveOut);
  const tooManyLines = countLines(limits.lines);
  const ended = new Promise<void>((resolve) => {
    parser.on('end', resolve);
    parser.on('error', ({ message }) => {
      leaveOut(`the parser gave up (${message})`, true);
      resolve();
    });
  });
  const take = async (chunk: Buffer) => {
    const bytes = header.take(chunk);
    if (header.isCut()) leaveOut(`its header is longer than ${limits.header / 1024} KB`, false);
    for (let at = 0; at < bytes.length && !over; at += pieceSize) {
      const piece = bytes.subarray(at, at + pieceSize);
      if (tooManyLines(piece)) leaveOut(`it has more than ${limits.lines} lines`, true);
      else if (!parser.write(piece))
        await Promise.race([ended, new Promise<void>((resolve) => parser.once('drain', resolve))]);
    }
  };
  const end = () => {
    parser.end();
    return ended;
  };
  return { parser, take, end, isOver: () => over, leftOut: () => [...left], ...passed };
}

/** Bytes that the parser gets at once: a limit that is met holds before the next ones. */
const pieceSize = 16 * 1024;

const options: MailParserOptions & { maxHeadSize: number; maxChildNodes: number } = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
  // Of one part. The mail's own header is cut before.
  maxHeadSize: 2 * limits.header,
  // The splitter runs ahead of limitParts by a piece, which may hold 4,000 boundaries; its error would lose the text.
  maxChildNodes: 8_000,
};

/** Tells from some bytes on that there have been too many lines. A small mail need not wait for the count. */
function countLines(most: number): (bytes: Buffer) => boolean {
  let [size, lines] = [0, 0];
  return (bytes) => {
    size += bytes.length;
    if (size < 1024 * 1024) return false;
    for (let at = bytes.indexOf(lineFeed); at !== -1; at = bytes.indexOf(lineFeed, at + 1)) lines += 1;
    return lines > most;
  };
}

const lineFeed = 0x0a;
