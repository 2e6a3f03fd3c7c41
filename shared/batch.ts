import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { errorName, InvalidInput, reasonOf } from './errors.ts';
import { log } from './log.ts';

/**
 * A handler for a queue: each message of the batch by itself, all at once, and only those that failed come back
 * (ReportBatchItemFailures). InvalidInput is logged and acknowledged, since it would fail the same way next time.
 */
export function eachMessage(handle: (record: SQSRecord, context: Context) => Promise<void>) {
  const processor = new BatchProcessor(EventType.SQS);
  return middy<SQSEvent, SQSBatchResponse>()
    .use(injectLambdaContext(log))
    .handler((event, context) =>
      processPartialResponse(event, (record: SQSRecord) => settle(handle, record, context), processor, {
        throwOnFullBatchFailure: false,
      }),
    );
}

async function settle(
  handle: (record: SQSRecord, context: Context) => Promise<void>,
  record: SQSRecord,
  context: Context,
) {
  try {
    await handle(record, context);
  } catch (error) {
    const about = { messageId: record.messageId, receives: record.attributes?.ApproximateReceiveCount };
    if (error instanceof InvalidInput) {
      log.error('message acknowledged: it can never be read', { ...about, reason: reasonOf(error) });
      return;
    }
    log.warn('message comes back', { ...about, error: errorName(error), reason: reasonOf(error) });
    throw error;
  }
}
