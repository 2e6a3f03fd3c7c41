import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { queueTest } from '../../../shared/deliveries/notices-queue.ts';
import { log } from '../../../shared/log.ts';
import type { DeskEnv } from '../staff.ts';
import { gather } from './gather.ts';
import { knownNotice } from './known-notice.tsx';
import { noticePage } from './notice-page.tsx';
import { noticePath } from './paths.ts';

/** A test mail goes the way of all mails of a notice, to the officer who asked for it and nobody else. */
export const testing = new Hono<DeskEnv>();

testing.post('/:noticeId/test', async (context) => {
  const notice = await knownNotice(context);
  if (notice instanceof Response) return notice;
  const form = new URLSearchParams(await context.req.text());
  const staff = context.get('staff');
  const language = form.get('language') ?? '';
  const text = Object.hasOwn(notice.texts, language) ? notice.texts[language] : undefined;
  const refused = whyNot(staff.email, text);
  if (refused) return context.html(noticePage(staff, await gather(notice), { refused }), 422);
  const delivery = `test-${digest(`${staff.id} ${form.get('nonce')} ${language}`)}`;
  await queueTest({ noticeId: notice.noticeId, language, test: { to: staff.email, delivery } });
  log.info('notice test mail', { noticeId: notice.noticeId, by: staff.id });
  return context.redirect(`${noticePath(notice.noticeId)}?said=tested`, 303);
});

function whyNot(address: string, text?: { subject: string; markdown: string }): string | undefined {
  if (!address) return 'Your sign-in does not tell your address, so there is nowhere to send it.';
  if (!text) return 'There is no text in this language.';
  return text.subject && text.markdown.trim() ? undefined : 'Write a subject and a text in this language first.';
}

/** The same form sent twice is one mail. */
const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);
