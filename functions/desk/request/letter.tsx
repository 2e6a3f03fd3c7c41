import { Hono } from 'hono';
import { now } from '../../../shared/clock.ts';
import { env } from '../../../shared/env.ts';
import { composeLetter } from '../../../shared/letters/write.ts';
import { getMembers } from '../../../shared/members/directory.ts';
import type { Answer, WrittenRequest } from '../../../shared/requests/request.ts';
import { knownRequest, type RequestEnv } from './known-request.tsx';
import { letterPage, noLetterPage } from './letter-page.tsx';

/** The answer on paper, for whoever wrote by letter or fax and has no address that a mail could go to. */
export const letter = new Hono<RequestEnv>();

letter.get('/:id/letter', knownRequest, async (context) => {
  const { request, staff } = context.var;
  const answer = await printable(request);
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
  });
  const sender = { name: env('siteName'), url: env('siteUrl'), address: `privacy@${env('mailDomain')}` };
  return context.html(letterPage(staff, request, { ...composed, sender, at: now() }));
});

/**
 * What there is to say: what a person answered last, else what was answered on arrival, else that it is here and will be
 * decided. Undefined where nobody is to be written to.
 */
async function printable({ lastAnswer, decision, state, who }: WrittenRequest): Promise<Answer | undefined> {
  const said = [lastAnswer, ...decision.answers].find((answer) => answer && !unprintable.includes(answer.letter));
  if (said || !['held', 'review'].includes(state)) return said;
  const [member] = who?.startsWith('member/') ? await getMembers([who.slice('member/'.length)]) : [];
  return { letter: 'received', to: '', locale: member?.locale ?? 'en', name: member?.name ?? '', communities: [] };
}

/** One needs a link to click, the others are for staff. */
const unprintable: Answer['letter'][] = ['confirm', 'not-me', 'digest', 'recall', 'notice-paused'];
