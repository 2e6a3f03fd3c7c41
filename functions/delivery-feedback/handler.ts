import type { SQSRecord } from 'aws-lambda';
import { eachMessage } from '../../shared/batch.ts';
import { deliveryOfTag, setFlag } from '../../shared/deliveries/store.ts';
import { log } from '../../shared/log.ts';
import { readSendingEvent } from './sending-event.ts';

/** One event of SES about a mail that we sent. The queue takes them from our topic alone, so they can be believed. */
export const handler = eachMessage(async (record: SQSRecord) => {
  const event = readSendingEvent(record.body);
  if (!event) return;
  const key = deliveryOfTag(event.delivery);
  const known = await setFlag(key, event.flag, event.at, event.detail);
  log.info('delivery', { requestId: key.batch, delivery: key.delivery, flag: event.flag, known });
});
