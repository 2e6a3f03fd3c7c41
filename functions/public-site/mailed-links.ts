import type { Context, MiddlewareHandler } from 'hono';
import { timeout } from 'hono/timeout';
import { env } from '../../shared/env.ts';
import { problemPage } from './confirm-pages.tsx';
import { chooseWords } from './words/choose.ts';
import type { Problem, Words } from './words/words.ts';

/** What pages behind a mailed link have in common: their address is a secret, and it is no business of anybody else. */
export const leavesNoTrace: MiddlewareHandler = async (context, next) => {
  context.header('Cache-Control', 'no-store');
  context.header('X-Robots-Tag', 'noindex, nofollow');
  await next();
};

/** Sooner than the function's own limit of 10 s, so that the reader gets a page. */
export const inTime = timeout(8_000);

/** Answers with a page that says what went wrong, in the reader's language. */
export function answerProblem(
  context: Context,
  choose: (words: Words) => Problem,
  status: 400 | 404 | 405 | 410 | 413 | 429 | 503,
  address = privacyAddress(),
) {
  const words = chooseWords(context);
  return context.html(problemPage(choose(words), words, address), status);
}

export const privacyAddress = (): string => `privacy@${env('mailDomain')}`;
