import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type AddressObject, type EmailAddress, MailParser } from 'mailparser';
import { mendLineEnds } from './line-ends.ts';
import { stripTraceHeaders, type Trace } from './trace-headers.ts';

/** A mail as the sender wrote it, without SES's own headers. Attachments are counted, not kept: memory stays flat. */
export interface InboundMail extends Trace {
  /** Addresses of the From field or fields, as written. */
  from: string[];
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
  /** A sentence when the parser gave up before the end: what was read until then is here. */
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
  const { stream: strip, trace } = stripTraceHeaders();
  const parser = new MailParser({
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipTextLinks: true,
    skipImageLinks: true,
  });
  const mail = emptyMail();
  collect(parser, mail);
  try {
    await pipeline(raw, strip, mendLineEnds(), parser);
  } catch (error) {
    if (raw.errored) throw raw.errored;
    mail.incomplete = `The mail could be read only in part: ${error instanceof Error ? error.message : error}.`;
  }
  return { ...mail, ...trace() };
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
    mail.subject = textOf(headers.get('subject'));
    mail.messageId = textOf(headers.get('message-id')) || undefined;
    mail.inReplyTo = textOf(headers.get('in-reply-to')) || undefined;
    mail.references = [headers.get('references') ?? []].flat().map(String);
  });
  parser.on('headerLines', (lines) => {
    for (const { key, line } of lines) addHeader(mail.headers, key, line);
    mail.fromFields = mail.headers.get('from')?.length ?? 0;
  });
  parser.on('data', (part) => {
    if (part.type === 'text') {
      mail.text = (part.text ?? '').slice(0, textLimit);
      mail.html = (part.html || '').slice(0, textLimit);
      return;
    }
    const attachment: Attachment = {
      filename: part.filename,
      contentType: part.contentType,
      inline: part.related === true || part.contentDisposition === 'inline',
      size: 0,
    };
    mail.attachments.push(attachment);
    part.content.on('data', (bytes: Buffer) => {
      attachment.size += bytes.length;
    });
    part.content.on('end', () => part.release());
  });
}

const textLimit = 256 * 1024;

function addHeader(headers: Map<string, string[]>, name: string, line: string) {
  const body = line
    .slice(line.indexOf(':') + 1)
    .replace(/\r?\n([ \t])/g, '$1')
    .trim();
  headers.set(name, [...(headers.get(name) ?? []), body]);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const addressesOf = (field: AddressObject | undefined): string[] =>
  (field?.value ?? [])
    .flatMap((entry: EmailAddress) => [entry, ...(entry.group ?? [])])
    .flatMap(({ address }) => address || []);
