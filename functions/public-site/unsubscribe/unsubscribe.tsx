import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { now } from '../../../shared/clock.ts';
import { env } from '../../../shared/env.ts';
import { errorName, reasonOf } from '../../../shared/errors.ts';
import { log } from '../../../shared/log.ts';
import { getMembers } from '../../../shared/members/directory.ts';
import { takeUnsubscribe } from '../../../shared/requests/take-unsubscribe.ts';
import { readUnsubscribeToken } from '../../../shared/requests/unsubscribe-token.ts';
import { tokenKeys } from '../../../shared/tokens.ts';
import { answerProblem, inTime, leavesNoTrace } from '../mailed-links.ts';
import { chooseWords } from '../words/choose.ts';
import type { Words } from '../words/words.ts';
import { askPage, donePage } from './pages.tsx';

/**
 * The link that every offer carries (RFC 8058). A mail client posts to it for its user, with no cookie, no sign-in and no
 * question, and gets its answer at once and without a redirect. Whoever opens it in a browser finds one button that does
 * the same; opening it changes nothing, since link scanners do that, too.
 */
export const unsubscribe = new Hono();

unsubscribe.use(leavesNoTrace);
unsubscribe.use(inTime);

unsubscribe.get('/:token', async (context) => {
  const memberId = await findMember(context);
  if (!memberId) return problem(context, 'unknown', 404);
  return context.html(askPage(await wordsFor(context, memberId), env('siteName')));
});

unsubscribe.post(
  '/:token',
  bodyLimit({ maxSize: 10_000, onError: (context) => problem(context, 'notUnderstood', 413) }),
);
unsubscribe.post('/:token', async (context) => {
  const memberId = await findMember(context);
  if (!memberId) return problem(context, 'unknown', 404);
  if (!(await isOneClick(context))) return problem(context, 'notUnderstood', 400);
  const request = await takeUnsubscribe({ memberId, at: now(), sent: whatWasSent(context) });
  log.info('unsubscribed', { requestId: request?.requestId ?? 'before', memberId });
  return context.html(donePage(await wordsFor(context, memberId)));
});

unsubscribe.on(['GET', 'POST'], '*', (context) => problem(context, 'unknown', 404));
unsubscribe.all('*', (context) => {
  context.header('Allow', 'GET, HEAD, POST');
  return problem(context, 'notUnderstood', 405);
});

/** A mail client tries again; what an answer left undone is done then, or within the hour. */
unsubscribe.onError((error, context) => {
  log.error('unsubscribe page failed', { error: errorName(error), reason: reasonOf(error) });
  context.header('Retry-After', '60');
  return answerProblem(context, (words) => words.unavailable, 503, unsubscribeAddress());
});

const findMember = async (context: Context): Promise<string | undefined> =>
  readUnsubscribeToken(context.req.param('token') ?? '', now(), await tokenKeys());

/** RFC 8058 section 3.2: the pair, as multipart/form-data or urlencoded. What else there is does not matter. */
async function isOneClick(context: Context): Promise<boolean> {
  const form = await context.req.formData().catch(() => undefined);
  return form?.get('List-Unsubscribe') === 'One-Click';
}

/** For the record, cut short: it is whatever somebody sent. */
function whatWasSent(context: Context): Record<string, string> {
  const header = (name: string) => (context.req.header(name) ?? '').slice(0, 200).toWellFormed();
  return {
    body: 'List-Unsubscribe=One-Click',
    contentType: header('content-type').split(';')[0]!,
    userAgent: header('user-agent'),
  };
}

/** Somebody who has left the directory gets old offers, too: their word counts all the same. */
async function wordsFor(context: Context, memberId: string): Promise<Words> {
  const [member] = await getMembers([memberId]);
  return chooseWords(context, member?.locale);
}

const problem = (context: Context, name: 'unknown' | 'notUnderstood', status: 400 | 404 | 405 | 413) =>
  answerProblem(context, (words) => words.unsubscribe[name], status, unsubscribeAddress());

const unsubscribeAddress = (): string => `unsubscribe@${env('mailDomain')}`;
