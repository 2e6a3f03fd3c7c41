import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import type { Bodies } from './bodies.ts';
import { openCertificate } from './certificate.ts';
import type { ReceiptPlan } from './plan.ts';
import { matchRules } from './receipt-rules.ts';
import type { Receive } from './receiving.ts';

export interface SmtpOptions {
  port: number;
  /** Keeps the STARTTLS key. */
  dir: string;
  region: string;
  receipt: ReceiptPlan;
  activeRuleSet(): string | undefined;
  /** Where a mail lies while it is being received. */
  bodies: Bodies;
  receive: Receive;
  /** Milliseconds without a byte from a client that owes us one. */
  idleTimeout?: number;
  /** Milliseconds for a whole message, so that a client cannot send a byte a minute for ever. */
  messageTimeout?: number;
}

export interface Smtp {
  port: number;
  /** Ends idle connections at once and gives others a moment to finish. */
  close(): Promise<void>;
}

/** The limit of SES for mail that a rule stores in S3. */
const sizeLimit = 40 * 1024 * 1024;

/**
 * The door of SES: takes a mail only for addresses that a receipt rule of the active set names, and says 250 only when
 * the mail is stored and the notification is on its way. Anything that goes wrong behind the door is a 451, so the
 * client keeps the mail and tries again.
 */
export async function openSmtp(options: SmtpOptions): Promise<Smtp> {
  const name = `inbound-smtp.${options.region}.amazonaws.com`;
  const server = new SMTPServer({
    name,
    ...openCertificate(options.dir, name),
    size: sizeLimit,
    rejectOversized: true,
    socketTimeout: options.idleTimeout ?? 60_000,
    closeTimeout: 2_000,
    disabledCommands: ['AUTH'],
    disableReverseLookup: true,
    maxRecipients: 100,
    ...handlersOf(options),
  });
  // A client that goes away in the middle of a handshake or a mail is its own affair: it has no 250.
  server.on('error', () => {});
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

function handlersOf(options: SmtpOptions): SMTPServerOptions {
  return {
    onRcptTo({ address }, { secure }, done) {
      const [matched] = matchRules(options.receipt, options.activeRuleSet(), [address]);
      if (!matched)
        done(refusal(550, 'Requested action not taken: mailbox unavailable, no active receipt rule takes it'));
      else if (matched.rule.tlsRequired && !secure) done(refusal(530, 'Must issue a STARTTLS command first'));
      else done();
    },
    onData(stream, session, done) {
      accept(options, stream, session).then(
        (messageId) => done(null, `OK ${messageId}`),
        (error) => done(error),
      );
    },
  };
}

/** Resolves to the message id of SES, rejects with the reply. */
async function accept(options: SmtpOptions, stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string> {
  const tooSlow = refusal(421, 'Timeout: the message took too long');
  const timer = setTimeout(() => stream.destroy(tooSlow), options.messageTimeout ?? 600_000);
  try {
    const message = await options.bodies.keep(withinLimit(stream)).finally(() => clearTimeout(timer));
    const received = stream.sizeExceeded ? undefined : options.receive({ ...envelopeOf(session), message });
    return await Promise.resolve(received)
      .then((mail) => mail?.messageId ?? 'too large')
      .finally(() => options.bodies.discard(message));
  } catch (error) {
    if (error instanceof Error && 'responseCode' in error) throw error;
    throw refusal(451, `Requested action aborted: local error in processing: ${(error as Error).message}`);
  }
}

/** Reads on to the end of a message that is too large, for the reply comes there; smtp-server says 552 by itself. */
async function* withinLimit(stream: SMTPServerDataStream): AsyncGenerator<Buffer> {
  for await (const chunk of stream) if (!stream.sizeExceeded) yield chunk;
}

function envelopeOf({ envelope, hostNameAppearsAs, remoteAddress }: SMTPServerSession) {
  return {
    mailFrom: envelope.mailFrom ? envelope.mailFrom.address : '',
    recipients: envelope.rcptTo.map(({ address }) => address),
    helo: hostNameAppearsAs,
    remoteAddress,
  };
}

const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode });
