import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type AttachmentStream, MailParser } from 'mailparser';

/** The yardstick of parsing: streaming mailparser with the options that parse.ts gives it, and nothing else. */
export async function mailparserAlone(raw: Readable): Promise<void> {
  const parser = new MailParser({
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipTextLinks: true,
    skipImageLinks: true,
  });
  parser.on('data', (part: AttachmentStream) => {
    if (part.type === 'attachment') part.content.on('data', () => {}).on('end', () => part.release());
  });
  await pipeline(raw, parser);
}
