// Runs one mail through a deployed bundle, or through streaming mailparser alone, in this process and no other:
// node one-mail.ts BUNDLE BUCKET KEY   |   node one-mail.ts mailparser FILE. Reports milliseconds and peak memory.
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { pipeline } from 'node:stream/promises';
import { type AttachmentStream, MailParser } from 'mailparser';

export interface Measured {
  ms: number;
  peakMb: number;
}

const [what, first, second] = process.argv.slice(2) as [string, string, string];
const run = what === 'mailparser' ? () => parseAlone(first) : await handled(what, first, second);
const began = performance.now();
await run();
const measured: Measured = { ms: performance.now() - began, peakMb: process.resourceUsage().maxRSS / 1024 };
// A process that disconnects at once loses what does not fit into the pipe.
process.send?.(measured, () => process.disconnect());

async function parseAlone(file: string): Promise<void> {
  const parser = new MailParser({
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipTextLinks: true,
    skipImageLinks: true,
  });
  parser.on('data', (part: AttachmentStream) => {
    if (part.type === 'attachment') part.content.on('data', () => {}).on('end', () => part.release());
  });
  await pipeline(createReadStream(file), parser);
}

async function handled(bundle: string, bucketName: string, objectKey: string): Promise<() => Promise<void>> {
  const { handler } = createRequire(import.meta.url)(bundle);
  const receipt = {
    timestamp: new Date().toISOString(),
    recipients: ['privacy@inwriting.example'],
    action: { type: 'S3', bucketName, objectKey },
  };
  const mail = { source: 'member-1@example.org', messageId: 'bench' };
  const body = JSON.stringify({ notificationType: 'Received', receipt, mail });
  const record = { messageId: '1', body, attributes: {}, eventSource: 'aws:sqs' };
  return async () => {
    const { batchItemFailures } = await handler({ Records: [record] }, { getRemainingTimeInMillis: () => 60_000 });
    if (batchItemFailures.length > 0) throw new Error('The bundle did not take the mail in; its log says why.');
  };
}
