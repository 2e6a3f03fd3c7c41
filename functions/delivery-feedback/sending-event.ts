import type { Flag } from '../../shared/deliveries/store.ts';
import { InvalidInput } from '../../shared/errors.ts';

/** What an event says of one delivery. */
export interface SendingEvent {
  /** Value of the message tag that mail-sender gave it. */
  delivery: string;
  flag: Flag;
  at: string;
  /** Bounce type and sub-type, or the kind of complaint; never an address. */
  detail?: string;
}

/**
 * Reads an event that SES published, or undefined for what says nothing about a delivery of ours: the plain-text test
 * of a new topic, events of no interest, mails without our tag.
 *
 * Source: Amazon SES Developer Guide, "Contents of event data that Amazon SES publishes to Amazon SNS".
 */
export function readSendingEvent(body: string): SendingEvent | undefined {
  if (!body.startsWith('{')) return undefined;
  const event = parseJson(body);
  const delivery = event.mail?.tags?.delivery?.[0];
  const read = Object.hasOwn(flags, event.eventType) ? flags[event.eventType]!(event) : undefined;
  if (!read || typeof delivery !== 'string') return undefined;
  return { delivery, ...read };
}

type Read = Pick<SendingEvent, 'flag' | 'at' | 'detail'> | undefined;

// biome-ignore lint/suspicious/noExplicitAny: the shape is SES's, and every field is read with care
const flags: Record<string, (event: any) => Read> = {
  Send: ({ mail }) => ({ flag: 'sentAt', at: mail.timestamp }),
  Delivery: ({ delivery }) => ({ flag: 'deliveredAt', at: delivery.timestamp }),
  // A transient bounce (a full mailbox) may still be delivered: only a permanent one is a fact about the address. It is
  // permanent, too, where SES sends nothing since the address bounced before (Suppressed, OnAccountSuppressionList).
  Bounce: ({ bounce }) => ({
    flag: bounce.bounceType === 'Permanent' ? 'bouncedAt' : 'delayedAt',
    at: bounce.timestamp,
    detail: `${bounce.bounceType} ${bounce.bounceSubType}`,
  }),
  DeliveryDelay: ({ deliveryDelay }) => ({
    flag: 'delayedAt',
    at: deliveryDelay.timestamp,
    detail: deliveryDelay.delayType,
  }),
  Complaint: ({ complaint }) => {
    const { timestamp: at, complaintFeedbackType: kind, complaintSubType: subType } = complaint;
    // The recipient took it out of the spam folder (RFC 5965, IANA's feedback report types).
    if (kind === 'not-spam') return undefined;
    // Somebody complained before, so SES took the mail and kept it: it went nowhere, and nobody complained of it.
    if (subType === 'OnAccountSuppressionList') return { flag: 'bouncedAt', at, detail: `Complaint ${subType}` };
    return { flag: 'complainedAt', at, detail: kind ?? undefined };
  },
  Reject: ({ mail, reject }) => ({ flag: 'failedAt', at: mail.timestamp, detail: reject.reason }),
};

function parseJson(body: string) {
  try {
    return JSON.parse(body);
  } catch {
    throw new InvalidInput('the event is not JSON');
  }
}
