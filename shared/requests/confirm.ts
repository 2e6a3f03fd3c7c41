import { now } from '../clock.ts';
import { closeConfirmation } from '../deliveries/limits.ts';
import { env } from '../env.ts';
import { getMembers } from '../members/directory.ts';
import type { Member } from '../members/member.ts';
import { letGo } from '../optouts/opt-out.ts';
import { changeOptOut } from '../optouts/store.ts';
import type { TokenKeys } from '../tokens.ts';
import { setFlags, takeStep } from './apply.ts';
import { readConfirmationToken } from './confirmation-token.ts';
import { type Answer, advance, type Effect, isClosed, type RequestState, type WrittenRequest } from './request.ts';
import { changeRequest, readRequest } from './store.ts';

/** The question that a confirmation link asks: was it this member who wrote this request? */
export interface Question {
  request: WrittenRequest;
  memberId: string;
}

/** Undefined for a token that is not ours or has expired, and for a member who was not asked. */
export async function readQuestion(token: string, keys: TokenKeys): Promise<Question | undefined> {
  const asked = readConfirmationToken(token, now(), keys);
  const request = asked && (await readRequest(asked.requestId));
  if (!request || effectsOf(request, asked.memberId).length === 0) return undefined;
  return { request, memberId: asked.memberId };
}

/**
 * What the member said. Yes makes their holds blocks; no releases the holds of this request and of no other. The
 * request is closed when everybody who was asked has answered. The first answer counts, since the second may be anybody
 * who found the link: it is noted by one conditional write before anything follows from it, so that two at once cannot
 * both have their way, and saying it again after a fault finishes what is left. Nothing happens where all is done, or
 * where a person has decided. Returns the request as it stands, with the answer that counts among its confirmations.
 */
export async function answerQuestion({ request, memberId }: Question, said: Said): Promise<WrittenRequest> {
  const noted = await changeRequest(request, (found) => withNote(found, memberId, said));
  const counts = noted.confirmations[memberId];
  if (!counts || isClosed(noted.state) || hasStep(noted, memberId)) return noted;
  const effects = effectsOf(noted, memberId);
  if (counts === 'yes') await setFlags(noted, effects.map(asBlock));
  else await releaseHolds(noted, effects.filter(isNobodyElses(noted, memberId)));
  await closeConfirmation(memberId, noted.requestId);
  const answers = counts === 'yes' ? await grantedTo(memberId, effects) : toStaff();
  const at = now();
  return takeStep(noted, (found) => withStep(found, memberId, counts, at), answers);
}

export type Said = 'yes' | 'no';

/** The answer that counts, once all that follows from it is done. */
export const settledAnswer = ({ request, memberId }: Question): Said | undefined =>
  hasStep(request, memberId) ? request.confirmations[memberId] : undefined;

/** What the question is about: all that the request asked for in this member's name. */
export const askedAbout = ({ request, memberId }: Question): Effect[] => effectsOf(request, memberId);

const effectsOf = ({ decision }: WrittenRequest, memberId: string): Effect[] =>
  decision.effects.filter((effect) => effect.effect === 'hold' && effect.memberId === memberId);

/**
 * Managers of one community who share an address ask for the same images by the same request: while another of them
 * said yes, or has yet to answer, these are not this member's to release.
 */
const isNobodyElses =
  ({ decision, confirmations }: WrittenRequest, memberId: string) =>
  ({ subject }: Effect): boolean =>
    decision.effects.every(
      (other) => other.subject !== subject || other.memberId === memberId || confirmations[other.memberId] === 'no',
    );

/** Holds alone: what a person at the desk grants at the same moment is a block, and stays. */
async function releaseHolds({ requestId }: WrittenRequest, effects: Effect[]): Promise<void> {
  const at = now();
  for (const { subject, scopes } of effects) {
    await changeOptOut(subject, (optOut) => letGo(optOut, scopes, requestId, at));
  }
}

function withNote(request: WrittenRequest, memberId: string, said: Said): WrittenRequest | undefined {
  if (request.confirmations[memberId] || isClosed(request.state)) return undefined;
  return { ...request, confirmations: { ...request.confirmations, [memberId]: said } };
}

function withStep(request: WrittenRequest, memberId: string, said: Said, at: string): WrittenRequest | undefined {
  if (isClosed(request.state) || hasStep(request, memberId)) return undefined;
  const everybody = askedIn(request).every((id) => id === memberId || hasStep(request, id));
  const next = advance(request, {
    at,
    state: everybody ? stateAfterAnswers(request) : request.state,
    rule: `${said === 'yes' ? 'confirmed' : 'not-me'}-${placeOf(request, memberId)}`,
    reason:
      said === 'yes'
        ? 'The member confirmed by the mailed link.'
        : 'The member said by the mailed link that it was not them.',
  });
  return next && { ...next, answered: [...(request.answered ?? []), memberId] };
}

/** Once all have answered. What a person granted is not undone by a No: its block stands, so a person looks again. */
export function stateAfterAnswers({
  confirmations,
  history,
  state,
}: Pick<WrittenRequest, 'confirmations' | 'history' | 'state'>): RequestState {
  if (Object.values(confirmations).includes('yes')) return 'granted';
  return history.some((entry) => entry.by && entry.state === 'granted') ? state : 'declined';
}

/** Whether all that follows from the member's answer is done: it is noted last. */
const hasStep = ({ answered = [] }: WrittenRequest, memberId: string): boolean => answered.includes(memberId);

/** A member's number among those who were asked, from 1. */
const placeOf = (request: WrittenRequest, memberId: string): number => askedIn(request).indexOf(memberId) + 1;

const askedIn = ({ decision }: WrittenRequest): string[] => [
  ...new Set(decision.effects.map((effect) => effect.memberId)),
];

const asBlock = (effect: Effect): Effect => ({ ...effect, effect: 'block' });

/** Somebody wrote in a member's name: people should know. */
const toStaff = (): Answer[] => [
  { letter: 'not-me', to: env('staffAddress'), locale: 'en', name: '', communities: [] },
];

/** Speaks of what was asked for, which is not what the member manages by now. */
const grantedTo = async (memberId: string, effects: Effect[]): Promise<Answer[]> =>
  (await getMembers([memberId])).map((member: Member) => ({
    letter: 'granted',
    to: member.primaryEmail,
    locale: member.locale ?? 'en',
    memberId,
    name: member.name,
    communities: effects
      .map(({ subject }) => subject)
      .filter(isCommunity)
      .map(communityIdOf),
  }));

const isCommunity = (subject: string): boolean => subject.startsWith('community/');
const communityIdOf = (subject: string): string => subject.slice('community/'.length);
