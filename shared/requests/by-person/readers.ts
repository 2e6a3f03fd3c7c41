import { env } from '../../env.ts';
import { getMembers } from '../../members/directory.ts';
import type { Member } from '../../members/member.ts';
import type { Answer, WrittenRequest } from '../request.ts';

/** Somebody who may read what a person writes. */
export type Reader = Pick<Answer, 'to' | 'locale' | 'memberId' | 'name'>;

/**
 * Who reads the answer to a request: the member whom it is about, at the primary address of the directory, or each that
 * the sender may be; else the stranger whose address was certain when the mail came. Often nobody.
 */
export async function readersOf({ who, summary, decision }: WrittenRequest): Promise<Reader[]> {
  const memberIds = who?.startsWith('member/') ? [who.slice('member/'.length)] : summary.memberIds;
  const members = await getMembers(memberIds.slice(0, mostReaders));
  if (memberIds.length > 0) return members.map(readerOf).filter(isElsewhere);
  return strangerOf({ decision });
}

/** Where it is not a member who wrote, or nobody can tell which one, no member reads that it was declined. */
export async function readersOfDecline(request: WrittenRequest, reason: string): Promise<Reader[]> {
  const { who, channel } = request;
  // Several members with one address all get the answer that it cannot be told which of them wrote.
  const areAllAsked = reason === 'cannot-tell-who' && channel === 'email' && !who?.startsWith('member/');
  return isAboutNobody(reason) && !areAllAsked ? strangerOf(request) : readersOf(request);
}

export const isAboutNobody = (reason: string): boolean => reason === 'not-a-member' || reason === 'cannot-tell-who';

/** The stranger whose address was certain when the mail came. */
const strangerOf = ({ decision }: Pick<WrittenRequest, 'decision'>): Reader[] =>
  decision.answers.filter(isToStranger).slice(0, 1).filter(isElsewhere);

export const readerOf = ({ memberId, name, primaryEmail, locale = 'en' }: Member): Reader => ({
  to: primaryEmail,
  locale,
  memberId,
  name,
});

/** Mail to ourselves would come in as a request. */
export const isElsewhere = ({ to }: Pick<Reader, 'to'>): boolean =>
  to.slice(to.lastIndexOf('@') + 1).toLowerCase() !== env('mailDomain').toLowerCase();

/** On arrival a stranger was answered only where the address was certainly theirs (whom-to-answer.ts). */
const isToStranger = ({ memberId, letter }: Answer): boolean => !memberId && strangers.includes(letter);

const strangers: string[] = ['which-profile', 'received'];

const mostReaders = 5;

/** The same letter to each of them; to nobody in particular where there is none, for the page that prints it. */
export function lettersTo(
  readers: readonly Reader[],
  letter: Answer['letter'],
  more: Pick<Answer, 'words' | 'covers' | 'since'>,
): { answers: Answer[]; fields: { lastAnswer: Answer } } {
  const letterTo = ({ to, locale, memberId, name }: Reader): Answer => ({
    letter,
    to,
    locale,
    memberId,
    name,
    communities: [],
    ...more,
  });
  const [first = nobody] = readers;
  return { answers: readers.map(letterTo), fields: { lastAnswer: letterTo(first) } };
}

const nobody: Reader = { to: '', locale: 'en', name: '' };
