import addressparser from 'nodemailer/lib/addressparser/index.js';
import type { Verdicts } from './authentication-results.ts';
import { type Field, readFields } from './message-headers.ts';
import type { Matched } from './receipt-rules.ts';
import type { Arrival } from './receiving.ts';

/** One arrival under one rule. */
export interface Delivery extends Matched {
  messageId: string;
  /** Of the stored object. */
  key: string;
  arrival: Arrival;
  verdicts: Verdicts;
  /** Milliseconds since 1970. */
  started: number;
}

/** SES cuts the list of header fields here, in bytes. */
const headersLimit = 10 * 1024;

/**
 * The notification of a rule's S3 action. Source: Amazon SES Developer Guide, "Contents of notifications for Amazon
 * SES email receiving".
 */
export function notificationOf(delivery: Delivery, head: Buffer) {
  const { messageId, key, arrival, recipients, rule, verdicts, started } = delivery;
  const { headers, headersTruncated } = cutHeaders(readFields(head));
  const status = (name: 'spf' | 'dkim' | 'dmarc' | 'spam' | 'virus') => ({ status: verdicts[name] });
  const { bucket, prefix, topicArn } = rule.s3;
  const timestamp = new Date(started).toISOString();
  return {
    notificationType: 'Received',
    mail: {
      timestamp,
      source: arrival.mailFrom,
      messageId,
      destination: arrival.recipients,
      headersTruncated,
      headers,
      commonHeaders: commonHeaders(headers),
    },
    receipt: {
      timestamp,
      processingTimeMillis: Date.now() - started,
      recipients,
      spamVerdict: status('spam'),
      virusVerdict: status('virus'),
      spfVerdict: status('spf'),
      dkimVerdict: status('dkim'),
      dmarcVerdict: status('dmarc'),
      ...(verdicts.dmarcPolicy && { dmarcPolicy: verdicts.dmarcPolicy }),
      action: { type: 'S3', topicArn, bucketName: bucket, objectKeyPrefix: prefix, objectKey: key },
    },
  };
}

/** The fields up to SES's limit, in order. */
export function cutHeaders(fields: Field[]): { headers: Field[]; headersTruncated: boolean } {
  let size = 0;
  const headers = fields.filter(({ name, value }) => {
    size += Buffer.byteLength(name) + Buffer.byteLength(value) + 4;
    return size <= headersLimit;
  });
  return { headers, headersTruncated: headers.length < fields.length };
}

/** The fields that every reader looks for, by SES's names. */
export function commonHeaders(headers: Field[]) {
  const first = (name: string) => headers.find((field) => field.name.toLowerCase() === name)?.value;
  const list = (name: string) => first(name) && { [name]: addressparser(first(name), { flatten: true }).map(mailbox) };
  return {
    returnPath: first('return-path')?.replace(/^<(.*)>$/, '$1'),
    ...list('from'),
    ...list('to'),
    ...list('cc'),
    date: first('date'),
    messageId: first('message-id'),
    subject: first('subject'),
  };
}

const mailbox = ({ name, address }: { name: string; address: string }) => (name ? `${name} <${address}>` : address);
