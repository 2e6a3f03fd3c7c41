import { InvalidInput } from '../errors.ts';

/**
 * What SES says of a mail that it received: the verdicts, the envelope and where the bytes are. It comes from SES
 * through SNS, so it is trusted where the mail's own headers are not.
 *
 * Source: Amazon SES Developer Guide, "Contents of notifications for Amazon SES email receiving".
 */
export interface ReceivedNotification {
  /** SES's own id of the arrival. Not the Message-ID header. */
  sesMessageId: string;
  receivedAt: string;
  /** Envelope sender (RFC 5321 reverse-path); empty for a bounce. */
  envelopeFrom: string;
  /** Envelope recipients that our receipt rule matched. */
  recipients: string[];
  verdicts: Verdicts;
  bucket: string;
  key: string;
}

export type Verdict = 'PASS' | 'FAIL' | 'GRAY' | 'PROCESSING_FAILED';

export interface Verdicts {
  spf?: Verdict;
  dkim?: Verdict;
  dmarc?: Verdict;
  spam?: Verdict;
  virus?: Verdict;
}

/**
 * Reads the body of a queue message. Undefined for the plain-text test that SES posts to a new topic.
 * Throws InvalidInput for what is no notification of a stored mail.
 */
export function readNotification(body: string): ReceivedNotification | undefined {
  if (!body.startsWith('{')) return undefined;
  const { notificationType, receipt, mail } = parseJson(body);
  if (notificationType !== 'Received') throw new InvalidInput(`"${notificationType}" is not a receipt notification`);
  if (receipt?.action?.type !== 'S3')
    throw new InvalidInput('the notification names no stored mail: the receipt rule needs an S3 action');
  return {
    sesMessageId: String(mail.messageId),
    receivedAt: new Date(receipt.timestamp ?? mail.timestamp).toISOString(),
    envelopeFrom: bare(String(mail.source ?? '')),
    recipients: (receipt.recipients ?? []).map(String),
    verdicts: {
      spf: receipt.spfVerdict?.status,
      dkim: receipt.dkimVerdict?.status,
      dmarc: receipt.dmarcVerdict?.status,
      spam: receipt.spamVerdict?.status,
      virus: receipt.virusVerdict?.status,
    },
    bucket: receipt.action.bucketName,
    key: receipt.action.objectKey,
  };
}

function parseJson(body: string) {
  try {
    return JSON.parse(body);
  } catch {
    throw new InvalidInput('the message is not JSON');
  }
}

/** A null reverse-path is written `<>` in some deliveries and left empty in others. */
const bare = (address: string) => address.replace(/^<(.*)>$/, '$1').trim();
