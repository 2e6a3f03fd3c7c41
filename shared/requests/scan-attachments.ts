import type { Attachment } from '../mail/parse.ts';
import type { Recipient } from './recipient.ts';
import type { Scan } from './request.ts';

/** The attachments that are paper made into files, as scans that wait to be read: at most twenty. */
export const scansIn = (
  attachments: readonly Attachment[],
  role: Recipient['role'],
  { reply, after = 0 }: { reply?: string; after?: number } = {},
): Scan[] =>
  attachments
    .flatMap((attachment, place) => ((role === 'fax' ? isPaperOfFax : isScan)(attachment) ? { attachment, place } : []))
    .slice(0, Math.max(0, mostScans - after))
    .map(({ attachment: { filename, size }, place }, number) => ({
      scanId: `${after + number + 1}`,
      name: nameOf(filename, place),
      bytes: size,
      state: 'waiting',
      pagesRead: 0,
      from: { attachment: place, reply },
    }));

/** Of one request: more would take a quarter of an hour to read and leave no room in its item. */
export const mostScans = 20;

/** PDF, TIFF or a picture, sent along rather than shown within the text, and larger than a logo. */
export const isScan = (attachment: Attachment): boolean =>
  !attachment.inline && attachment.size > largestLogo && looksLikeScan(attachment);

const looksLikeScan = ({ contentType, filename = '' }: Attachment): boolean =>
  /^(application\/pdf|image\/(tiff|jpe?g|png|hei[cf]))$/i.test(contentType) ||
  /\.(pdf|tiff?|jpe?g|png|hei[cf])$/i.test(filename);

/**
 * A page of a fax may be smaller than a logo, and gateways call it what they like. Read is what it is; what is not paper
 * at all says so in a sentence.
 */
const isPaperOfFax = (attachment: Attachment): boolean =>
  looksLikeScan(attachment) ? !attachment.inline || attachment.size > largestLogo : isUntyped(attachment);

const isUntyped = ({ contentType }: Attachment): boolean => !/^(text|message|multipart)\//i.test(contentType);

/** Bytes. */
const largestLogo = 20_000;

/** As people may read it, not as a path: at most so many characters. */
export const nameOf = (name: string | undefined, place: number): string =>
  (name ?? '')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .slice(0, 120)
    .toWellFormed()
    .trim() || `file ${place + 1}`;
