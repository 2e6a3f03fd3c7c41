import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { timeout } from 'hono/timeout';
import { env } from '../../shared/env.ts';
import { errorName, reasonOf } from '../../shared/errors.ts';
import { log } from '../../shared/log.ts';
import { phrase } from '../../shared/mail/phrase.ts';
import { getMembers } from '../../shared/members/directory.ts';
import {
  answerQuestion,
  type Question,
  readQuestion,
  type Said,
  settledAnswer,
} from '../../shared/requests/confirm.ts';
import { isClosed } from '../../shared/requests/request.ts';
import { tokenKeys } from '../../shared/tokens.ts';
import { readAsked } from './asked.ts';
import { type OutcomeProps, outcomePage, problemPage, questionPage } from './confirm-pages.tsx';
import { chooseWords } from './words/choose.ts';
import type { Words } from './words/words.ts';

/**
 * The pages behind a confirmation link. Opening one changes nothing, since the link scanners of mail systems open it
 * too (RFC 8058 section 4 has the same reason); only the form acts. The address is a secret: it is kept by no cache,
 * no search engine, no log and no Referer.
 */
export const confirm = new Hono();

confirm.use(async (context, next) => {
  context.header('Cache-Control', 'no-store');
  context.header('X-Robots-Tag', 'noindex, nofollow');
  await next();
});
// Sooner than the function's own limit of 10 s, so that the reader gets a page.
confirm.use(timeout(8_000));

confirm.get('/:token', async (context) => {
  const question = await findQuestion(context);
  return question ? show(context, question) : problem(context, 'unknown', 404);
});

confirm.post('/:token', bodyLimit({ maxSize: 1_000, onError: (context) => problem(context, 'notUnderstood', 413) }));
confirm.post('/:token', async (context) => {
  const said = await readAnswer(context);
  if (!said) return problem(context, 'notUnderstood', 400);
  const question = await findQuestion(context);
  if (!question) return problem(context, 'unknown', 404);
  const answered = { ...question, request: await answerQuestion(question, said) };
  const { requestId, state } = answered.request;
  log.info('confirmation', { requestId, memberId: question.memberId, said, counts: settledAnswer(answered), state });
  return show(context, answered, said);
});

confirm.on(['GET', 'POST'], '*', (context) => problem(context, 'unknown', 404));
confirm.all('*', (context) => {
  context.header('Allow', 'GET, HEAD, POST');
  return problem(context, 'notUnderstood', 405);
});

/** Whatever went wrong, the link still works, and what an answer left undone is done when it is given again. */
confirm.onError((error, context) => {
  log.error('confirmation page failed', { error: errorName(error), reason: reasonOf(error) });
  context.header('Retry-After', '60');
  return problem(context, 'unavailable', 503);
});

const findQuestion = async (context: Context): Promise<Question | undefined> =>
  readQuestion(context.req.param('token') ?? '', await tokenKeys());

/** Undefined for anything but one of the two buttons. */
async function readAnswer(context: Context): Promise<Said | undefined> {
  const [said, ...more] = new URLSearchParams(await context.req.text()).getAll('said');
  return (said === 'yes' || said === 'no') && more.length === 0 ? said : undefined;
}

/** The question, or what became of it. `said` is what was answered just now. */
async function show(context: Context, question: Question, said?: Said) {
  const [member] = await getMembers([question.memberId]);
  const words = chooseWords(context, member?.locale);
  const asked = await readAsked(question, member);
  const counts = settledAnswer(question);
  if (!counts && !isClosed(question.request.state)) return context.html(questionPage(asked, words));
  const subject = counts === 'no' ? phrase : asked.requestId;
  const inEffect = counts === 'no' || asked.images.every(({ now }) => now.state !== 'clear');
  const outcome = counts ? outcomeOf(words, counts, inEffect ? said : undefined) : words.decided;
  return context.html(outcomePage(asked, words, { ...outcome, address: address(), subject }));
}

/** Thanks for an answer just given; else says that there was one before, and that the first one counts. */
function outcomeOf(
  { answered, saidYes, saidNo, yes, no }: Words,
  counts: Said,
  said?: Said,
): Pick<OutcomeProps, 'title' | 'text' | 'undo' | 'note'> {
  const outcome = counts === 'yes' ? saidYes : saidNo;
  if (said === counts) return outcome;
  const note = (said ? answered.firstCounts : answered.before)(counts === 'yes' ? yes : no);
  return { ...outcome, title: answered.title, note };
}

function problem(
  context: Context,
  name: 'unknown' | 'notUnderstood' | 'unavailable',
  status: 400 | 404 | 405 | 413 | 503,
) {
  const words = chooseWords(context);
  return context.html(problemPage(words[name], words, address()), status);
}

const address = (): string => `privacy@${env('mailDomain')}`;
