import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { sqs } from '../aws.ts';
import { now } from '../clock.ts';
import { env } from '../env.ts';
import { InvalidInput } from '../errors.ts';
import { type Export, exportKinds, newExportId } from './export.ts';
import { keepExport } from './store.ts';

/**
 * Starts an export and returns its id; `readExport` says how it goes. Whether `by` may have it is for the caller to ask
 * (`mayExport`). Throws InvalidInput where the subject is none of the kind's.
 */
export async function startExport(asked: Pick<Export, 'kind' | 'subject' | 'by' | 'params'>): Promise<string> {
  if (!exportKinds[asked.kind].subject.test(asked.subject))
    throw new InvalidInput(`There can be no ${exportKinds[asked.kind].words.toLowerCase()} of what was asked for.`);
  const at = now();
  const exportId = newExportId(at);
  await keepExport({ exportId, ...asked, at, state: 'queued', done: 0, total: 0, updatedAt: at });
  await sqs().send(
    new SendMessageCommand({ QueueUrl: env('exportsQueueUrl'), MessageBody: JSON.stringify({ exportId }) }),
  );
  return exportId;
}

/** The id in a message of the queue. Throws InvalidInput for anything else. */
export function readStarted(body: string): string {
  try {
    const { exportId } = JSON.parse(body);
    if (typeof exportId === 'string') return exportId;
  } catch {
    // Said below.
  }
  throw new InvalidInput('the message on the queue of exports names no export');
}
