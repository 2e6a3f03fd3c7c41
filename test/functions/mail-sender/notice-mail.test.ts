import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { mailboxOf } from '../../../functions/mail-sender/hand-to-ses.ts';
import { noticeMail } from '../../../functions/mail-sender/notice-mail.ts';
import { variables } from '../../../shared/env.ts';
import type { Notice } from '../../../shared/notices/notice.ts';

beforeAll(() => {
  vi.stubEnv(variables.siteName, 'Example Community');
  vi.stubEnv(variables.publicUrl, 'https://in-writing.example');
  vi.stubEnv(variables.sender, '"Example Privacy" <privacy@inwriting.example>');
  vi.stubEnv(variables.noticesSender, '"Example Community" <notices@inwriting.example>');
});
afterAll(() => vi.unstubAllEnvs());

const notice = {
  noticeId: 'N-0000-0001',
  texts: {
    en: { subject: 'Our policy\r\nBcc: x@example.org', markdown: 'Plain.' },
    ja: {
      subject: 'プライバシーポリシーの変更について、お知らせいたします。どうぞご確認ください。',
      markdown: '**六月**から。',
    },
  },
  fallback: 'en',
  effectiveOn: '2030-06-01',
  audience: { who: 'all' },
} as Partial<Notice> as Notice;

const one = { batch: 'N-0000-0001-03', delivery: 'm1' };
const two = { batch: 'N-0000-0001-04', delivery: 'm2' };

test('two recipients differ in To, Message-ID and Date alone', async () => {
  const mail = await noticeMail(notice, 'ja');
  const [first, second] = [mail('ann@example.org', one).toString(), mail('bob@example.org', two).toString()];
  const own = /^(To|Message-ID|Date): .*\r\n/gm;
  expect(first.match(own)).toHaveLength(3);
  expect(first.replace(own, '')).toBe(second.replace(own, ''));
  expect(first).toContain('To: <ann@example.org>\r\n');
  expect(second).not.toContain('ann@');
});

test('every line is ASCII and short enough for SMTP, in any script, and reads as it was written', async () => {
  const raw = (await noticeMail(notice, 'ja'))('ann@example.org', one);
  expect(raw.every((byte) => byte < 128)).toBe(true);
  expect(
    Math.max(
      ...raw
        .toString()
        .split('\r\n')
        .map((line) => line.length),
    ),
  ).toBeLessThanOrEqual(998);
  expect(raw.toString().replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  const read = await simpleParser(raw);
  expect(read.subject).toBe(notice.texts.ja!.subject);
  expect(read.html).toContain('<strong>六月</strong>から。');
  expect(read.text).toContain('六月');
});

test('a subject cannot bring header fields of its own', async () => {
  const read = await simpleParser((await noticeMail(notice, 'en'))('ann@example.org', one));
  expect(read.bcc).toBeUndefined();
  expect(read.subject).toBe('Our policy Bcc: x@example.org');
});

test('another text of the same notice is another mail, and one that is missing is said', async () => {
  const before = (await noticeMail(notice, 'en'))('ann@example.org', one).toString();
  const changed = { ...notice, texts: { en: { subject: 'Changed', markdown: 'Plain.' } } };
  expect((await noticeMail(changed, 'en'))('ann@example.org', one).toString()).not.toBe(before);
  await expect(noticeMail(changed, 'ja')).rejects.toThrow('Notice N-0000-0001 has no text in "ja".');
  await expect(noticeMail(changed, '__proto__')).rejects.toThrow('has no text in');
});

test('a mail to oneself is named a test, and the members’ mail is not', async () => {
  const [test, real] = await Promise.all([noticeMail(notice, 'en', 'test'), noticeMail(notice, 'en')]);
  expect((await simpleParser(test('ann@example.org', one))).subject).toMatch(/^\[Test\] /);
  expect((await simpleParser(real('ann@example.org', one))).subject).not.toMatch(/Test/);
});

test.each([
  ['ann@example.org', 'ann@example.org'],
  [' Ann.O’Hara@example.org', undefined],
  ['"a b"@example.org', '"a b"@example.org'],
  ['ann@bücher.example', 'ann@xn--bcher-kva.example'],
  ['jörg@example.org', undefined],
  ['ann@example.org>\r\nBcc: <x@example.org', undefined],
  ['ann@example.org, bob@example.org', undefined],
  ['', undefined],
])('the address %j goes to SES as %j', (address, expected) => {
  expect(mailboxOf(address)).toBe(expected);
});
