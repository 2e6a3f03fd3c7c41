import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { authenticate } from '../../../shared/mail/authentication.ts';
import { automaticSign } from '../../../shared/mail/automatic.ts';
import { findNearMiss } from '../../../shared/mail/near-miss.ts';
import { parseMail } from '../../../shared/mail/parse.ts';
import { hasPhrase } from '../../../shared/mail/phrase.ts';
import type { Understood } from './understand-hostile-mail.ts';

const parse = (...chunks: Buffer[]) => parseMail(Readable.from(chunks));

/** Everything that is done with the bytes of a mail before a decision. */
async function understand(bytes: Buffer) {
  const mail = await parse(bytes);
  return {
    mail,
    phrase: hasPhrase(mail.subject),
    automatic: automaticSign(mail, mail.returnPath ?? ''),
    nearMiss: findNearMiss(mail),
    authenticated: authenticate(mail, 'ann@example.org', { spf: 'PASS' }).authenticated,
  };
}

const lineEnd = fc.constantFrom('\r\n', '\n', '\r', '\n\r', '');
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    'REMOVE FROM MARKETING MATERIALS',
    'remove-from-marketing',
    '',
    ' ',
    '\0',
    '=?',
    '?=',
    '--b',
    '--b--',
    '<',
    '&#82;',
  ),
);
const encodedWord = fc
  .tuple(
    fc.constantFrom('utf-8', 'iso-2022-jp', 'gb18030', 'koi8-r', 'utf-7', 'utf-16', 'x-nonsense', 'utf-8*en', ''),
    fc.constantFrom('B', 'Q', 'q', 'X'),
    fc.oneof(fc.base64String(), anyText),
  )
  .map(([charset, encoding, text]) => `=?${charset}?${encoding}?${text}?=`);
const value = fc
  .array(
    fc.oneof(
      anyText,
      encodedWord,
      fc.constantFrom('<a@b.example>', 'g: a@b.example;', '"', '(', ',', '\r\n ', ';', '*0*='),
    ),
    {
      maxLength: 6,
    },
  )
  .map((parts) => parts.join(''));
const fieldName = fc.constantFrom(
  ...['From', 'Subject', 'References', 'In-Reply-To', 'Message-ID', 'Date', 'To', 'List-Unsubscribe', 'List-__proto__'],
  ...[
    'Content-Disposition',
    'Return-Path',
    'Authentication-Results',
    'X-SES-RECEIPT',
    '__proto__',
    'Priority',
    ' ',
    '',
  ],
);
const field = fc.tuple(fieldName, fc.constantFrom(':', ' :', ''), value).map((parts) => parts.join(''));
const contentType = fc
  .tuple(
    fc.constantFrom(
      'text/plain',
      'text/html',
      'text/calendar',
      'message/rfc822',
      'message/delivery-status',
      'image/png',
      'x',
      '',
    ),
    fc.constantFrom(
      '',
      '; charset=iso-2022-jp',
      '; charset=utf-7',
      '; charset=x',
      '; format=flowed; delsp=yes',
      '; name*0*=a',
    ),
    fc.constantFrom('', 'inline', 'attachment; filename="a', 'x'),
    fc.constantFrom('', 'base64', 'quoted-printable', '8bit', 'x-uuencode', 'BASE64 (x'),
  )
  .map(([type, parameters, disposition, encoding]) => [
    `Content-Type: ${type}${parameters}`,
    `Content-Disposition: ${disposition}`,
    `Content-Transfer-Encoding: ${encoding}`,
  ]);

/** MIME that may be well-formed, nested, unclosed, or closed by the wrong boundary. */
const { entity } = fc.letrec<{ entity: string }>((tie) => ({
  entity: fc.oneof(
    { maxDepth: 4 },
    fc
      .tuple(contentType, fc.array(field, { maxLength: 3 }), value, lineEnd)
      .map(([type, fields, body, end]) => [...type, ...fields, '', body].join(end || '\r\n')),
    fc
      .tuple(
        fc.constantFrom('b', 'bb', 'b"', ' ', "b'()+_,-./:=?"),
        fc.array(field, { maxLength: 3 }),
        fc.array(tie('entity'), { maxLength: 4 }),
        fc.boolean(),
        lineEnd,
      )
      .map(([boundary, fields, parts, closed, end]) =>
        [
          ...fields,
          `Content-Type: multipart/${parts.length > 2 ? 'alternative' : 'related'}; boundary="${boundary}"`,
          '',
          ...parts.flatMap((part) => [`--${boundary}`, part]),
          ...(closed ? [`--${boundary}--`, ''] : []),
        ].join(end || '\r\n'),
      ),
  ),
}));

const folder = join(import.meta.dirname, '../../fixtures/mail');
const corpus = readdirSync(folder)
  .map((name) => readFileSync(join(folder, name)))
  .filter(({ length }) => length < 10_000);

/** A hard case with a piece cut out and another put in. */
const damaged = fc
  .tuple(fc.constantFrom(...corpus), fc.nat(), fc.nat(200), fc.uint8Array({ maxLength: 40 }))
  .map(([bytes, at, length, piece]) => {
    const from = at % (bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, from), piece, bytes.subarray(from + length)]);
  });

const anyMail = fc.oneof(
  fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)),
  fc
    .tuple(fc.array(field, { maxLength: 8 }), entity)
    .map(([fields, body]) => Buffer.from([...fields, body].join('\r\n'))),
  damaged,
);

test('any bytes are understood without an error, and all of them are in the digest', async () => {
  await fc.assert(
    fc.asyncProperty(anyMail, async (bytes) => {
      const { mail } = await understand(bytes);
      expect(mail.digest).toMatch(/^[0-9a-f]{64}$/);
      expect(mail.size).toBeLessThanOrEqual(bytes.length);
    }),
    { numRuns: 500 },
  );
});

test('how the bytes of a mail are cut into chunks does not matter', async () => {
  await fc.assert(
    fc.asyncProperty(anyMail, fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1 }), async (bytes, sizes) => {
      const chunks: Buffer[] = [];
      for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
        const size = sizes[turn % sizes.length]!;
        chunks.push(bytes.subarray(at, at + size));
        at += size;
      }
      expect(await parse(...chunks)).toEqual(await parse(bytes));
    }),
    { numRuns: 200 },
  );
});

test('a source that breaks is the only error there is', async () => {
  const breaking = async function* () {
    yield Buffer.from('Subject: hello\r\n');
    throw new Error('connection reset');
  };
  await expect(parseMail(Readable.from(breaking()))).rejects.toThrow('connection reset');
});

describe('hostile mails', () => {
  test('of 40 MB, of a million parts or headers stay within the memory of the function', async () => {
    const child = await promisify(execFile)(process.execPath, [
      join(import.meta.dirname, 'understand-hostile-mail.ts'),
      ...[
        'one header of 40 MB',
        '100,000 headers of one name',
        '50,000 addresses in From',
        '40 MB of text in one part',
      ],
      ...['40 MB of text in iso-2022-jp', '40 MB of HTML', '40 MB of quoted-printable in an attachment'],
      ...['40 MB of flowed spaces', 'a million empty parts', '100,000 nested parts', '1,000 attachments'],
    ]);
    const all: Understood[] = child.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(all.filter(({ digestCoversAll }) => !digestCoversAll)).toEqual([]);
    expect(all.filter(({ incomplete }) => !incomplete)).toEqual([]);
    // One after the other, with the sources compiled on the way: without limits it is 1,500 MB and more.
    expect(all.at(-1)!.peakMb).toBeLessThan(800);
  });
});
