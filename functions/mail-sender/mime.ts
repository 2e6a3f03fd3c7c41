import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import type { QueuedAnswer } from '../../shared/deliveries/queue.ts';
import type { WrittenLetter } from '../../shared/letters/write.ts';
import { withCrlf } from './line-ends.ts';

/**
 * The MIME message of an answer: text and HTML of the same letter, in the thread of the mail that it answers
 * (RFC 5322 section 3.6.4), marked so that no machine answers it (RFC 3834 section 5). The same answer gives the same
 * bytes, so a repeated attempt cannot differ from the evidence of the first.
 */
export function buildMime(
  { batch, delivery, to, name, since, thread }: QueuedAnswer,
  letter: WrittenLetter,
  { sender, replyTo }: { sender: string; replyTo?: string },
): Promise<Buffer> {
  const references = thread.messageId ? [...thread.references, thread.messageId] : [];
  return new MailComposer({
    from: sender,
    to: { name, address: to },
    replyTo,
    subject: letter.subject,
    text: withCrlf(letter.text),
    html: withCrlf(letter.html),
    inReplyTo: thread.messageId,
    references,
    headers: {
      'Auto-Submitted': 'auto-replied',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': letter.language,
    },
    date: since, // SES replaces Date and Message-ID, so these two only keep the bytes the same
    messageId: `<${batch}.${delivery}@in-writing.invalid>`,
    baseBoundary: `${batch}-${delivery}`,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}
