import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { automaticSign } from '../../../shared/mail/automatic.ts';
import { parseMail } from '../../../shared/mail/parse.ts';

const signOf = async (headers: string, envelopeFrom = 'ann@example.org') =>
  automaticSign(
    await parseMail(Readable.from([Buffer.from(`From: ann@example.org\r\n${headers}\r\n\r\nhello\r\n`)])),
    envelopeFrom,
  );

describe('no person wrote', () => {
  test.each([
    ['a bounce with a null return path', 'Subject: hi', '', 'null-return-path'],
    ['a vacation reply', 'Auto-Submitted: auto-replied (vacation)', undefined, 'auto-submitted'],
    [
      'a delivery status notification',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      undefined,
      'report',
    ],
    [
      'a feedback report',
      'Content-Type: multipart/report; report-type=feedback-report; boundary=b',
      undefined,
      'report',
    ],
    ['a bounce of a mail server that sets no header', 'Subject: hi', 'MAILER-DAEMON@mx.example.org', 'mailer-daemon'],
    ['a bounce of Exim', 'X-Failed-Recipients: bob@example.org', undefined, 'failed-recipients'],
    ['a mail that passed a mailing list', 'List-Id: <talk.example.org>', undefined, 'list'],
    ['a newsletter', 'Precedence: bulk', undefined, 'bulk'],
    ['an Exchange auto-reply', 'X-Auto-Response-Suppress: All', undefined, 'auto-reply-header'],
    ['an answer to an invitation', 'Content-Type: text/calendar; method=REPLY', undefined, 'calendar'],
    [
      'an auto-reply that only its subject gives away',
      'Subject: Automatic reply: away',
      undefined,
      'auto-reply-subject',
    ],
    [
      'a German vacation reply',
      'Subject: Abwesenheitsnotiz: REMOVE FROM MARKETING MATERIALS',
      undefined,
      'auto-reply-subject',
    ],
  ])('%s', async (_name, headers, envelopeFrom, sign) => {
    expect(await signOf(headers, envelopeFrom)).toBe(sign);
  });
});

describe('a person wrote', () => {
  test.each([
    ['an ordinary mail', 'Subject: REMOVE FROM MARKETING MATERIALS'],
    ['a mail whose program says so', 'Auto-Submitted: no'],
    ['a mail that says so with a comment', 'Auto-Submitted: no (really)'],
    ['a mail about automatic replies', 'Subject: Please stop your automatic replies'],
    ['a mail with a normal precedence', 'Precedence: normal'],
  ])('%s', async (_name, headers) => {
    expect(await signOf(headers)).toBeUndefined();
  });
});
