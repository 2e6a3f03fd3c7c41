import { MailParser, type MailParserOptions } from 'mailparser';
import { cutHeader } from './cut-header.ts';
import { limitParts, type Passed } from './limit-parts.ts';

/** A mailparser that takes any bytes in bounded time and memory, and tells what it left out. */
export interface BoundedParser extends Passed {
  /** For its events. Every attachment must be released; its content is empty, and some header fields are missing. */
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
export const limits = {
  /** Bytes of the mail's own header, and of the header of any one part. */
  header: 128 * 1024,
  /** Bytes of the headers of all parts together. */
  partHeaders: 512 * 1024,
  parts: 600,
  /** Bytes of all text/plain parts, and of all other parts that are read as text, encoded as they came. */
  text: 512 * 1024,
  /** Ten times as many as the largest mail has that is wrapped as RFC 2045 says; the parser works line by line. */
  lines: 4_000_000,
};

/** Bytes that the parser takes at once, and by which its splitter is ahead of the limits. */
const pieceSize = 16 * 1024;

export function boundedParser(): BoundedParser {
  const parser = new MailParser(options);
  const left = new Set<string>();
  let over = false;
  const stop = (what: string) => {
    over = true;
    left.add(what);
  };
  const head = cutHeader(limits.header, () => left.add(`its header is longer than ${limits.header / 1024} KB`));
  const passed = limitParts(parser, limits, (what, isLast) => (isLast ? stop(what) : left.add(what)));
  const ended = new Promise<void>((resolve) => {
    parser.on('end', resolve);
    parser.on('error', ({ message }) => {
      stop(`the parser gave up (${message})`);
      resolve();
    });
  });
  let [size, lines] = [0, 0];
  const tooManyLines = (bytes: Buffer) => {
    size += bytes.length;
    // A small mail cannot have too many, and need not wait for the count.
    if (size > 1024 * 1024) lines += linesIn(bytes);
    return lines > limits.lines;
  };
  const take = async (chunk: Buffer) => {
    const bytes = head(chunk);
    for (let at = 0; at < bytes.length && !over; at += pieceSize) {
      const piece = bytes.subarray(at, at + pieceSize);
      if (tooManyLines(piece)) stop(`it has more than ${limits.lines} lines`);
      else if (!parser.write(piece))
        await Promise.race([ended, new Promise<void>((resolve) => parser.once('drain', resolve))]);
    }
  };
  return {
    parser,
    take,
    isOver: () => over,
    end: async () => {
      parser.end();
      await ended;
    },
    ...passed,
    leftOut: () => [...left],
  };
}

const options: MailParserOptions & { maxHeadSize: number; maxChildNodes: number } = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
  maxHeadSize: 2 * limits.header,
  // The splitter runs ahead of limitParts by a piece, which may hold 4,000 boundaries; its error would lose the text.
  maxChildNodes: 8_000,
};

function linesIn(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(lineFeed); at !== -1; at = bytes.indexOf(lineFeed, at + 1)) lines += 1;
  return lines;
}

const lineFeed = 0x0a;
