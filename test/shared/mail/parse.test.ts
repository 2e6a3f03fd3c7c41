import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { parseMail } from '../../../shared/mail/parse.ts';

const parse = (raw: string | Buffer) => parseMail(Readable.from([Buffer.from(raw as string)]));
const lines = (...all: string[]) => `${all.join('\r\n')}\r\n`;

const sesBlock = lines(
  'Return-Path: <ann@example.org>',
  'Received: from mx.example.org (mx.example.org [192.0.2.1])',
  ' by inbound-smtp.us-east-1.amazonaws.com with SMTP id abc for privacy@inwriting.example;',
  ' Sun, 22 Nov 2026 10:00:00 +0000 (UTC)',
  'X-SES-Spam-Verdict: PASS',
  'X-SES-Virus-Verdict: PASS',
  'Received-SPF: pass (spfCheck: ok) client-ip=192.0.2.1;',
  'Authentication-Results: amazonses.com;',
  ' spf=pass client-ip=192.0.2.1; dmarc=pass header.from=example.org;',
  'X-SES-RECEIPT: AEFBQUFB',
  'X-SES-DKIM-SIGNATURE: a=rsa-sha256; q=dns/txt; b=x',
);
const own = lines(
  'From: Ann <ann@example.org>',
  'Subject: =?iso-8859-1?Q?Bitte=3A?= REMOVE FROM',
  ' MARKETING MATERIALS',
  'Message-ID: <1@example.org>',
  'References: <0@example.org> <00@example.org>',
  '',
  'Hello',
);

test("SES's block is taken off: the digest is that of the sender's own bytes, however they came", async () => {
  const mail = await parse(sesBlock + own);
  const again = await parse(sesBlock.replace('SMTP id abc', 'SMTP id def') + own);
  expect(mail.digest).toBe(createHash('sha256').update(own).digest('hex'));
  expect(again.digest).toBe(mail.digest);
  expect(mail.size).toBe(own.length);
  expect(mail.headers.has('x-ses-receipt')).toBe(false);
});

test('the decoded subject, the sender and the thread are read', async () => {
  const mail = await parse(sesBlock + own);
  expect(mail).toMatchObject({
    from: ['ann@example.org'],
    fromFields: 1,
    subject: 'Bitte: REMOVE FROM MARKETING MATERIALS',
    messageId: '<1@example.org>',
    references: ['<0@example.org>', '<00@example.org>'],
  });
  expect(mail.text).toContain('Hello');
});

test("an Authentication-Results below SES's block is the sender's and is not believed", async () => {
  const forged = lines('Authentication-Results: amazonses.com; dmarc=pass header.from=example.org') + own;
  expect((await parse(sesBlock.replace('dmarc=pass', 'dmarc=fail') + forged)).authenticationResults).toContain(
    'dmarc=fail',
  );
  expect(
    (await parse(sesBlock.replace(/Authentication-Results:.*\r\n.*\r\n/, '') + forged)).authenticationResults,
  ).toBeUndefined();
});

test('bare CR line ends are read as line ends', async () => {
  const mail = await parse(sesBlock + own.replaceAll('\r\n', '\r'));
  expect(mail.subject).toBe('Bitte: REMOVE FROM MARKETING MATERIALS');
});

test('attachments are listed with their decoded size and are not kept', async () => {
  const mail = await parse(
    lines(
      'From: ann@example.org',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'see the scan',
      '--b',
      'Content-Type: image/tiff; name="fax.tif"',
      'Content-Disposition: attachment; filename="fax.tif"',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.alloc(30_000, 7).toString('base64'),
      '--b--',
    ),
  );
  expect(mail.attachments).toEqual([{ filename: 'fax.tif', contentType: 'image/tiff', inline: false, size: 30_000 }]);
  expect(mail.text.trim()).toBe('see the scan');
});

test.each([
  ['nothing at all', ''],
  ['no headers', '\r\nhello\r\n'],
  ['NUL bytes', 'From: a@b.example\r\nSubject: a\0b\r\n\r\n\0\0\0'],
  ['an unknown charset', 'Subject: =?x-nonsense?B?aGk=?=\r\nContent-Type: text/plain; charset=x-nonsense\r\n\r\nhi'],
  ['a field named like an object property', '__proto__: 1\r\nconstructor: 2\r\nSubject: hi\r\n\r\n'],
  ['a broken base64 body', 'Content-Transfer-Encoding: base64\r\n\r\n!!!!@@@@====\r\n'],
  [
    'an attachment that never ends',
    'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Disposition: attachment\r\n\r\nabc',
  ],
])('a mail with %s is read without an error', async (_name, raw) => {
  expect((await parse(raw)).digest).toMatch(/^[0-9a-f]{64}$/);
});

test('two From fields are counted', async () => {
  const mail = await parse('From: ann@example.org\r\nFrom: bob@example.org\r\nSubject: x\r\n\r\n');
  expect(mail.fromFields).toBe(2);
});

test('2,000 nested parts are read in part, with a sentence', async () => {
  const depth = 2_000;
  const parts = Array.from(
    { length: depth },
    (_, level) => `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n`,
  );
  const mail = await parse(`From: ann@example.org\r\nSubject: deep\r\n${parts.join('')}\r\nend`);
  expect(mail.subject).toBe('deep');
  expect(mail.incomplete).toMatch(/only in part/);
});

test('a source that breaks off is an error, so that the mail is tried again', async () => {
  const broken = new Readable({
    read() {
      this.destroy(new Error('connection reset'));
    },
  });
  await expect(parseMail(broken)).rejects.toThrow('connection reset');
});
