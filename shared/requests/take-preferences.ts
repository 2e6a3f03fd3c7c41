import type { Member } from '../members/member.ts';
import { readOptOuts } from '../optouts/store.ts';
import { finish } from './by-person/finish.ts';
import { choiceHash, choiceRequest } from './choice-request.ts';
import { requestIds } from './id.ts';
import type { Choice, WrittenRequest } from './request.ts';
import { readRequest, record } from './store.ts';
import { answersToChoice } from './take-preferences-answers.ts';
import { choosable, planPreferences, type Wish } from './take-preferences-plan.ts';

/** What a member chose on the preferences page. */
export interface Preferences {
  /** Of the link: the first form that is sent by it makes the one request that it can make. */
  nonce: string;
  member: Member;
  wishes: Wish[];
  at: string;
}

/**
 * What became of it. `done`: in effect. `same`: all of it was so already, so nothing was recorded and the link is still
 * good. `used`: another choice was made by this link before.
 */
export type Taken = { done: WrittenRequest } | 'same' | 'used';

/**
 * Takes a choice in: records it as a request with all that follows, which uses the link up, and makes it true. The same
 * form sent again finishes what a crash left undone and changes nothing else; the hourly look does the same.
 */
export async function takePreferences(preferences: Preferences): Promise<Taken> {
  const before = await usedBy(preferences.nonce);
  if (before) return again(before, preferences.wishes);
  const choice = await choiceOf(preferences);
  if (choice.block.length === 0 && choice.allow.length === 0) return 'same';
  const answers = await answersToChoice(preferences.member, choice);
  const recorded = await record(
    choiceRequest({
      identity: identityOf(preferences.nonce),
      ...{ choice, answers },
      rule: 'preferences',
      reason: 'The member chose it on the preferences page, by the link that was mailed to the primary address.',
    }),
  );
  return again(recorded, preferences.wishes);
}

/** The request that a link made, if it is used up. */
export const usedBy = async (nonce: string): Promise<WrittenRequest | undefined> => {
  const hash = choiceHash(identityOf(nonce));
  const found = await readRequest(requestIds(hash)[0]!);
  return found?.hash === hash ? found : undefined;
};

const identityOf = (nonce: string): string => `preferences ${nonce}`;

/** A form that is sent twice wants the same; whoever found the link in a mailbox later wants something else. */
async function again(request: WrittenRequest, wishes: Wish[]): Promise<Taken> {
  if (request.choice?.sent.wishes !== wordsOf(wishes)) return 'used';
  return { done: await finish(request) };
}

async function choiceOf({ member, wishes, at }: Preferences): Promise<Choice> {
  const optOuts = await readOptOuts(choosable(member).map(({ subject }) => subject));
  return {
    ...{ page: 'preferences', at, memberId: member.memberId, sent: { wishes: wordsOf(wishes) } },
    ...planPreferences(member, wishes, optOuts),
  };
}

const wordsOf = (wishes: Wish[]): string =>
  wishes
    .map(({ subject, scope, want }) => `${want} ${scope} of ${subject}`)
    .sort()
    .join(', ');
