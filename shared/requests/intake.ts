import { createHash } from 'node:crypto';
import { now } from '../clock.ts';
import { env } from '../env.ts';
import type { ReceivedNotification } from '../mail/notification.ts';
import type { InboundMail } from '../mail/parse.ts';
import { canonicalAddress } from '../members/address.ts';
import { findByAddress, findByHandle, findByName, getMembers } from '../members/directory.ts';
import type { Member } from '../members/member.ts';
import { readOptOuts } from '../optouts/store.ts';
import { tokenKeys } from '../tokens.ts';
import { apply } from './apply.ts';
import { attach } from './attach.ts';
import { decide } from './decide.ts';
import { gatherFacts, type Lookups, type MailFacts } from './facts.ts';
import { type Recipient, recipientsOf } from './recipient.ts';
import { requestOfReply } from './reply-address.ts';
import type { Decision, Scan, WrittenRequest } from './request.ts';
import { scansIn } from './scan-attachments.ts';
import { queueScans, waitsToBeRead } from './scan-queue.ts';
import { readRequest, record } from './store.ts';
import { readUnsubscribeToken } from './unsubscribe-token.ts';

/** What became of a mail for one of our addresses: the request that it made or was attached to. */
export interface Taken {
  requestId: string;
  decision: Decision;
}

/**
 * Takes a mail in, once for each of our addresses that it came to: gathers the facts, decides, records the request with
 * its decision, and applies that. May be called again for the same mail at any time, also in parallel: the state and
 * the answers are the same.
 */
export async function takeMail(mail: InboundMail, notification: ReceivedNotification): Promise<Taken[]> {
  const taken: Taken[] = [];
  for (const recipient of recipientsOf(notification.recipients))
    taken.push(await takeFor(recipient, mail, notification));
  return taken;
}

async function takeFor(recipient: Recipient, mail: InboundMail, notification: ReceivedNotification): Promise<Taken> {
  const facts = await gatherFacts(mail, notification, recipient, env('siteUrl'), lookups);
  const decision = decide(facts, { mailDomain: env('mailDomain'), faxGateways: env('faxGateways').split(' ') });
  const attachedTo = facts.reply && (await attach(facts.reply, mail, notification, decision));
  if (decision.state === 'attached') return readScans(attachedTo!, decision);
  const request = await apply(await record(arrivalOf(facts, decision, notification)), facts.optOuts);
  return readScans(request, request.decision);
}

/** Queued when all else is done, and again on each redelivery while a page waits, so that a crash loses none. */
async function readScans(request: WrittenRequest, decision: Decision): Promise<Taken> {
  if (waitsToBeRead(request)) await queueScans(request.requestId);
  return { requestId: request.requestId, decision };
}

function arrivalOf(
  facts: MailFacts,
  decision: Decision,
  { receivedAt, bucket, key }: ReceivedNotification,
): Omit<WrittenRequest, 'requestId' | 'version'> {
  const { mail, recipient } = facts;
  // The address of a fax is its gateway's.
  const senders = recipient.role === 'fax' ? [] : facts.senders;
  return {
    hash: arrivalHash(mail.digest, recipient),
    channel: recipient.role === 'fax' ? 'fax' : 'email',
    state: 'received',
    receivedAt,
    decision,
    summary: {
      from: mail.from[0]?.slice(0, 320).toWellFormed(),
      subject: mail.subject.slice(0, 200).toWellFormed(),
      memberIds: senders.map(({ memberId }) => memberId),
    },
    arrival: { bucket, key },
    thread: threadOf(mail),
    confirmations: {},
    history: [],
    who: recipient.role === 'fax' ? undefined : whoWrote(senders, mail.from[0]),
    scans: scansOf(facts, decision),
  };
}

function whoWrote(senders: Member[], from = ''): string | undefined {
  const [member] = senders;
  if (member && senders.length === 1) return `member/${member.memberId}`;
  const address = canonicalAddress(from);
  return address && `address/${address}`;
}

/** Paper is read where a person will decide. What a virus scan stopped is not opened, and what is decided needs none. */
function scansOf({ mail, recipient }: MailFacts, { state }: Decision): Scan[] | undefined {
  const scans = state === 'review' ? scansIn(mail.attachments, recipient.role) : [];
  return scans.length > 0 ? scans : undefined;
}

/** A mail to privacy@ and to fax@ is two requests, since it is evaluated for each. */
const arrivalHash = (digest: string, { role }: Recipient): string =>
  role === 'privacy' ? digest : createHash('sha256').update(`${role} ${digest}`).digest('hex');

/** Only well-formed message ids, and not more than mail clients need, go into the headers of an answer. */
function threadOf({ messageId, references }: InboundMail): WrittenRequest['thread'] {
  const wellFormed = (id: string | undefined) => id !== undefined && /^<[!-;=?-~]{1,250}>$/.test(id);
  return {
    messageId: wellFormed(messageId) ? messageId : undefined,
    references: references.filter(wellFormed).slice(-10),
  };
}

const lookups: Lookups = {
  findByAddress,
  findByHandle,
  findByName,
  findById: (memberId) => getMembers([memberId]),
  readOptOuts,
  readReply: async (token) => {
    const requestId = requestOfReply(token, now(), await tokenKeys());
    return requestId === undefined ? undefined : readRequest(requestId);
  },
  readUnsubscribing: async (token) => {
    const memberId = await readUnsubscribeToken(token, now(), await tokenKeys());
    return memberId === undefined ? undefined : (await getMembers([memberId]))[0];
  },
};
