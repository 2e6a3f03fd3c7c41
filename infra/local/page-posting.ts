import type { IncomingMessage } from 'node:http';
import addressparser from 'nodemailer/lib/addressparser/index.js';
import type { Door } from './mail-door.ts';
import { bodyOffset, readFields } from './message-headers.ts';
import { Refusal, readBody } from './page-requests.ts';
import type { Scheduler } from './scheduler.ts';
import type { Forced } from './verdicts.ts';

/** A mail as it is typed. */
export interface Typed {
  from: string;
  to: string;
  subject: string;
  text: string;
}

/** What SES takes in: 40 MB. */
const largestMail = 40 * 1024 * 1024;

export interface PostingParts {
  /** `smtp://127.0.0.1:PORT` */
  addresses: { smtp: string };
  receive: Door['receive'];
  runSchedule: Scheduler['run'];
}

/** What the page does: sends what was typed by SMTP, hands saved mail to the receipt rules, runs what the clock runs. */
export function openPosting({ addresses, receive, runSchedule }: PostingParts) {
  return {
    async send(request: IncomingMessage) {
      return sendBySmtp(readTyped(await readBody(request, 1024 * 1024)), addresses.smtp);
    },

    /** Body: the .eml. Query: `recipient`, `times` (1 or 2), and a status for any of spf, dkim, dmarc, spam, virus. */
    async replay(request: IncomingMessage, query: URLSearchParams) {
      const recipients = addressesIn(query.get('recipient') ?? '');
      if (recipients.length === 0) throw new Refusal(422, 'Say which of our addresses the mail came to.');
      const raw = await readBody(request, largestMail);
      if (raw.length === 0) throw new Refusal(422, 'The file is empty: choose a mail saved as .eml.');
      const mailFrom = senderOf(raw);
      const client = { remoteAddress: '127.0.0.1', helo: 'localhost' };
      const times = query.get('times') === '2' ? 2 : 1;
      for (let time = 0; time < times; time += 1) {
        await receive({ mailFrom, recipients, ...client, raw: [raw], verdicts: verdictsIn(query) });
      }
      return { delivered: times, mailFrom };
    },

    /** Runs the function of a schedule to its end. */
    async run(schedule: string) {
      const outcome = await runSchedule(schedule);
      if (!outcome.ok) throw new Refusal(502, `The function failed: ${outcome.error}`);
      return { ran: schedule };
    },
  };
}

function readTyped(body: Buffer): Typed {
  try {
    const { from, to, subject, text } = JSON.parse(body.toString());
    if ([from, to, subject, text].every((value) => typeof value === 'string')) return { from, to, subject, text };
  } catch {}
  throw new Refusal(400, 'A mail needs from, to, subject and text, as JSON.');
}

async function sendBySmtp({ from, to, subject, text }: Typed, address: string) {
  if (addressesIn(from).length !== 1) throw new Refusal(422, 'From needs one address, such as anna@example.org.');
  if (addressesIn(to).length === 0) throw new Refusal(422, 'To needs an address.');
  const { createTransport } = await import('nodemailer');
  // The certificate of the local port is made by itself on the spot.
  const transport = createTransport({ url: address, tls: { rejectUnauthorized: false } });
  try {
    const { response, messageId } = await transport.sendMail({ from, to, subject, text });
    return { response, messageId };
  } catch (error) {
    throw new Refusal(422, refusalSentence(error as SmtpFailure, address));
  } finally {
    transport.close();
  }
}

interface SmtpFailure extends Error {
  /** What the server said. */
  response?: string;
}

function refusalSentence({ response, message }: SmtpFailure, address: string): string {
  if (response) return `The SMTP server refused the mail: ${response}`;
  return `The mail did not reach ${address}: ${message}`;
}

function addressesIn(text: string): string[] {
  return addressparser(text, { flatten: true }).flatMap(({ address }) => (address?.includes('@') ? [address] : []));
}

/** The envelope sender of a saved mail: what its own delivery noted, else its From. */
function senderOf(raw: Buffer): string {
  const fields = readFields(raw.subarray(0, bodyOffset(raw)));
  const value = (name: string) => fields.find((field) => field.name.toLowerCase() === name)?.value;
  const noted = value('return-path');
  if (noted?.trim() === '<>') return '';
  return addressesIn(noted ?? value('from') ?? '')[0] ?? '';
}

function verdictsIn(query: URLSearchParams): Forced {
  const names = ['spf', 'dkim', 'dmarc', 'spam', 'virus'] as const;
  const forced: Forced = {};
  for (const name of names) {
    const status = query.get(name);
    if (status === 'PASS' || status === 'GRAY' || status === 'FAIL') forced[name] = status;
  }
  return forced;
}
