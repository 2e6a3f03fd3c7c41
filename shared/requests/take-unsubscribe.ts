import { type Subject, stateOf } from '../optouts/opt-out.ts';
import { readOptOuts } from '../optouts/store.ts';
import { finish } from './by-person/finish.ts';
import { choiceRequest } from './choice-request.ts';
import type { Choice, WrittenRequest } from './request.ts';
import { record } from './store.ts';

/** Somebody used the unsubscribe link of a member: their mail client for them, or they on the page behind it. */
export interface Unsubscribing {
  memberId: string;
  at: string;
  /** How it came, for the record. */
  sent: Record<string, string>;
}

/**
 * Stops marketing mail to a member, at once and without a question. The same link is in every offer, so pressing it again
 * is nothing new while the mail is off: undefined then. No mail is sent in answer: whoever has just asked for less mail
 * sees on the page, or in their mail client, that it is done.
 */
export async function takeUnsubscribe({ memberId, at, sent }: Unsubscribing): Promise<WrittenRequest | undefined> {
  const subject: Subject = `member/${memberId}`;
  const optOut = (await readOptOuts([subject])).get(subject)!;
  if (stateOf(optOut, 'marketing-email').state === 'blocked') return undefined;
  const choice: Choice = {
    ...{ page: 'unsubscribe', at, memberId, sent, allow: [], keep: [], lifts: [] },
    block: [{ subject, scopes: ['marketing-email'] }],
  };
  const request = choiceRequest({
    // Two at once have read the same version and are one request; one that comes after an opt-in is another.
    identity: `unsubscribe ${subject} ${optOut.version}`,
    ...{ choice, answers: [], rule: 'unsubscribe-one-click' },
    reason: 'The unsubscribe link was used that only mails to this member carry.',
  });
  return finish(await record(request));
}
