import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { authenticate } from '../../../shared/mail/authentication.ts';
import { automaticSign } from '../../../shared/mail/automatic.ts';
import { findNearMiss } from '../../../shared/mail/near-miss.ts';
import { type InboundMail, parseMail } from '../../../shared/mail/parse.ts';
import { hasPhrase } from '../../../shared/mail/phrase.ts';

const folder = join(import.meta.dirname, '../../fixtures/mail');

interface Outcome {
  /** Whether the subject carries the phrase. */
  phrase?: true;
  /** Sign that no person wrote it. */
  automatic?: string;
  nearMiss?: 'subject' | 'text' | 'html';
  authenticated?: true;
  /** What else matters of the mail as it was read. */
  mail?: Partial<InboundMail>;
}

/** What each file of test/fixtures/mail must come to. A file's name says what it shows. */
const cases: Record<string, Outcome> = {
  // The phrase, however it was written and encoded
  'subject-in-iso-2022-jp': { phrase: true },
  'subject-in-gb18030': { phrase: true },
  'subject-in-koi8-r': { phrase: true },
  'subject-in-windows-1252-with-no-break-spaces': { phrase: true },
  'subject-in-raw-utf-8': { phrase: true },
  'subject-cut-within-a-character': { phrase: true },
  'subject-cut-within-a-word': { phrase: true },
  'subject-folded-at-every-word': { phrase: true },
  'subject-with-invisible-characters': { phrase: true },
  'subject-in-quotes-behind-tags': { phrase: true },
  'subject-behind-a-prefix-without-a-space': { phrase: true },
  'subject-with-a-space-before-its-colon': { phrase: true },
  'first-line-of-an-mbox': { phrase: true, mail: { from: ['anna.weber@example.org'] } },
  'no-body-and-no-line-end': { phrase: true, mail: { text: '' } },
  'nul-bytes': { phrase: true },
  'broken-charset': { phrase: true, mail: { from: ['anna.weber@example.org'] } },
  // The last one counts, as the parser has it
  'two-subjects': { phrase: true },
  // SES judged other lines than those that are read here
  'bare-cr-line-ends': { phrase: true, mail: { text: 'Please stop using my picture.\nAnna\n\n', fromFields: 1 } },

  // Nearly the phrase
  'subject-folded-within-a-word': { nearMiss: 'subject' },
  'subject-hyphenated': { nearMiss: 'subject' },
  'subject-mistyped-in-cyrillic-letters': { nearMiss: 'subject' },
  'subject-asks-to-leave-a-list': { nearMiss: 'subject' },
  'phrase-only-in-flowed-text': { nearMiss: 'text' },
  'phrase-only-in-a-quotation': { nearMiss: 'text' },
  'phrase-only-in-html': { nearMiss: 'html' },
  'last-part-never-ends': { nearMiss: 'text' },
  'no-headers': { nearMiss: 'text', mail: { from: [], subject: '' } },
  'phrase-hidden-in-html': {},
  // Attached mails are not opened: a person does
  'phrase-only-in-an-attached-mail': { mail: { attachments: [attached('message/rfc822', 72)] } },

  // Whom it is from
  'two-from-fields': { phrase: true, mail: { from: ['anna.weber@example.org', 'marc@example.net'], fromFields: 2 } },
  'from-is-a-group': { phrase: true, mail: { from: ['anna.weber@example.org', 'ben@example.org'] } },
  'from-hides-an-address-in-an-encoded-word': { phrase: true, mail: { from: ['mallory@example.net'] } },
  'genuine-authentication-results': { phrase: true, authenticated: true },
  'forged-authentication-results': { phrase: true },

  // Machines: the phrase in their subject is ours
  'vacation-reply-to-our-answer': { phrase: true, automatic: 'auto-submitted', authenticated: true },
  'vacation-reply-without-any-header': { phrase: true, automatic: 'auto-reply-subject' },
  'bounce-of-our-answer': { automatic: 'null-return-path' },
  'bounce-with-the-subject-of-our-answer': { phrase: true, automatic: 'mailer-daemon' },
  'passed-a-mailing-list': { phrase: true, automatic: 'list' },
  'calendar-reply': { phrase: true, automatic: 'calendar' },
  'feedback-report': { phrase: true, automatic: 'report' },
  'read-receipt': { phrase: true, automatic: 'report' },
  'newsletter-on-marketing': { automatic: 'list' },
  // People
  'auto-submitted-no': { phrase: true },
  'reply-to-our-answer-by-a-person': { phrase: true, mail: { inReplyTo: '<0100018f-answer@email.amazonses.com>' } },

  // Structure
  empty: { mail: { from: [], subject: '', size: 0 } },
  'five-hundred-nested-parts': { phrase: true, mail: { text: 'Deep down.\n' } },
  'scan-attached': {
    mail: {
      attachments: [
        attached('application/pdf', 300, 'Brief an Müller.pdf'),
        { ...attached('image/png', 10), inline: true },
      ],
    },
  },
};

describe('the hard case', () => {
  test.each(Object.entries(cases))('%s comes to what it must', async (name, { mail: expected = {}, ...outcome }) => {
    const mail = await parseMail(createReadStream(join(folder, `${name}.eml`)));
    const envelopeFrom = mail.returnPath?.replace(/^<(.*)>$/, '$1') ?? 'anna.weber@example.org';
    expect({
      phrase: hasPhrase(mail.subject) || undefined,
      automatic: automaticSign(mail, envelopeFrom),
      nearMiss: findNearMiss(mail)?.where,
      incomplete: mail.incomplete,
      authenticated: authenticate(mail, envelopeFrom, {}).authenticated || undefined,
    }).toEqual(outcome);
    expect(mail).toMatchObject(expected);
  });
});

test('every file of the corpus has its outcome', () => {
  expect(readdirSync(folder).sort()).toEqual(
    Object.keys(cases)
      .map((name) => `${name}.eml`)
      .sort(),
  );
});

function attached(contentType: string, size: number, filename?: string) {
  return { filename, contentType, inline: false, size };
}
