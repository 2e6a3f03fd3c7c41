import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import type { DeliveryKey } from '../../shared/deliveries/store.ts';
import { env } from '../../shared/env.ts';
import { InvalidInput } from '../../shared/errors.ts';
import { hashOf } from '../../shared/notices/draft.ts';
import type { Notice } from '../../shared/notices/notice.ts';
import { renderNotice } from '../../shared/notices/render.ts';
import { withCrlf } from './line-ends.ts';

/** Makes the mail for one recipient: whose address comes as it may stand in a header. */
export type NoticeMail = (to: string, key: DeliveryKey) => Buffer;

/**
 * The mail of a notice in one language. It is rendered and encoded once in the life of this process: for each recipient
 * only the fields To, Date and Message-ID are new (SES replaces the last two anyway).
 */
export function noticeMail(notice: Notice, language: string, kind: 'notice' | 'test' = 'notice'): Promise<NoticeMail> {
  // A test is of the text as it stands, whatever was submitted.
  const hash = (kind === 'notice' && notice.hash) || hashOf(notice);
  const key = [kind, notice.noticeId, hash, language].join('/');
  const made = known.get(key) ?? encode(notice, language, kind);
  known.delete(key);
  known.set(key, made);
  if (known.size > mostKnown) known.delete(known.keys().next().value!);
  made.catch(() => known.delete(key));
  return made;
}

/** Newest last. */
const known = new Map<string, Promise<NoticeMail>>();
/** All languages of a notice, of some 100 KB each at the most. */
const mostKnown = 40;

async function encode(notice: Notice, language: string, kind: 'notice' | 'test'): Promise<NoticeMail> {
  const whole = await compose(notice, language, kind);
  const end = whole.indexOf('\r\n\r\n');
  const fields = whole
    .subarray(0, end)
    .toString('latin1')
    .replace(/^(?:Date|Message-ID):.*(?:\r\n[ \t].*)*\r\n/gim, '');
  const rest = Buffer.concat([Buffer.from(fields, 'latin1'), whole.subarray(end)]);
  return (to, { batch, delivery }) => {
    const date = new Date().toUTCString().replace('GMT', '+0000');
    const own = `To: <${to}>\r\nMessage-ID: <${batch}.${delivery}@in-writing.invalid>\r\nDate: ${date}\r\n`;
    return Buffer.concat([Buffer.from(own), rest]);
  };
}

/**
 * No List-Unsubscribe: a notice that the policy promises is no subscription. No name beside the address: it would be
 * the only thing in the mail that a member has written. Marked so that no machine answers (RFC 3834 section 5); what a
 * person answers comes to where requests come.
 */
function compose(notice: Notice, language: string, kind: 'notice' | 'test'): Promise<Buffer> {
  const { noticeId, texts, effectiveOn } = notice;
  const text = Object.hasOwn(texts, language) ? texts[language] : undefined;
  if (!text) throw new InvalidInput(`Notice ${noticeId} has no text in "${language}".`);
  const noticeUrl = `${env('publicUrl')}/notices/${noticeId}?lang=${encodeURIComponent(language)}`;
  const {
    subject,
    html,
    text: plain,
  } = renderNotice(text, { language, siteName: env('siteName'), noticeUrl, effectiveOn });
  return new MailComposer({
    from: env('noticesSender'),
    replyTo: env('sender'),
    subject: kind === 'test' ? `[Test] ${subject}` : subject,
    text: withCrlf(plain),
    html: withCrlf(html),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': language,
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}
