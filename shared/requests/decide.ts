import { effects, isBlocked, unsubscribed } from './effects.ts';
import type { MailFacts } from './facts.ts';
import { attachments, findings } from './findings.ts';
import type { Decision } from './request.ts';
import { isScan } from './scan-attachments.ts';
import { addressOf, answer, received, safeAddress, toStranger } from './whom-to-answer.ts';

/** The settings of a decision. */
export interface Rules {
  /** Domain of our own addresses, which are never answered. */
  mailDomain: string;
  /** Domains of the fax services that the stage uses. */
  faxGateways: readonly string[];
}

/** What becomes of a mail: the first rule that fits, top to bottom. The last one always fits. */
export function decide(facts: MailFacts, rules: Rules): Decision {
  const { name, outcome } = table.find(({ fits }) => fits(facts, rules))!;
  const decision: Decision = { rule: name, effects: [], answers: [], ...outcome(facts, rules) };
  return {
    ...decision,
    effects: [...decision.effects, ...unsubscribed(facts)],
    answers: decision.answers.filter(({ to }) => !isOurs(to, rules)),
    attachTo: facts.reply?.requestId,
    found: [...(decision.found ?? []), ...findings(facts)],
    last: facts.verdicts.spam === 'FAIL' || undefined,
  };
}

interface Rule {
  name: string;
  fits: (facts: MailFacts, rules: Rules) => boolean;
  outcome: (facts: MailFacts, rules: Rules) => Pick<Decision, 'state' | 'reason'> & Partial<Decision>;
}

const table: Rule[] = [
  {
    name: 'virus',
    fits: ({ verdicts }) => verdicts.virus !== undefined && verdicts.virus !== 'PASS',
    outcome: ({ phrase, senders }) => ({
      state: 'quarantined',
      reason: "The virus scan did not pass, so nobody opens this mail; the phrase from a member's address still holds.",
      effects: phrase ? effects('hold', senders) : [],
    }),
  },
  {
    name: 'fax',
    fits: ({ recipient }) => recipient.role === 'fax',
    outcome: (facts, rules) => ({
      state: 'review',
      reason: isKnownGateway(facts, rules)
        ? 'A fax from a gateway that we know; its pages are read, and its sender address says nothing of who wrote it.'
        : 'A fax from an unknown gateway; its pages are read, and its sender address says nothing of who wrote it.',
      found: attachments(facts),
    }),
  },
  {
    name: 'unsubscribe-link',
    fits: (facts) => facts.unsubscribing !== undefined && !asksForImages(facts),
    outcome: () => ({
      state: 'granted',
      reason: 'The mail came to the unsubscribe address that only mails to this member carry.',
    }),
  },
  {
    name: 'automatic-with-phrase',
    fits: (facts) => facts.automatic !== undefined && facts.phrase && !repliesToUs(facts),
    outcome: ({ automatic, senders }) => ({
      state: 'review',
      reason: `The subject carries the phrase, but there are signs that no person wrote it now (${automatic}): a person decides, and nothing is answered.`,
      effects: effects('hold', senders),
    }),
  },
  {
    name: 'automatic-mail',
    fits: ({ automatic }) => automatic !== undefined,
    outcome: ({ automatic }) => ({
      state: 'ignored',
      reason: `No person wrote this mail now (${automatic}), so it asks for nothing and gets no answer.`,
    }),
  },
  {
    name: 'unsubscribe-address',
    fits: (facts) =>
      facts.recipient.role === 'unsubscribe' &&
      facts.senders.length > 0 &&
      facts.authentication.authenticated &&
      !asksForImages(facts),
    outcome: ({ senders, mail }) => ({
      state: 'granted',
      reason: 'The member wrote to the unsubscribe address from an address of their own.',
      answers: senders.slice(0, 1).map((member) => answer('unsubscribed', member, addressOf(member, mail.from[0]))),
    }),
  },
  {
    name: 'reply',
    fits: (facts) => facts.reply !== undefined && !asksForImages(facts),
    outcome: (facts) => ({
      state: 'attached',
      reason: 'The mail came to the reply address of a request, so it belongs to that.',
      answers: received(facts),
    }),
  },
  {
    name: 'already-in-effect',
    fits: ({ phrase, senders, optOuts }) => phrase && senders.length > 0 && isBlocked(senders, optOuts),
    outcome: (facts) => ({
      state: 'granted',
      reason: 'All that the sender can ask for is blocked already; nothing changes.',
      answers: facts.senders.map((member) => answer('already-in-effect', member, safeAddress(member, facts))),
    }),
  },
  {
    name: 'phrase-from-member',
    fits: ({ phrase, senders, authentication }) => phrase && senders.length === 1 && authentication.authenticated,
    outcome: ({ senders, authentication, mail }) => ({
      state: 'granted',
      reason: `The subject carries the phrase and the sender is the member: ${authentication.because}.`,
      effects: effects('block', senders),
      answers: senders.map((member) => answer('granted', member, addressOf(member, mail.from[0]))),
    }),
  },
  {
    name: 'phrase-unconfirmed',
    fits: ({ phrase, senders }) => phrase && senders.length > 0,
    outcome: ({ senders, authentication }) => ({
      state: 'held',
      reason: authentication.authenticated
        ? 'The subject carries the phrase, and several members share the address of the sender.'
        : `The subject carries the phrase, but it is not certain that the member sent it: ${authentication.because}.`,
      effects: effects('hold', senders),
      answers: senders.map((member) => answer('confirm', member, member.primaryEmail)),
    }),
  },
  {
    name: 'phrase-from-stranger',
    fits: ({ phrase }) => phrase,
    outcome: (facts) => ({
      state: 'review',
      reason: 'The subject carries the phrase, but no member has the address of the sender.',
      answers: toStranger('which-profile', facts),
    }),
  },
  {
    name: 'near-miss',
    fits: ({ nearMiss }) => nearMiss !== undefined,
    outcome: (facts) => ({
      state: 'review',
      reason: `The ${facts.nearMiss!.where} comes near the phrase, so a person reads it${facts.senders.length > 0 ? ', and until then the images are not used' : ''}.`,
      effects: effects('hold', facts.senders),
      answers: received(facts),
    }),
  },
  {
    name: 'scan-attached',
    fits: ({ mail }) => mail.attachments.some(isScan),
    outcome: (facts) => ({
      state: 'review',
      reason: 'A scan is attached: its pages are read, and a person decides.',
      answers: received(facts),
      found: attachments(facts),
    }),
  },
  {
    name: 'written-request',
    fits: () => true,
    outcome: (facts) => ({
      state: 'review',
      reason: facts.mail.incomplete ?? 'The subject does not carry the phrase, so a person reads what is asked.',
      answers: received(facts),
    }),
  },
];

/** Whether the subject asks, or a member nearly asks, not to use images: then the rules about these decide. */
const asksForImages = ({ phrase, nearMiss, senders }: MailFacts): boolean =>
  phrase || (nearMiss?.where === 'subject' && senders.length > 0);

/**
 * An answer of a mail server or program to a mail of ours: a bounce of any kind, since nobody else's would come here,
 * or a mail that refers to the id that SES gave ours.
 */
const repliesToUs = ({ mail, reply, automatic = '' }: MailFacts): boolean =>
  reply !== undefined ||
  bounceSigns.includes(automatic) ||
  [mail.inReplyTo, ...mail.references].some((id) => id && /[@.]amazonses\.com>?$/i.test(id));

const bounceSigns = ['null-return-path', 'report', 'mailer-daemon', 'failed-recipients'];

const isKnownGateway = ({ authentication, mail }: MailFacts, { faxGateways }: Rules): boolean =>
  authentication.authenticated && faxGateways.includes(domainOf(mail.from[0] ?? ''));

const isOurs = (address: string, { mailDomain }: Rules): boolean => domainOf(address) === mailDomain.toLowerCase();

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();
