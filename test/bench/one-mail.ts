// Runs one mail through a deployed bundle, or through streaming mailparser alone, in this process and no other:
// node one-mail.ts BUNDLE BUCKET KEY   |   node one-mail.ts mailparser FILE. Reports milliseconds and peak memory.
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { mailparserAlone } from './mailparser-alone.ts';

export interface Measured {
  ms: number;
  peakMb: number;
}

const [what, first, second] = process.argv.slice(2) as [string, string, string];
const run = what === 'mailparser' ? () => mailparserAlone(createReadStream(first)) : await handled(what, first, second);
const began = performance.now();
await run();
const measured: Measured = { ms: performance.now() - began, peakMb: process.resourceUsage().maxRSS / 1024 };
// A process that disconnects at once loses what does not fit into the pipe.
process.send?.(measured, () => process.disconnect());

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
