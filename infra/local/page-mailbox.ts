import type { ParsedMail } from 'mailparser';
import type { Mailbox } from './mailbox.ts';
import { Refusal } from './page-requests.ts';

/** Messages that are listed. */
const most = 50;

/** The mailbox as a person sees it. */
export function openReader(mailbox: Pick<Mailbox, 'list' | 'read'>) {
  const parsed = new Map<string, Promise<ParsedMail>>();
  const parse = async (id: string) => {
    const known = parsed.get(id);
    if (known) return known;
    const raw = readRaw(mailbox, id);
    const { simpleParser } = await import('mailparser');
    const made = simpleParser(raw, { skipImageLinks: true });
    if (parsed.size >= most * 2) parsed.clear();
    parsed.set(id, made);
    return made;
  };
  return {
    /** Newest first. */
    async list() {
      const all = mailbox.list();
      const newest = all.slice(-most).reverse();
      const messages = await Promise.all(newest.map(async (sent) => ({ ...sent, ...summary(await parse(sent.id)) })));
      return { messages, total: all.length };
    },
    async one(id: string) {
      const mail = await parse(id);
      return {
        ...summary(mail),
        text: mail.text ?? '',
        hasHtml: Boolean(mail.html),
        headers: mail.headerLines.map(({ line }) => line),
        attachments: mail.attachments.map(({ filename, contentType, size }) => ({ filename, contentType, size })),
      };
    },
    async html(id: string): Promise<string> {
      const mail = await parse(id);
      if (!mail.html) throw new Refusal(404, 'This mail has no HTML.');
      const base = '<base target="_blank">';
      return /<head[^>]*>/i.test(mail.html) ? mail.html.replace(/<head[^>]*>/i, `$&${base}`) : base + mail.html;
    },
    raw: (id: string) => readRaw(mailbox, id),
  };
}

function readRaw(mailbox: Pick<Mailbox, 'read'>, id: string): Buffer {
  const raw = mailbox.read(id);
  if (raw) return raw;
  throw new Refusal(404, 'This mail is not in the mailbox any more.');
}

function summary({ subject, from, to, text, date }: ParsedMail) {
  return {
    subject: subject ?? '(no subject)',
    from: from?.text ?? '',
    to: [to ?? []]
      .flat()
      .map((each) => each.text)
      .join(', '),
    date: date?.toISOString(),
    preview: (text ?? '').replace(/\s+/g, ' ').slice(0, 140),
  };
}
