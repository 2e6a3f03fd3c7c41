import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Context, SQSEvent } from 'aws-lambda';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import { vi } from 'vitest';
import { handler } from '../../../functions/scan-intake/handler.ts';
import { forgetClients } from '../../../shared/aws.ts';
import type { WrittenRequest } from '../../../shared/requests/request.ts';
import { readRequest } from '../../../shared/requests/store.ts';
import { type LocalStack, startLocalStack } from '../../local-stack.ts';

/** The whole system but for the source of scan-intake: the test takes its messages and is in the place of Lambda. */
export async function startWithoutScanIntake() {
  const stack = await startLocalStack({
    change: ({ Resources }) => {
      const [source] = Object.keys(Resources).filter((id) => /^scanintakefunctionsource/.test(id));
      delete Resources[source!];
    },
  });
  useStack(stack);
  return { stack, invoke: () => invoke(stack), invokeWith: (options: Invocation) => invoke(stack, options) };
}

/** Gives this process the environment of scan-intake and the desk, with the rights of the operator. */
export function useStack({ addresses, region, credentials, plan, outputs }: LocalStack): void {
  const { environment } = plan.functions.find(({ name }) => name === 'scan-intake')!;
  const own = {
    ...environment,
    SCANS_BUCKET: outputs.ScansBucket!,
    AWS_ENDPOINT_URL: addresses.aws,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
  for (const [name, value] of Object.entries(own)) vi.stubEnv(name, value);
  forgetClients();
}

export function leaveStack(): void {
  vi.unstubAllEnvs();
  forgetClients();
}

export interface Invocation {
  /** Milliseconds that the function has left each time that it asks. */
  msLeft?: () => number;
  /** How often the message came, where that is not once. */
  receives?: number;
}

/** Invokes the function with the next message; it is gone when it was done. */
async function invoke(stack: LocalStack, { msLeft = () => 300_000, receives = 1 }: Invocation = {}) {
  const QueueUrl = stack.outputs.ScanQueueUrl;
  const { Messages = [] } = await stack.sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 }));
  const [message] = Messages;
  if (!message) return { waited: false, failed: false };
  const record = {
    messageId: message.MessageId!,
    body: message.Body!,
    attributes: { ApproximateReceiveCount: String(receives) },
    eventSource: 'aws:sqs',
  };
  const context = { getRemainingTimeInMillis: msLeft, functionName: 'scan-intake', awsRequestId: '1' };
  const { batchItemFailures } = (await handler(
    { Records: [record] } as unknown as SQSEvent,
    context as unknown as Context,
  )) as {
    batchItemFailures: unknown[];
  };
  const failed = batchItemFailures.length > 0;
  if (!failed) await stack.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
  return { waited: true, failed };
}

export const requestOf = async (requestId: string): Promise<WrittenRequest> => (await readRequest(requestId))!;

/** A letter as a word processor makes it: one page for each text. */
export async function pdfOf(...texts: string[]): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (const text of texts) {
    const page = pdf.addPage([595, 842]);
    page.drawText(text, { x: 60, y: 760, size: 13, lineHeight: 24, font });
  }
  return Buffer.from(await pdf.save());
}

/** A PDF that asks for a password (ISO 32000-1, 7.6.3: the standard handler, with a key that nobody has). */
export async function lockedPdf(): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  pdf.addPage();
  const key = `<${'00'.repeat(32)}>`;
  const lock = `/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O ${key} /U ${key} >>`;
  const open = Buffer.from(await pdf.save({ useObjectStreams: false })).toString('latin1');
  return Buffer.from(
    open.replace(/trailer\s*<</, (trailer) => `${trailer} ${lock}`),
    'latin1',
  );
}
