import { type Authentication, authenticate } from '../mail/authentication.ts';
import { automaticSign } from '../mail/automatic.ts';
import { findNearMiss, type NearMiss } from '../mail/near-miss.ts';
import type { ReceivedNotification } from '../mail/notification.ts';
import type { InboundMail } from '../mail/parse.ts';
import { hasPhrase } from '../mail/phrase.ts';
import { visibleText } from '../mail/visible-text.ts';
import type { Member } from '../members/member.ts';
import { type OptOut, type Subject, subjectsOf } from '../optouts/opt-out.ts';
import { type Candidate, type Lookups as CandidateLookups, candidates } from './candidates.ts';
import { mentions } from './mentions.ts';
import type { Recipient } from './recipient.ts';
import type { WrittenRequest } from './request.ts';

/** All that a decision on a mail may look at: what it says, what SES says of it, and what we know. */
export interface MailFacts {
  mail: InboundMail;
  envelopeFrom: string;
  verdicts: ReceivedNotification['verdicts'];
  recipient: Recipient;
  authentication: Authentication;
  /** The members that have the sender's address: more than one where people share it. */
  senders: Member[];
  /** The request that a valid reply address stands for. */
  reply?: WrittenRequest;
  /** The member that a valid unsubscribe address stands for. */
  unsubscribing?: Member;
  /** Whether the subject carries the phrase, and if not, what comes near it. */
  phrase: boolean;
  nearMiss?: NearMiss;
  /** Why no person wrote this mail now. */
  automatic?: string;
  /** Members that the text of a stranger speaks of. */
  candidates: Candidate[];
  /** The present opt-outs of all that the senders can ask for. */
  optOuts: Map<Subject, OptOut>;
  receivedAt: string;
}

/** How facts are looked up: in the tables, or for `explain` in a file. */
export interface Lookups extends CandidateLookups {
  readOptOuts: (subjects: Subject[]) => Promise<Map<Subject, OptOut>>;
  readReply: (token: string) => Promise<WrittenRequest | undefined>;
  readUnsubscribing: (token: string) => Promise<Member | undefined>;
}

export type Envelope = Pick<ReceivedNotification, 'envelopeFrom' | 'verdicts' | 'receivedAt'>;

/** Gathers what `decide` needs, and looks up no more than that. */
export async function gatherFacts(
  mail: InboundMail,
  { envelopeFrom, verdicts, receivedAt }: Envelope,
  recipient: Recipient,
  siteUrl: string,
  lookups: Lookups,
): Promise<MailFacts> {
  const automatic = automaticSign(mail, envelopeFrom);
  // Of two Subject fields the parser tells the last, and some mail clients show the first.
  const phrase = [mail.subject, ...(mail.headers.get('subject') ?? [])].some(hasPhrase);
  const nearMiss = phrase || automatic ? undefined : findNearMiss(mail);
  const senders = await findSenders(mail, lookups);
  const { role, token } = recipient;
  return {
    mail,
    envelopeFrom,
    verdicts,
    recipient,
    receivedAt,
    authentication: authenticate(mail, envelopeFrom, verdicts),
    senders,
    automatic,
    phrase,
    nearMiss,
    reply: role === 'privacy' && token ? await lookups.readReply(token) : undefined,
    unsubscribing: role === 'unsubscribe' && token ? await lookups.readUnsubscribing(token) : undefined,
    candidates:
      senders.length === 0 && (phrase || nearMiss)
        ? await candidates(mentions(readableText(mail), siteUrl), lookups)
        : [],
    optOuts: phrase && senders.length > 0 ? await lookups.readOptOuts(senders.flatMap(subjectsOf)) : new Map(),
  };
}

/** What a person would read: subject, text, and the HTML where there is no text beside it. */
const readableText = ({ subject, text, html }: InboundMail): string =>
  `${subject}\n${text.trim() ? text : visibleText(html)}`;

/** Whom the From field names. More than one sender is never authenticated, but each of them may get a hold. */
async function findSenders({ from }: InboundMail, { findByAddress }: Lookups): Promise<Member[]> {
  const found = await Promise.all([...new Set(from)].slice(0, mostSenders).map(findByAddress));
  return [...new Map(found.flat().map((member) => [member.memberId, member])).values()];
}

const mostSenders = 5;
