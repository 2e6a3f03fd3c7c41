import { createHash } from 'node:crypto';
import { now } from '../clock.ts';
import { env } from '../env.ts';
import type { ReceivedNotification } from '../mail/notification.ts';
import type { InboundMail } from '../mail/parse.ts';
import { findByAddress, findByHandle, findByName, getMembers } from '../members/directory.ts';
import { readOptOuts } from '../optouts/store.ts';
import { readToken, tokenKeys } from '../tokens.ts';
import { apply } from './apply.ts';
import { attach } from './attach.ts';
import { decide } from './decide.ts';
import { gatherFacts, type Lookups, type MailFacts } from './facts.ts';
import { type Recipient, recipientsOf } from './recipient.ts';
import { requestOfReply } from './reply-address.ts';
import type { Decision, WrittenRequest } from './request.ts';
import { readRequest, record } from './store.ts';

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
  if (facts.reply) await attach(facts.reply, mail, notification, decision);
  if (decision.state === 'attached') return { requestId: facts.reply!.requestId, decision };
  const request = await record(arrivalOf(facts, decision, notification));
  await apply(request, facts.optOuts);
  return { requestId: request.requestId, decision: request.decision };
}

function arrivalOf(
  { mail, recipient, senders }: MailFacts,
  decision: Decision,
  { receivedAt, bucket, key }: ReceivedNotification,
): Omit<WrittenRequest, 'requestId' | 'version'> {
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
  };
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
    const memberId = readToken(token, 'unsubscribe', now(), await tokenKeys());
    return memberId && (await getMembers([Buffer.from(memberId).toString()]))[0];
  },
};
