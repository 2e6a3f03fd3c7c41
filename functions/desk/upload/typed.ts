import { mostScans } from '../../../shared/requests/scan-attachments.ts';
import { type Upload, uploadPrefix } from '../../../shared/requests/take-upload.ts';
import type { Fault } from '../views/messages.tsx';
import { tidyName } from './offer.ts';

/** The form as it was filled in: nothing of it is taken for granted, and all of it can be shown again. */
export interface Typed {
  /** One for each time that the page is opened. */
  nonce: string;
  channel: string;
  writtenOn: string;
  /** Who it is from, as far as the paper says. */
  who: string;
  words: string;
  /** Each file is a letter of its own. */
  apart: boolean;
  /** What has arrived in the bucket, in the order of the pages. Undefined for an entry that cannot be read. */
  files: (UploadedFile | undefined)[];
}

export type UploadedFile = Upload['files'][number];

export const mostFiles = mostScans;
export const channels = ['letter', 'fax', 'other'] as const;
export const longest = { who: 200, words: 1_700 };

export const isNonce = (text: unknown): text is string => typeof text === 'string' && /^[\w-]{16,80}$/.test(text);

export function readTyped(form: URLSearchParams): Typed {
  const text = (name: string) => (form.get(name) ?? '').toWellFormed().trim();
  return {
    nonce: text('nonce'),
    channel: text('channel'),
    writtenOn: text('writtenOn'),
    who: text('who').replace(/\s+/g, ' '),
    words: text('words').replace(/\r\n?/g, '\n'),
    apart: text('arrangement') === 'apart',
    files: form.getAll('file').map(readFile),
  };
}

function readFile(text: string): UploadedFile | undefined {
  try {
    const { key, name, bytes } = JSON.parse(text);
    const isFile = typeof key === 'string' && typeof name === 'string' && Number.isSafeInteger(bytes) && bytes >= 0;
    return isFile ? { key, name: tidyName(name), bytes } : undefined;
  } catch {
    return undefined;
  }
}

/** What has to be mended before the form can be taken, in the order of the page. */
export function faultsOf(typed: Typed, at: string): Fault[] {
  return [
    faultOfFiles(typed),
    faultOfChannel(typed),
    faultOfDay(typed, at),
    tooLong('who', typed.who),
    tooLong('words', typed.words),
  ].filter((fault) => fault !== undefined);
}

function faultOfFiles({ nonce, files }: Typed): Fault | undefined {
  const keys = files.map((file) => file?.key ?? '');
  const field = 'files';
  if (files.length === 0) return { field, sentence: 'There is no file yet: choose at least one.' };
  if (files.length > mostFiles) {
    const sentence = `These are ${files.length} files, and ${mostFiles} can be sent at once: remove some, and send them after these.`;
    return { field, sentence };
  }
  const areOurs = isNonce(nonce) && keys.every((key) => key.startsWith(uploadPrefix(nonce)));
  if (areOurs && new Set(keys).size === keys.length) return undefined;
  return { field, sentence: 'A file does not belong to this form: open the page again and choose the files again.' };
}

function faultOfChannel({ channel }: Typed): Fault | undefined {
  const isKnown = channels.some((known) => known === channel);
  return isKnown ? undefined : { field: 'channel', sentence: 'Say how it came: as a letter, as a fax, or otherwise.' };
}

/** Somewhere it is tomorrow already: 14 hours ahead of UTC at most. */
function faultOfDay({ writtenOn: day, channel }: Typed, at: string): Fault | undefined {
  const field = 'writtenOn';
  const newest = new Date(Date.parse(at) + 14 * 3_600_000).toISOString().slice(0, 10);
  const oldest = `${Number(newest.slice(0, 4)) - 10}${newest.slice(4)}`;
  // What is no letter came today, where nothing else is said.
  if (!day && channel !== 'letter') return undefined;
  if (!day) return { field, sentence: 'Enter the day of the postmark, or the day on which the letter came.' };
  if (!isDay(day)) return { field, sentence: `"${day.slice(0, 40)}" is no date: write it as ${newest}.` };
  if (day > newest) return { field, sentence: `${day} has not come yet: look at the postmark again.` };
  if (day < oldest) return { field, sentence: `${day} is more than ten years ago: look at the postmark again.` };
  return undefined;
}

function isDay(text: string): boolean {
  const noon = `${text}T12:00:00.000Z`;
  return /^\d{4}-\d\d-\d\d$/.test(text) && new Date(noon).toJSON() === noon;
}

function tooLong(field: keyof typeof longest, text: string): Fault | undefined {
  const most = longest[field];
  if (text.length <= most) return undefined;
  return { field, sentence: `This has ${text.length} characters, and ${most} fit: shorten it.` };
}
