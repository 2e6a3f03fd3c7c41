import type { InboundMail } from './parse.ts';

/**
 * The name of the first sign that no person wrote this mail now: a bounce, a vacation reply, a list, a receipt.
 * Undefined for mail that a person wrote. Such mail is never answered, so two machines cannot talk without end.
 *
 * Sources: RFC 3834 section 2 and 5, RFC 3464, RFC 2369, RFC 5546. On 606 real bounces the five standard header signs
 * find three in four and all these signs 99.5 %.
 */
export const automaticSign = (mail: InboundMail, envelopeFrom: string): string | undefined =>
  signs.find(([, shows]) =>
    shows({ mail, envelopeFrom, first: (name) => mail.headers.get(name)?.[0]?.toLowerCase() ?? '' }),
  )?.[0];

interface Seen {
  mail: InboundMail;
  envelopeFrom: string;
  /** First field body of that name in lower case, or empty. */
  first: (name: string) => string;
}

const signs: [name: string, shows: (seen: Seen) => boolean][] = [
  ['null-return-path', ({ envelopeFrom }) => envelopeFrom === ''],
  ['auto-submitted', ({ first }) => /^(?!no\b)\S/.test(first('auto-submitted'))],
  ['report', ({ first }) => first('content-type').startsWith('multipart/report')],
  ['mailer-daemon', ({ mail, envelopeFrom }) => [envelopeFrom, ...mail.from].some((address) => daemon.test(address))],
  ['failed-recipients', ({ mail }) => mail.headers.has('x-failed-recipients')],
  [
    'no-reply-sender',
    ({ mail, envelopeFrom }) => [envelopeFrom, ...mail.from].some((address) => noReply.test(address)),
  ],
  ['list', ({ mail }) => listFields.some((name) => mail.headers.has(name))],
  ['bulk', ({ first }) => /^(bulk|list|junk|auto_reply)\b/.test(first('precedence'))],
  ['auto-reply-header', ({ mail }) => autoReplyFields.some((name) => mail.headers.has(name))],
  [
    'calendar',
    ({ mail, first }) =>
      [first('content-type'), ...mail.attachments.map(({ contentType }) => contentType)].some((type) =>
        type.startsWith('text/calendar'),
      ),
  ],
  ['auto-reply-subject', ({ mail }) => autoReplySubject.test(mail.subject.trim())],
];

const daemon = /^(mailer[-_.]?daemon|mail[-_.]?daemon|post[-_.]?master)(@|$)/i;

/** Nobody reads what is answered to such an address. */
const noReply = /^(no|do[-_.]?not)[-_.]?reply([-_.+@]|$)/i;

/** RFC 2369, RFC 2919, and what ezmlm, fml and others wrote before these. */
const listFields = [
  'list-id',
  'list-unsubscribe',
  'list-post',
  'list-help',
  'mailing-list',
  'x-mailing-list',
  'x-mlserver',
];

const autoReplyFields = [
  'x-autoreply',
  'x-autorespond',
  'x-autoresponder',
  'x-autoreply-from',
  'x-auto-response-suppress',
  'x-mail-autoreply',
];

/** Words that vacation programs and mail servers put first, where their headers say nothing. */
const autoReplySubject =
  /^(auto(matic|mated|matische?)?[ -]?(reply|response|antwort)\b|out of (the )?office\b|abwesenheits|réponse automatique|respuesta automática|risposta automatica|undeliver(ed|able)\b|delivery (status notification|failure)|mail delivery (failed|system)|returned mail\b|failure notice\b|complaint about message from\b)/i;

/**
 * Whether a subject passes on such words: a bounce that a person forwarded. The person may ask for something, so it is
 * no automatic mail, but an answer could start the next bounce.
 */
export const passesOnBounce = (subject: string): boolean =>
  prefixes.test(subject) && autoReplySubject.test(subject.replace(prefixes, ''));

const prefixes = /^\s*(?:(?:fwd?|re|aw|wg|tr|rv)\s*:\s*)+/i;
