import type { Readable } from 'node:stream';
import type { AddressObject, EmailAddress, MailParser } from 'mailparser';
import addressparser from 'nodemailer/lib/addressparser';
import { boundedParser } from './bounded-parser.ts';
import { mendLineEnds } from './line-ends.ts';
import { stripTraceHeaders, type Trace } from './trace-headers.ts';

/** A mail as the sender wrote it, without SES's own headers. Attachments are counted, not kept: memory stays flat. */
export interface InboundMail extends Trace {
  /** Addresses of the From field or fields, as written. */
  from: string[];
  /** The name beside the first of them, decoded. Anybody can write any name. */
  senderName?: string;
  /** How many From fields there are: RFC 5322 section 3.6 allows exactly one. */
  fromFields: number;
  /** Decoded subject (RFC 2047); empty when there is none. */
  subject: string;
  messageId?: string;
  references: string[];
  inReplyTo?: string;
  /** Field bodies by lower-case name, unfolded and not decoded, in order of appearance. */
  headers: Map<string, string[]>;
  /** Text of the text/plain parts, and the HTML of the text/html parts; each cut at 256 KB. */
  text: string;
  html: string;
  attachments: Attachment[];
  /** A sentence when the mail was not read to its end, and why: what was read until then is here. */
  incomplete?: string;
}

export interface Attachment {
  filename?: string;
  contentType: string;
  /** Shown within the text (a logo in a signature) rather than sent along with it. */
  inline: boolean;
  /** Decoded size in bytes. */
  size: number;
}

/** Reads a raw mail as a stream. Whatever the bytes are, it returns a mail; only a failing source stream throws. */
export async function parseMail(raw: Readable): Promise<InboundMail> {
  const top = stripTraceHeaders();
  const ends = mendLineEnds();
  const bounded = boundedParser();
  const mail = emptyMail();
  collect(bounded.parser, mail);
  for await (const chunk of raw) {
    const bytes = top.take(chunk);
    if (!bounded.isOver()) await bounded.take(ends.take(bytes));
  }
  await bounded.take(ends.take(top.rest()));
  await bounded.end();

  for (const { key, line } of bounded.headerLines()) addHeader(mail.headers, key, line);
  const fromFields = mail.headers.get('from') ?? [];
  mail.fromFields = fromFields.length;
  // The parser tells the last field only.
  if (fromFields.length > 1) mail.from = addressesIn(fromFields.flatMap((field) => addressparser(field)));
  for (const [index, size] of bounded.sizes().entries())
    if (mail.attachments[index]) mail.attachments[index].size = size;
  const left = bounded.leftOut();
  if (left.length > 0) mail.incomplete = `The mail was read only in part: ${left.join(', and ')}.`;
  const trace = top.trace();
  // SES judged these bytes with other line ends, and may have seen another sender in them.
  if (ends.mended()) trace.authenticationResults = undefined;
  return { ...mail, ...trace };
}

const emptyMail = (): Omit<InboundMail, keyof Trace> => ({
  from: [],
  fromFields: 0,
  subject: '',
  references: [],
  headers: new Map(),
  text: '',
  html: '',
  attachments: [],
});

function collect(parser: MailParser, mail: Omit<InboundMail, keyof Trace>) {
  parser.on('headers', (headers) => {
    mail.from = addressesOf(headers.get('from') as AddressObject | undefined);
    mail.senderName =
      (headers.get('from') as AddressObject | undefined)?.value[0]?.name?.slice(0, longestName) || undefined;
    mail.subject = textOf(headers.get('subject'));
    mail.messageId = textOf(headers.get('message-id')) || undefined;
    mail.inReplyTo = textOf(headers.get('in-reply-to')) || undefined;
    mail.references = [headers.get('references') ?? []].flat().map(String);
  });
  parser.on('data', (part) => {
    if (part.type === 'text') {
      mail.text = (part.text ?? '').slice(0, textLimit);
      mail.html = (part.html || '').slice(0, textLimit);
      return;
    }
    mail.attachments.push({
      filename: part.filename?.slice(0, longestName).toWellFormed(),
      // Empty where the field is: then nobody knows what it is (RFC 2046 section 4.5.1).
      contentType: (part.contentType || 'application/octet-stream').slice(0, longestType),
      inline: part.related === true || part.contentDisposition === 'inline',
      size: 0,
    });
    part.release();
  });
}

/** Characters. */
const textLimit = 256 * 1024;
const longestName = 255;
const longestType = 100;

function addHeader(headers: Map<string, string[]>, name: string, line: string) {
  const body = line
    .slice(line.indexOf(':') + 1)
    .replace(/\r?\n([ \t])/g, '$1')
    .trim();
  const bodies = headers.get(name);
  if (bodies) bodies.push(body);
  else headers.set(name, [body]);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const addressesOf = (field: AddressObject | undefined): string[] => addressesIn(field?.value ?? []);

/** Neither so many nor so long that they could cost time; never fewer than two where there are two. */
const addressesIn = (entries: EmailAddress[]): string[] =>
  entries
    .flatMap((entry) => [entry, ...(entry.group ?? [])])
    .flatMap(({ address }) => address?.slice(0, longestAddress) || [])
    .slice(0, mostAddresses);

/** Characters. RFC 5321 section 4.5.3.1.3 allows 254; what is cut here is no address. */
const longestAddress = 1_000;
const mostAddresses = 100;
