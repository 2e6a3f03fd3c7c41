import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { authenticate } from '../../../shared/mail/authentication.ts';
import { parseMail } from '../../../shared/mail/parse.ts';

const parse = (...chunks: (string | Buffer)[]) => parseMail(Readable.from(chunks.map((chunk) => Buffer.from(chunk))));
const lines = (...all: string[]) => `${all.join('\r\n')}\r\n`;
const mixed = (...parts: string[]) =>
  lines('Subject: hello', 'Content-Type: multipart/mixed; boundary=b', '', ...parts.flatMap((part) => ['--b', part]));

describe('a header of more than 128 KB', () => {
  const raw = lines(
    'Subject: REMOVE',
    ...Array.from({ length: 9_000 }, (_, n) => `X-${n}: ${n}${'y'.repeat(9)}`),
    '',
    'text',
  );

  test('is read up to its last whole field, and so are the subject and the text', async () => {
    const mail = await parse(raw);
    expect(mail).toMatchObject({ subject: 'REMOVE', text: expect.stringMatching(/text\n$/) });
    expect(mail.incomplete).toBe('The mail was read only in part: its header is longer than 128 KB.');
    const [name, [value]] = [...mail.headers].at(-1) as [string, [string]];
    expect(value).toBe(`${name.slice(2)}yyyyyyyyy`);
  });

  test('is in the digest as a whole', async () => {
    expect((await parse(raw)).digest).toBe(createHash('sha256').update(raw).digest('hex'));
  });

  test.each([1_000, 4_099, 65_536])('is cut the same in chunks of %i bytes', async (size) => {
    const chunks = raw.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g'))!;
    expect(await parse(...chunks)).toEqual(await parse(raw));
  });
});

test('a mail that begins with its body has no header to cut', async () => {
  const mail = await parse(`\r\n${'long\r\n'.repeat(40_000)}`);
  expect(mail.text).toBe('long\n'.repeat(40_000));
  expect(mail.incomplete).toBeUndefined();
});

test('a text of more than 512 KB is cut, and what follows it is still seen', async () => {
  const mail = await parse(mixed(`\r\n${'long '.repeat(150_000)}`, 'Content-Type: image/png\r\n\r\n12345', '--b--'));
  expect(mail.text).toHaveLength(256 * 1024);
  expect(mail.attachments).toMatchObject([{ contentType: 'image/png', size: 5 }]);
  expect(mail.incomplete).toBe('The mail was read only in part: its text is longer than 512 KB.');
});

test('of more than 600 parts the first ones are read', async () => {
  const mail = await parse(mixed(...Array.from({ length: 700 }, (_, n) => `\r\npart ${n}.`)));
  expect(mail.text).toContain('part 598.');
  expect(mail.text).not.toContain('part 599.');
  expect(mail.incomplete).toBe('The mail was read only in part: it has more than 600 parts.');
});

test.each([
  ['base64', Buffer.alloc(10_001, 7).toString('base64').replace(/.{76}/g, '$&\r\n'), 10_001],
  ['quoted-printable', 'a=3Db=\r\nc=\nd=41', 6],
  ['8bit', 'a=3Db', 5],
])('the size of an attachment in %s is that of its content', async (encoding, body, size) => {
  const mail = await parse(
    mixed(`Content-Type: image/png\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}`, '--b--'),
  );
  expect(mail.attachments[0]?.size).toBe(size);
});

test('a logo within the text is inline, and a file sent along with it is not', async () => {
  const logo = 'Content-Type: image/png\r\nContent-ID: <logo>\r\n\r\n1';
  const mail = await parse(mixed(logo, '--b--').replace('mixed', 'related'));
  expect(mail.attachments[0]?.inline).toBe(true);
  expect((await parse(mixed(logo, '--b--'))).attachments[0]?.inline).toBe(false);
});

test('an attachment without a type is one of unknown type', async () => {
  const mail = await parse(mixed('Content-Type: \r\nContent-Disposition: attachment\r\n\r\n1', '--b--'));
  expect(mail.attachments[0]?.contentType).toBe('application/octet-stream');
});

test('the addresses of all From fields count', async () => {
  const mail = await parse(lines('From: Ann <ann@example.org>', 'From: g: bob@example.org, c@example.org;', ''));
  expect(mail).toMatchObject({ from: ['ann@example.org', 'bob@example.org', 'c@example.org'], fromFields: 2 });
});

test('thousands of senders are cut, but never to one', async () => {
  const many = Array.from({ length: 5_000 }, (_, n) => `a${n}@example.org`).join(', ');
  expect((await parse(`From: ${many}\r\n\r\n`)).from).toHaveLength(100);
  expect((await parse(`From: ${'a'.repeat(5_000)}@example.org, b@example.org\r\n\r\n`)).from).toHaveLength(2);
});

test('a mail whose line ends had to be mended is not authenticated: SES may have seen another sender', async () => {
  const trace = lines(
    'Authentication-Results: amazonses.com; dmarc=pass header.from=example.org',
    'X-SES-DKIM-SIGNATURE: a=rsa-sha256',
  );
  const own = ['From: ann@example.org', 'Subject: hello', '', 'text', ''];
  const authenticated = async (...chunks: string[]) =>
    authenticate(await parse(...chunks), 'ann@example.org', {}).authenticated;
  expect(await authenticated(trace, own.join('\r\n'))).toBe(true);
  expect(await authenticated(trace, `${own.join('\r')}\r\n`)).toBe(false);
});

test('a single stray CR is not taken for a line end', async () => {
  const mail = await parse(lines('X-A: a\rFrom: mallory@example.net', 'From: ann@example.org', 'Subject: hello', ''));
  expect(mail.from).toEqual(['ann@example.org']);
});

test('mails within mails, one in the other without end, come to an end', async () => {
  const nested = 'Content-Type: message/rfc822\r\nContent-Disposition: inline\r\n\r\n'.repeat(5_000);
  expect((await parse(`Subject: hello\r\n${nested}`)).incomplete).toContain('more than 600 parts');
});
