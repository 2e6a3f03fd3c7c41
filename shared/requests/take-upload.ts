import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { s3 } from '../aws.ts';
import { env } from '../env.ts';
import { errorName, InvalidInput } from '../errors.ts';
import { getMembers } from '../members/directory.ts';
import type { Member } from '../members/member.ts';
import { effects } from './effects.ts';
import type { Decision, Person, WrittenRequest } from './request.ts';
import { type ScanFile, takeFiles } from './scan-arrival.ts';
import { mostScans } from './scan-attachments.ts';

/** A letter, a fax on paper or anything else in writing, uploaded at the desk. */
export interface Upload {
  /** Made with the form, at random. The same files of it are the same request, however often they are sent. */
  nonce: string;
  at: string;
  by: Person;
  channel: 'letter' | 'fax' | 'other';
  /** `YYYY-MM-DD`: the postmark, which starts the clock. */
  writtenOn?: string;
  /** In the order of the pages, each under `uploadPrefix(nonce)` in the scans bucket. */
  files: { key: string; name: string; bytes: number }[];
  /** Whose letter it is, where the person who uploads it knows: then the images are held at once. */
  memberId?: string;
  words?: string;
}

/** Where the files of an upload lie in the scans bucket. */
export const uploadPrefix = (nonce: string): string => `scans/uploads/${nonce}/`;

/**
 * Takes an upload in: records the request, applies it, and has its files read. May be called again for the same upload.
 * Throws InvalidInput with a sentence for the person who uploads.
 */
export async function takeUpload(upload: Upload): Promise<WrittenRequest> {
  const receivedAt = receivedAtOf(upload);
  checkFiles(upload);
  const [files, members] = await Promise.all([Promise.all(upload.files.map(arrived)), membersOf(upload)]);
  return takeFiles({
    // The files alone: a form that is sent twice may tell another time or order, and one form may bring several letters.
    identity: ['upload', ...upload.files.map(({ key }) => key).sort()].join(' '),
    bucket: env('scansBucket'),
    files,
    channel: upload.channel,
    receivedAt,
    decision: decisionOn(upload, members),
    memberIds: members.map(({ memberId }) => memberId),
    subject: files.map(({ name }) => name).join(', '),
  });
}

const decisionOn = ({ channel, by, words, writtenOn }: Upload, members: Member[]): Decision => ({
  state: 'review',
  rule: `uploaded-${channel}`,
  reason:
    `${names[channel]} was uploaded${writtenOn ? `, ${channel === 'letter' ? 'postmarked' : 'of'} ${writtenOn}` : ''}: its pages are read, and a person decides` +
    (members.length > 0 ? '; until then the images of the member who was named are not used.' : '.'),
  effects: effects('hold', members),
  answers: [],
  by,
  words: words?.trim().slice(0, longestWords).toWellFormed() || undefined,
});

const names = { letter: 'A letter', fax: 'A fax', other: 'A request in writing' };

/** Characters, as of all that people write into the history. */
const longestWords = 2_000;

/** Noon in UTC is that day in nearly every zone. A postmark cannot be of a day to come. */
function receivedAtOf({ writtenOn, at }: Upload): string {
  if (!writtenOn) return at;
  const noon = `${writtenOn}T12:00:00.000Z`;
  const isDay = /^\d{4}-\d\d-\d\d$/.test(writtenOn) && new Date(noon).toJSON() === noon;
  if (!isDay) throw new InvalidInput(`"${writtenOn}" is no date: write it as 2026-01-31.`);
  // A day ahead of UTC it may be tomorrow already.
  if (Date.parse(noon) > Date.parse(at) + aDay)
    throw new InvalidInput(`${writtenOn} has not come yet: look at the postmark again.`);
  if (Date.parse(noon) < Date.parse(at) - 10 * 366 * aDay)
    throw new InvalidInput(`${writtenOn} is more than ten years ago: look at the postmark again.`);
  return noon < at ? noon : at;
}

const aDay = 86_400_000;

function checkFiles({ nonce, files }: Upload): void {
  if (!/^[\w-]{16,80}$/.test(nonce)) throw new InvalidInput('The upload has no valid number: open the page again.');
  if (files.length === 0) throw new InvalidInput('There is no file: choose at least one.');
  if (files.length > mostScans)
    throw new InvalidInput(`There are ${files.length} files: upload at most ${mostScans} as one request.`);
  const keys = files.map(({ key }) => key);
  if (new Set(keys).size < keys.length) throw new InvalidInput('One file is named twice: upload again.');
  if (!keys.every((key) => key.startsWith(uploadPrefix(nonce))))
    throw new InvalidInput('A file belongs to another upload: open the page again.');
}

/**
 * The file as it is in the bucket: its size is what S3 says, not what the browser said. Its version is noted, because
 * whoever has the permit may upload another file under the same key before this one is copied.
 */
async function arrived({ key, name }: Upload['files'][number]): Promise<ScanFile> {
  try {
    const file = await s3().send(new HeadObjectCommand({ Bucket: env('scansBucket'), Key: key }));
    return { key, name, bytes: file.ContentLength ?? 0, version: file.VersionId };
  } catch (error) {
    if (errorName(error) === 'NotFound') throw new InvalidInput(`"${name}" did not arrive: upload it again.`);
    throw error;
  }
}

async function membersOf({ memberId }: Upload): Promise<Member[]> {
  if (!memberId) return [];
  const members = await getMembers([memberId]);
  if (members.length === 0) throw new InvalidInput('The member who was named is not in the directory any more.');
  return members;
}
