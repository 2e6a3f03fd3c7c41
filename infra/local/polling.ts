import { setTimeout as sleep } from 'node:timers/promises';
import type { Gateway } from './gateway.ts';
import type { Principal } from './iam.ts';
import type { Lambda, Outcome } from './lambda.ts';
import type { EventSourcePlan, FunctionPlan } from './plan.ts';
import type { Message, Sqs } from './sqs.ts';
import type { Trace } from './trace.ts';

export interface PollingParts {
  eventSources: EventSourcePlan[];
  functions: FunctionPlan[];
  sqs: Sqs;
  lambda: Lambda;
  gateway: Gateway;
  /** The function's own principal: polling needs its consume rights, as on AWS. */
  principalOf(functionName: string): Principal;
  region: string;
  trace: Trace;
}

/** Reads queues for their functions until `stop` is called, which waits for the batches that are under way. */
export function startPolling(parts: PollingParts): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const pollers = parts.eventSources
    .filter(({ enabled }) => enabled)
    .flatMap((source) => Array.from({ length: Math.min(2, source.maximumConcurrency ?? 2) }, () => source))
    .map((source) => pollUntil(stopping.signal, source, parts));
  return {
    async stop() {
      stopping.abort();
      parts.sqs.release();
      await Promise.all(pollers);
    },
  };
}

async function pollUntil(stopping: AbortSignal, source: EventSourcePlan, parts: PollingParts): Promise<void> {
  let pause = 1_000;
  while (!stopping.aborted) {
    try {
      await pollOnce(source, parts, stopping);
      pause = 1_000;
    } catch {
      // Refused by IAM, and in the trace already: try again, because the grant may be a start away, but not at once.
      await sleep(pause, undefined, { signal: stopping, ref: false }).catch(() => undefined);
      pause = Math.min(pause * 2, 60_000);
    }
  }
}

async function pollOnce(source: EventSourcePlan, parts: PollingParts, stopping: AbortSignal): Promise<void> {
  const messages = await gather(source, parts, stopping);
  if (!messages.length) return;
  const event = { Records: messages.map((message) => recordOf(message, source, parts.region)) };
  const done = doneOf(messages, await invoke(source, event, parts), source);
  const handles = done.map(({ ReceiptHandle }) => ReceiptHandle);
  if (handles.length) await act(source, parts, 'DeleteMessage', () => parts.sqs.remove(source.queueArn, handles));
}

/** A batch: what is there at once, or what comes within the batching window after the first message. */
async function gather(source: EventSourcePlan, parts: PollingParts, stopping: AbortSignal): Promise<Message[]> {
  const receive = (wanted: number, seconds: number) =>
    act(source, parts, 'ReceiveMessage', () => parts.sqs.receive(source.queueArn, Math.min(10, wanted), seconds));
  const messages = await receive(source.batchSize, 20);
  const end = Date.now() + source.batchingWindow * 1000;
  while (messages.length && messages.length < source.batchSize && Date.now() < end && !stopping.aborted) {
    messages.push(...(await receive(source.batchSize - messages.length, Math.min(20, (end - Date.now()) / 1000))));
  }
  return messages;
}

function act<T>({ functionName, queueArn }: EventSourcePlan, parts: PollingParts, action: string, work: () => T) {
  const need = { action: `sqs:${action}`, resource: queueArn };
  return parts.gateway.perform(parts.principalOf(functionName), 'sqs', need, work);
}

async function invoke(
  source: EventSourcePlan,
  event: object,
  { lambda, functions, trace }: PollingParts,
): Promise<Outcome> {
  const start = Date.now();
  const outcome = await lambda.invoke(source.functionName, event);
  trace.add({
    kind: 'call',
    at: new Date(start).toISOString(),
    from: 'lambda.amazonaws.com',
    service: 'lambda',
    action: 'lambda:InvokeFunction',
    resource: functions.find(({ name }) => name === source.functionName)?.arn ?? '*',
    allowed: true,
    because: 'an event source mapping needs no permission to invoke its function',
    status: outcome.ok ? 200 : 500,
    ms: Date.now() - start,
  });
  return outcome;
}

/**
 * The messages that may go. An error keeps the whole batch, and so does a list of failures that makes no sense
 * (Lambda developer guide, "Implementing partial batch responses"); what is kept comes again after its visibility timeout.
 */
function doneOf(messages: Message[], outcome: Outcome, { reportFailures }: EventSourcePlan): Message[] {
  if (!outcome.ok) return [];
  if (!reportFailures) return messages;
  const failures = (outcome.payload as { batchItemFailures?: { itemIdentifier?: string }[] } | null)?.batchItemFailures;
  if (!failures) return messages;
  const failed = new Set(failures.map(({ itemIdentifier }) => itemIdentifier));
  const known = new Set(messages.map(({ MessageId }) => MessageId));
  if ([...failed].some((id) => !id || !known.has(id))) return [];
  return messages.filter(({ MessageId }) => !failed.has(MessageId));
}

function recordOf(message: Message, { queueArn }: EventSourcePlan, awsRegion: string) {
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes ?? {},
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [
        name,
        { dataType: value.DataType, stringValue: value.StringValue, binaryValue: value.BinaryValue },
      ]),
    ),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion,
  };
}
