import { randomBytes } from 'node:crypto';

/**
 * A file that is made on request: long work of the desk runs as a job, since a page has 30 seconds and 6 MB (limits of
 * the HTTP API and of a Lambda's answer). It and its file are gone after seven days.
 */
export interface Export {
  exportId: string;
  kind: ExportKind;
  /** What it is about: the request of a dossier, the notice of a proof, the upload of a CSV. */
  subject: string;
  params?: Record<string, string>;
  /** Who started it, and when. */
  by: { id: string; name: string };
  at: string;
  state: 'queued' | 'running' | 'done' | 'failed';
  /** How far it is, in steps of its own kind. `total` is 0 until it is known. */
  done: number;
  total: number;
  /** Why it failed. */
  sentence?: string;
  /** It would fail in the same way again, so nobody tries. */
  final?: boolean;
  /** When it last gave a sign of life. */
  updatedAt: string;
  file?: ExportFile;
  /** What its maker says of the file. */
  said?: string;
}

export interface ExportFile {
  name: string;
  contentType: string;
  bytes: number;
  /** Of the whole file, in hex. */
  sha256: string;
}

/** What can be exported, in steps of what, by whom, and what its subject looks like. */
export const exportKinds = {
  dossier: {
    words: 'Dossier',
    counts: 'objects',
    groups: ['reviewer', 'officer'],
    subject: /^W(-[0-9A-HJKMNP-TV-Z]{4}){4}$/,
  },
  // Its params: name, campaign, contact.
  'clearance-csv': {
    words: 'Clearance',
    counts: 'bytes',
    groups: ['marketing'],
    subject: /^uploads\/[0-9a-f-]{36}$/,
  },
  // Its params: day, for the nightly one.
  'do-not-use': {
    words: 'Do-not-use list',
    counts: 'entries',
    groups: ['marketing', 'officer'],
    subject: /^now$/,
  },
  // Plain for our own tools, hashed for partners.
  suppression: {
    words: 'Suppression list',
    counts: 'addresses',
    groups: ['marketing', 'officer'],
    subject: /^(plain|hashed)$/,
  },
  'notice-proof': {
    words: 'Proof',
    counts: 'members',
    groups: ['officer'],
    subject: /^N(-[0-9A-HJKMNP-TV-Z]{4}){2}$/,
  },
} as const satisfies Record<string, { words: string; counts: string; groups: readonly string[]; subject: RegExp }>;

export type ExportKind = keyof typeof exportKinds;

export const isExportKind = (kind: string): kind is ExportKind => Object.hasOwn(exportKinds, kind);

/** Whether somebody in these groups may start an export of this kind, watch it and fetch its file. */
export const mayExport = (kind: ExportKind, groups: readonly string[]): boolean =>
  exportKinds[kind].groups.some((group) => groups.includes(group));

/**
 * Where a job stands for whoever waits for it. The process that makes a file can end without a word (out of memory, out
 * of time): then its last sign of life is older than it may run.
 */
export function standingOf(job: Export, at: string): 'waiting' | 'done' | 'failed' | 'silent' {
  if (job.state === 'done' || job.state === 'failed') return job.state;
  return Date.parse(at) - Date.parse(job.updatedAt) > silence ? 'silent' : 'waiting';
}

/** Longer than the function may run (5 minutes), with room for a queue. */
const silence = 6 * 60 * 1000;

/**
 * The later it is made, the earlier it stands in the alphabet, so that the first page of a listing holds the newest.
 * Letters and digits, 26 of them.
 */
export const newExportId = (at: string): string =>
  (farAway - Date.parse(at)).toString(36).padStart(9, '0') + randomBytes(9).toString('hex').slice(0, 17);

const farAway = 36 ** 9 - 1;

export const isExportId = (text: string): boolean => /^[0-9a-z]{26}$/.test(text);
