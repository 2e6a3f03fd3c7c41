import { randomUUID } from 'node:crypto';
import type { SentMail } from './mailbox.ts';
import type { Field } from './message-headers.ts';
import { commonHeaders, cutHeaders } from './received-notification.ts';
import { type Account, addressOf, identityOf } from './sending.ts';

/** A mail that SES has accepted, as its events tell of it. */
export interface Sent {
  mail: SentMail;
  /** The header section as the sender wrote it. */
  fields: Field[];
  /** Who called SendRawEmail. */
  caller: string;
}

/** Its `eventType`, the mail, and a part of its own named after the type. */
export interface SendingEvent {
  eventType: 'Send' | 'Delivery' | 'Bounce' | 'Complaint';
  mail: object;
  send?: object;
  delivery?: object;
  bounce?: object;
  complaint?: object;
}

/**
 * What SES tells of a mail: that it was sent, then for each recipient what became of it. Everybody's mail is delivered,
 * but for the addresses of the mailbox simulator. Nothing is rejected or delayed here.
 *
 * Sources: Amazon SES Developer Guide, "Contents of event data that Amazon SES publishes to Amazon SNS", its examples,
 * and "Using the mailbox simulator manually".
 */
export function eventsOf(sent: Sent, account: EventAccount, now: number): SendingEvent[] {
  const told = { now, region: account.region, sentAt: Date.parse(sent.mail.at) };
  const mail = mailObject(sent, account);
  const fates = sent.mail.to.map(addressOf).flatMap((address) => fateOf(address).map((fate) => fate(address, told)));
  return [{ eventType: 'Send', mail, send: {} }, ...fates.map((fate) => ({ ...fate, mail: withIp(fate, mail) }))];
}

export type EventAccount = Account & { accountId: string };

function mailObject({ mail, fields, caller }: Sent, { identities, accountId }: EventAccount) {
  const { headers, headersTruncated } = cutHeaders(fields);
  const custom = Object.entries(mail.tags).map(([name, value]) => [name, [value]]);
  return {
    timestamp: mail.at,
    source: mail.from,
    sourceArn: identityOf(mail.from, identities)?.arn,
    sendingAccountId: accountId,
    messageId: mail.id,
    destination: mail.to,
    headersTruncated,
    headers,
    // In the examples this is the id that SES gave, though the text says the sender's.
    commonHeaders: { ...commonHeaders(headers), messageId: mail.id },
    tags: {
      'ses:configuration-set': [mail.configurationSet],
      'ses:source-ip': [thisMachine],
      'ses:from-domain': [mail.from.slice(mail.from.lastIndexOf('@') + 1)],
      'ses:caller-identity': [caller],
      ...Object.fromEntries(custom),
    },
  };
}

const thisMachine = '127.0.0.1';

/** Once a mail has left, its tags say from where. */
function withIp({ eventType }: Fate, mail: ReturnType<typeof mailObject>): object {
  if (eventType !== 'Delivery') return mail;
  return { ...mail, tags: { ...mail.tags, 'ses:outgoing-ip': [thisMachine] } };
}

interface Told {
  /** Milliseconds since 1970. */
  now: number;
  sentAt: number;
  region: string;
}

type Fate = Omit<SendingEvent, 'mail'>;
type Tell = (address: string, told: Told) => Fate;

const delivered: Tell = (address, { now, sentAt, region }) => ({
  eventType: 'Delivery',
  delivery: {
    timestamp: timestamp(now),
    processingTimeMillis: now - sentAt,
    recipients: [address],
    smtpResponse: '250 2.6.0 Message received',
    reportingMTA: senderOf(region),
  },
});

const unknownUser: Tell = (emailAddress, told) => {
  const report = { action: 'failed', status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' };
  return bounce('Permanent', 'General', { emailAddress, ...report }, told, `dsn; ${senderOf(told.region)}`);
};

const suppressed: Tell = (emailAddress, told) => {
  const diagnosticCode =
    'Amazon SES has suppressed sending to this address because it has a recent history of bouncing as an invalid address.';
  const report = { action: 'failed', status: '5.1.1', diagnosticCode };
  return bounce('Permanent', 'Suppressed', { emailAddress, ...report }, told, 'dns; amazonses.com');
};

/** The automatic answer goes to the envelope sender, that is to SES, which tells of it as a bounce without a report. */
const outOfOffice: Tell = (emailAddress, told) => bounce('Transient', 'General', { emailAddress }, told);

const complaint: Tell = (emailAddress, { now }) => ({
  eventType: 'Complaint',
  complaint: {
    complainedRecipients: [{ emailAddress }],
    timestamp: timestamp(now),
    feedbackId: feedbackId(now),
    complaintSubType: null,
    userAgent: 'Amazon SES Mailbox Simulator',
    complaintFeedbackType: 'abuse',
    arrivalDate: timestamp(now),
  },
});

function bounce(bounceType: string, bounceSubType: string, recipient: object, { now }: Told, reportingMTA?: string) {
  const told = { timestamp: timestamp(now), feedbackId: feedbackId(now), reportingMTA };
  const detail = { bounceType, bounceSubType, bouncedRecipients: [recipient], ...told };
  return { eventType: 'Bounce' as const, bounce: detail };
}

/** The addresses of the mailbox simulator, by local part; `bounce+label@` is one of them too. */
const simulator: Record<string, Tell[]> = {
  success: [delivered],
  bounce: [unknownUser],
  ooto: [delivered, outOfOffice],
  complaint: [delivered, complaint],
  suppressionlist: [suppressed],
};

function fateOf(address: string): Tell[] {
  const [, name = ''] = /^([a-z]+)(?:\+[^@]*)?@simulator\.amazonses\.com$/i.exec(address) ?? [];
  return simulator[name.toLowerCase()] ?? [delivered];
}

const timestamp = (now: number) => new Date(now).toISOString();

const senderOf = (region: string) => `a8-96.smtp-out.${region === 'us-east-1' ? '' : `${region}.`}amazonses.com`;

/** Made like the ids of messages. */
const feedbackId = (now: number) => `0100${now.toString(16).padStart(12, '0')}-${randomUUID()}-000000`;
