import type { WrittenRequest } from '../../../shared/requests/request.ts';

/** The path of an evidence object in the dossier, what it is in words, and whether it is safe to open. */
export interface Named {
  path: string;
  what: string;
  dangerous?: boolean;
}

/** `relative`: the object's key below the request's folder. `isStopped`: a reply that the virus scan did not pass. */
export function nameOf(relative: string, contentType: string, request: WrittenRequest, isStopped = false): Named {
  for (const [pattern, name] of patterns) {
    const match = relative.match(pattern);
    if (match) return name({ match, relative, contentType, request, isStopped });
  }
  return { path: relative, what: 'Other evidence' };
}

interface Seen {
  match: RegExpMatchArray;
  relative: string;
  contentType: string;
  request: WrittenRequest;
  isStopped: boolean;
}

const patterns: [RegExp, (seen: Seen) => Named][] = [
  [/^mail\.eml$/, mail],
  [/^event\.json$/, ({ relative }) => ({ path: relative, what: 'What Amazon SES told of the mail, as it came' })],
  [/^choice\.json$/, ({ relative }) => ({ path: relative, what: 'What the member chose on our page, as it was sent' })],
  [/^replies\/.+\.eml$/, reply],
  [/^answers\/.+\.eml$/, answer],
  [
    /^history\/0*(\d+)-.+\.json$/,
    ({ relative, match }) => ({ path: relative, what: `Step ${match[1]} of the history` }),
  ],
  [/^scans\/([^/]+)\/original$/, original],
  [/^scans\/([^/]+)\/pages\/0*(\d+)$/, page],
  [
    /^scans\/([^/]+)\/pages\/0*(\d+)\.json$/,
    ({ relative, match }) => read(relative, `page ${match[2]} of ${scan(match)}`),
  ],
  [/^scans\/([^/]+)\/text\.json$/, ({ relative, match }) => read(relative, scan(match))],
];

/** The ending keeps mail programs and previews from opening what the virus scan did not pass. */
function mail({ relative, request }: Seen): Named {
  if (request.decision.state !== 'quarantined') return { path: relative, what: 'The mail as it arrived' };
  return { path: `${relative}.quarantined`, what: 'The mail as it arrived: DO NOT OPEN, see above', dangerous: true };
}

function reply({ relative, isStopped }: Seen): Named {
  if (!isStopped) return { path: relative, what: 'A reply as it arrived' };
  return { path: `${relative}.quarantined`, what: 'A reply as it arrived: DO NOT OPEN, see above', dangerous: true };
}

/** In place of the token stands `[token kept from the record]` (functions/mail-sender/answer.ts). */
function answer({ relative }: Seen): Named {
  const what = 'An answer as it was handed over for sending; of a link to confirm with, the secret part is left out';
  return { path: relative, what };
}

function original({ relative, match, request, contentType }: Seen): Named {
  const found = request.scans?.find(({ scanId }) => scanId === match[1]);
  const ending = endings[found?.type ?? ''] ?? endings[contentType] ?? 'bin';
  const called = found ? `: ${found.name}` : '';
  return {
    path: `${relative}.${ending}`,
    what: `${capital(scan(match))} as it came${called}`,
    // What is none of these is whatever somebody chose to send.
    dangerous: ending === 'bin',
  };
}

function page({ relative, match, contentType }: Seen): Named {
  const ending = endings[contentType] ?? 'bin';
  return { path: `${relative}.${ending}`, what: `Page ${match[2]} of ${scan(match)} as staff see it` };
}

const read = (path: string, of: string): Named => ({ path, what: `What was read on ${of}` });
const scan = (match: RegExpMatchArray): string => `scan ${match[1]}`;
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

const endings: Record<string, string> = {
  PDF: 'pdf',
  TIFF: 'tif',
  JPEG: 'jpg',
  PNG: 'png',
  'application/pdf': 'pdf',
  'image/tiff': 'tif',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
};

/** Gives paths that every system can unpack: no two that differ in case alone, no name that Windows keeps for itself. */
export function namer(): (path: string) => string {
  const taken = new Set<string>();
  return (path) => {
    const wanted = path.split('/').map(safe).join('/');
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? wanted : wanted.replace(/(\.[^./]*)?$/, `-${number}$1`);
      if (taken.has(name.toLowerCase())) continue;
      taken.add(name.toLowerCase());
      return name;
    }
  };
}

/** What is left needs no escaping in SHA256SUMS, and no folder above the dossier can be named. */
function safe(segment: string): string {
  const plain = segment
    .replace(/[^A-Za-z0-9._-]/g, '_')
    .replace(/^\.+|\.+$/g, '_')
    .slice(-100);
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(plain) || plain === '' ? `_${plain}` : plain;
}
