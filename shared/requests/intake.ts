import { now } from '../clock.ts';
import { authenticate } from '../mail/authentication.ts';
import type { ReceivedNotification } from '../mail/notification.ts';
import type { InboundMail } from '../mail/parse.ts';
import { findByAddress } from '../members/directory.ts';
import type { Member } from '../members/member.ts';
import { apply } from './apply.ts';
import { decide } from './decide.ts';
import type { WrittenRequest } from './request.ts';
import { record } from './store.ts';

/**
 * Takes a mail in: finds its sender, decides, records the request with its decision, and applies that. May be called
 * again for the same mail at any time, also in parallel: the state and the answers are the same.
 */
export async function takeMail(mail: InboundMail, notification: ReceivedNotification): Promise<WrittenRequest> {
  const senders = await findSenders(mail);
  const authentication = authenticate(mail, notification.envelopeFrom, notification.verdicts);
  const decision = decide({ mail, notification, authentication, senders });
  const request = await record({
    hash: mail.digest,
    channel: 'email',
    state: 'received',
    receivedAt: notification.receivedAt,
    decision,
    summary: {
      from: mail.from[0],
      subject: mail.subject.slice(0, 200),
      memberIds: senders.map(({ memberId }) => memberId),
    },
    arrival: { bucket: notification.bucket, key: notification.key },
    thread: threadOf(mail),
    history: [{ number: 1, at: now(), state: 'received', rule: 'received', reason: 'Received by e-mail.' }],
  });
  await apply(request);
  return request;
}

/** Whom the From field names. More than one sender is never authenticated, but each of them may get a hold. */
async function findSenders({ from }: InboundMail): Promise<Member[]> {
  const found = await Promise.all([...new Set(from)].slice(0, mostSenders).map(findByAddress));
  return [...new Map(found.flat().map((member) => [member.memberId, member])).values()];
}

const mostSenders = 5;

/** Only well-formed message ids, and not more than mail clients need, go into the headers of an answer. */
function threadOf({ messageId, references }: InboundMail): WrittenRequest['thread'] {
  const wellFormed = (id: string | undefined) => id !== undefined && /^<[^<>\s]{1,250}>$/.test(id);
  return {
    messageId: wellFormed(messageId) ? messageId : undefined,
    references: references.filter(wellFormed).slice(-10),
  };
}
