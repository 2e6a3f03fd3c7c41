import { Hono } from 'hono';
import { now } from '../../../shared/clock.ts';
import { env } from '../../../shared/env.ts';
import { composeLetter } from '../../../shared/letters/write.ts';
import { getMembers } from '../../../shared/members/directory.ts';
import { letterToPrint } from '../../../shared/requests/by-person/letter-to-print.ts';
import type { Answer, WrittenRequest } from '../../../shared/requests/request.ts';
import { knownRequest, type RequestEnv } from './known-request.tsx';
import { letterPage, noLetterPage } from './letter-page.tsx';

/** The answer on paper, for whoever wrote by letter or fax and has no address that a mail could go to. */
export const letter = new Hono<RequestEnv>();

letter.get('/:id/letter', knownRequest, async (context) => {
  const { request, staff } = context.var;
  const answer = await addressed(request, letterToPrint(request));
  if (!answer) return context.html(noLetterPage(staff, request));
  const locale = context.req.query('locale')?.slice(0, 20) || answer.locale;
  const composed = composeLetter(answer.letter, locale, {
    ...answer,
    requestId: request.requestId,
    since: answer.since ?? request.receivedAt,
    // While it waits for an answer, the date at which somebody looks again is no promise.
    decideBy: request.pausedAt ? undefined : request.dueAt,
    siteName: env('siteName'),
    onPaper: true,
    writeTo: [privacyAddress(), ...(env('postalAddress') === 'none' ? [] : [env('postalAddress')])],
  });
  const sender = { name: env('siteName'), url: env('siteUrl'), address: privacyAddress() };
  return context.html(letterPage(staff, request, { ...composed, sender, at: now() }));
});

const privacyAddress = (): string => `privacy@${env('mailDomain')}`;

/** To the member whom the request is about, where one is known and the answer names nobody. */
async function addressed({ who }: WrittenRequest, answer: Answer | undefined): Promise<Answer | undefined> {
  if (answer?.letter !== 'received' || answer.name || !who?.startsWith('member/')) return answer;
  const [member] = await getMembers([who.slice('member/'.length)]);
  return member ? { ...answer, locale: member.locale ?? 'en', name: member.name } : answer;
}
