import { Hono } from 'hono';
import { evidenceKeys } from '../../../shared/evidence/store.ts';
import { page } from '../layout.tsx';
import { isFragment } from '../problem.tsx';
import { requestPath } from '../views/paths.ts';
import type { RequestEnv } from './known-request.tsx';
import { readMail } from './read-mail.ts';

/** What an answer of ours said, as text: folded out of the list of answers, or on a page of its own. */
export const answerText = new Hono<RequestEnv>();

answerText.get('/answers/:delivery{[A-Za-z0-9-]{1,200}}/text', async (context) => {
  const { request, staff } = context.var;
  const { requestId } = request;
  const stored = await readMail(evidenceKeys.answer(requestId, context.req.param('delivery')));
  const text = 'mail' in stored ? stored.mail.text.trim() : stored.problem;
  if (isFragment(context)) return context.html(<div class="text">{text}</div>);
  const crumbs = [
    { path: '/desk', words: 'Queue' },
    { path: requestPath(requestId), words: requestId },
  ];
  const title = 'mail' in stored ? stored.mail.subject : 'Our answer';
  return context.html(page({ title, staff, crumbs }, <div class="card text">{text}</div>));
});
