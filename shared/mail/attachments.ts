import type { Readable } from 'node:stream';
import { boundedParser } from './bounded-parser.ts';
import { mendLineEnds } from './line-ends.ts';
import { stripTraceHeaders } from './trace-headers.ts';

/**
 * Decodes attachments of a raw mail, one at a time: the next one waits until `take` is done with the one before, so
 * memory holds one. Places count as in `parseMail(…).attachments`. What lies behind the limits of the parser is not
 * found, as there.
 */
export async function eachAttachment(
  raw: Readable,
  wanted: (place: number) => boolean,
  take: (place: number, bytes: Buffer) => Promise<void>,
): Promise<void> {
  const [top, ends, bounded] = [stripTraceHeaders(), mendLineEnds(), boundedParser(wanted)];
  let place = 0;
  let failed: unknown;
  let taking = Promise.resolve();
  bounded.parser.on('data', (part) => {
    if (part.type === 'text') return;
    const here = place++;
    if (!wanted(here)) return part.release();
    const chunks: Buffer[] = [];
    part.content.on('data', (chunk: Buffer) => chunks.push(chunk));
    part.content.once('end', () => {
      taking = take(here, Buffer.concat(chunks))
        .catch((error) => {
          failed ??= error;
        })
        .finally(() => part.release());
    });
  });
  for await (const chunk of raw) {
    const bytes = top.take(chunk);
    if (!bounded.isOver()) await bounded.take(ends.take(bytes));
  }
  await bounded.take(ends.take(top.rest()));
  await bounded.end();
  await taking;
  if (failed) throw failed;
}
