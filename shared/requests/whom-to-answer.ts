import { passesOnBounce } from '../mail/automatic.ts';
import { canonicalAddress } from '../members/address.ts';
import { addressesOf, type Member } from '../members/member.ts';
import type { MailFacts } from './facts.ts';
import type { Answer } from './request.ts';

/** An answer to a member, at an address of the directory. */
export const answer = (letter: Answer['letter'], member: Member, to: string): Answer => ({
  letter,
  to,
  locale: member.locale ?? 'en',
  memberId: member.memberId,
  name: member.name,
  communities: member.manages,
});

/** Says that a person will read it: to a member at an address in the directory, to a stranger if it is safe at all. */
export const received = (facts: MailFacts): Answer[] => {
  const [member] = facts.senders;
  if (passesOnBounce(facts.mail.subject)) return [];
  if (!member) return toStranger('received', facts);
  return isLikelyForged(facts) ? [] : [answer('received', member, safeAddress(member, facts))];
};

/** A mail that a person reads anyway need not make us write to whomever it claims to be from. */
const isLikelyForged = ({ authentication, verdicts }: MailFacts): boolean =>
  !authentication.authenticated && (verdicts.spam === 'FAIL' || verdicts.dmarc === 'FAIL');

/** A stranger is answered only where the address is certainly theirs, or anybody could have us mail anybody. */
export const toStranger = (letter: Answer['letter'], { authentication, verdicts, mail }: MailFacts): Answer[] => {
  const [to] = mail.from;
  const safe =
    authentication.authenticated && verdicts.spam === 'PASS' && to !== undefined && canonicalAddress(to) !== undefined;
  return safe ? [{ letter, to, locale: 'en', name: '', communities: [] }] : [];
};

/** The address that the mail came from where that is certain, else the primary one. */
export const safeAddress = (member: Member, { authentication, mail }: MailFacts): string =>
  authentication.authenticated ? addressOf(member, mail.from[0]) : member.primaryEmail;

/** The address as the directory has it, so that a replayed mail cannot send its answer elsewhere. */
export const addressOf = (member: Member, sender = ''): string =>
  addressesOf(member).find((address) => canonicalAddress(address) === canonicalAddress(sender)) ?? member.primaryEmail;
