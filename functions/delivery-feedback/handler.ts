import type { SQSRecord } from 'aws-lambda';
import { eachMessage } from '../../shared/batch.ts';
import { type Addressee, type DeliveryKey, deliveryOfTag, setFlag } from '../../shared/deliveries/store.ts';
import { log } from '../../shared/log.ts';
import { markReachable, markUnreachable } from '../../shared/members/unreachable.ts';
import { recordComplaint } from './complaint.ts';
import { readSendingEvent, type SendingEvent } from './sending-event.ts';

/**
 * One event of SES about a mail that we sent. The queue takes them from our topic alone, so they can be believed. The
 * flag is set first, then what follows from it for the member; each of it can be repeated.
 */
export const handler = eachMessage(async (record: SQSRecord) => {
  const event = readSendingEvent(record.body);
  if (!event) return;
  const key = deliveryOfTag(event.delivery);
  const addressee = await setFlag(key, event.flag, event.at, event.detail);
  const complaint = addressee?.memberId ? await follow(event, key, addressee, record.body) : undefined;
  const { batch: requestId, delivery } = key;
  log.info('delivery', { requestId, delivery, flag: event.flag, known: addressee !== undefined, complaint });
});

/** What a member's address, or the member, told us by this. Returns the request that a complaint became. */
async function follow(event: SendingEvent, key: DeliveryKey, { to, memberId }: Addressee, raw: string) {
  if (event.flag === 'deliveredAt') await markReachable(to, event.at);
  if (event.flag === 'bouncedAt')
    await markUnreachable(to, { since: event.at, batch: key.batch, detail: event.detail ?? '' });
  if (event.flag === 'complainedAt')
    return recordComplaint({ ...key, memberId: memberId!, at: event.at, kind: event.detail, raw });
  return undefined;
}
