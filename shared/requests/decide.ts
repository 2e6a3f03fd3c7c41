import type { Authentication } from '../mail/authentication.ts';
import { automaticSign } from '../mail/automatic.ts';
import type { ReceivedNotification } from '../mail/notification.ts';
import type { InboundMail } from '../mail/parse.ts';
import { hasPhrase } from '../mail/phrase.ts';
import { canonicalAddress } from '../members/address.ts';
import { addressesOf, type Member } from '../members/member.ts';
import { allScopes, type Subject } from '../optouts/opt-out.ts';
import type { Answer, Decision, Effect } from './request.ts';

/** All that a decision on a mail may look at. */
export interface MailFacts {
  mail: InboundMail;
  notification: Pick<ReceivedNotification, 'envelopeFrom' | 'verdicts'>;
  authentication: Authentication;
  /** The members that have the sender's address: more than one where people share it. */
  senders: Member[];
}

/** What becomes of a mail: the first rule that fits, top to bottom. The last one always fits. */
export function decide(facts: MailFacts): Decision {
  const rule = rules.find(({ fits }) => fits(facts))!;
  return { rule: rule.name, effects: [], answers: [], ...rule.outcome(facts) };
}

interface Rule {
  name: string;
  fits: (facts: MailFacts) => boolean;
  outcome: (facts: MailFacts) => Pick<Decision, 'state' | 'reason'> & Partial<Decision>;
}

const rules: Rule[] = [
  {
    name: 'virus',
    fits: ({ notification }) => notification.verdicts.virus !== undefined && notification.verdicts.virus !== 'PASS',
    outcome: (facts) => ({
      state: 'quarantined',
      reason: "The virus scan did not pass, so nobody opens this mail; the phrase from a member's address still holds.",
      effects: hasPhrase(facts.mail.subject) ? effects('hold', facts.senders) : [],
    }),
  },
  {
    name: 'automatic-mail',
    fits: ({ mail, notification }) => automaticSign(mail, notification.envelopeFrom) !== undefined,
    outcome: ({ mail, notification }) => ({
      state: 'ignored',
      reason: `No person wrote this mail now (${automaticSign(mail, notification.envelopeFrom)}), so it asks for nothing and gets no answer.`,
    }),
  },
  {
    name: 'phrase-from-member',
    fits: ({ mail, senders, authentication }) =>
      hasPhrase(mail.subject) && senders.length === 1 && authentication.authenticated,
    outcome: ({ senders, authentication, mail }) => ({
      state: 'granted',
      reason: `The subject carries the phrase and the sender is the member: ${authentication.because}.`,
      effects: effects('block', senders),
      answers: senders.map((member) => answer('granted', member, addressOf(member, mail))),
    }),
  },
  {
    name: 'phrase-unconfirmed',
    fits: ({ mail, senders }) => hasPhrase(mail.subject) && senders.length > 0,
    outcome: ({ senders, authentication }) => ({
      state: 'held',
      reason: authentication.authenticated
        ? 'The subject carries the phrase, and several members share the address of the sender.'
        : `The subject carries the phrase, but it is not certain that the member sent it: ${authentication.because}.`,
      effects: effects('hold', senders),
      answers: senders.map((member) => answer('held', member, member.primaryEmail)),
    }),
  },
  {
    name: 'phrase-from-stranger',
    fits: ({ mail }) => hasPhrase(mail.subject),
    outcome: () => ({
      state: 'review',
      reason: 'The subject carries the phrase, but no member has the address of the sender.',
    }),
  },
  {
    name: 'written-request',
    fits: () => true,
    outcome: ({ mail }) => ({
      state: 'review',
      reason: mail.incomplete ?? 'The subject does not carry the phrase, so a person reads what is asked.',
    }),
  },
];

/** Everything that the members can ask for: their own images, and those of every community that they manage. */
const effects = (effect: Effect['effect'], members: Member[]): Effect[] => {
  const subjects = members.flatMap(({ memberId, manages }): Subject[] => [
    `member/${memberId}`,
    ...manages.map((communityId): Subject => `community/${communityId}`),
  ]);
  return [...new Set(subjects)].map((subject) => ({ effect, subject, scopes: [...allScopes(subject)] }));
};

const answer = (letter: Answer['letter'], member: Member, to: string): Answer => ({
  letter,
  to,
  locale: member.locale ?? 'en',
  name: member.name,
  communities: member.manages,
});

/** The address as the directory has it, so that a replayed mail cannot send its answer elsewhere. */
const addressOf = (member: Member, { from: [sender = ''] }: InboundMail): string =>
  addressesOf(member).find((address) => canonicalAddress(address) === canonicalAddress(sender)) ?? member.primaryEmail;
