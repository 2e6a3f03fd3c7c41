import type { Member } from '../members/member.ts';
import { allScopes, stateOf, subjectsOf } from '../optouts/opt-out.ts';
import type { MailFacts } from './facts.ts';
import type { Effect } from './request.ts';

/** Everything that the members can ask for: their own images, and those of every community that they manage. */
export const effects = (effect: Effect['effect'], members: Member[]): Effect[] =>
  members.flatMap((member) =>
    subjectsOf(member).map((subject) => ({
      effect,
      memberId: member.memberId,
      subject,
      scopes: [...allScopes(subject)],
    })),
  );

/** Whoever writes to an unsubscribe address wants no marketing mail, whatever else the mail asks for. */
export function unsubscribed({ unsubscribing, recipient, senders, authentication, automatic }: MailFacts): Effect[] {
  if (unsubscribing) return noMarketingMail(unsubscribing);
  const isTheirs = recipient.role === 'unsubscribe' && authentication.authenticated && !automatic;
  return isTheirs ? senders.flatMap(noMarketingMail) : [];
}

const noMarketingMail = ({ memberId }: Member): Effect[] => [
  { effect: 'block', memberId, subject: `member/${memberId}`, scopes: ['marketing-email'] },
];

export const isBlocked = (senders: Member[], optOuts: MailFacts['optOuts']): boolean =>
  senders.flatMap(subjectsOf).every((subject) => {
    const optOut = optOuts.get(subject);
    return optOut && allScopes(subject).every((scope) => stateOf(optOut, scope).state === 'blocked');
  });
