import { Hono } from 'hono';
import { now } from '../../../shared/clock.ts';
import { countAudience } from '../../../shared/notices/count-audience.ts';
import { isFragment } from '../problem.tsx';
import type { DeskEnv } from '../staff.ts';
import { AudienceView, audiencePage } from './audience-view.tsx';
import { answerFrame } from './frame.tsx';
import { gather } from './gather.ts';
import { knownNotice } from './known-notice.tsx';
import { noticePage } from './notice-page.tsx';
import { lookOf } from './preview-pane.tsx';
import { ProgressView } from './progress-view.tsx';
import { said } from './said.ts';
import { Waiting } from './steps-view.tsx';

/** One notice: where it stands, how far it is, and what it says. */
export const looking = new Hono<DeskEnv>();

looking.get('/:noticeId', async (context) => {
  const notice = await knownNotice(context);
  if (notice instanceof Response) return notice;
  const done = said(context.req.query('said'), notice.state);
  return context.html(noticePage(context.get('staff'), await gather(notice), { done }));
});

/** What the page puts in place of itself every few seconds. `of`: how many there were to tell when it was opened. */
looking.get('/:noticeId/progress', async (context) => {
  const notice = await knownNotice(context);
  if (notice instanceof Response) return notice;
  const expected = Number(context.req.query('of')) || undefined;
  const drawnAs = context.req.query('as');
  // The buttons and the badge of the page fit its state.
  if (isFragment(context) && drawnAs && drawnAs !== notice.state) context.header('HX-Refresh', 'true');
  return context.html(<ProgressView notice={notice} at={now()} expected={expected} />);
});

/** Whether it still waits for its time; once it does not, the page is drawn anew. */
looking.get('/:noticeId/waiting', async (context) => {
  const notice = await knownNotice(context);
  if (notice instanceof Response) return notice;
  if (isFragment(context) && context.req.query('as') !== notice.state) context.header('HX-Refresh', 'true');
  return context.html(<Waiting notice={notice} at={now()} />);
});

/** The dry run: a part of the page, which takes some seconds where there are many members. */
looking.get('/:noticeId/audience', async (context) => {
  const notice = await knownNotice(context);
  if (notice instanceof Response) return notice;
  const found = await countAudience(notice, { at: now() });
  if (isFragment(context)) return context.html(<AudienceView notice={notice} found={found} at={now()} />);
  return context.html(audiencePage(context.get('staff'), notice, found, now()));
});

looking.get('/:noticeId/shown', async (context) => {
  const notice = await knownNotice(context);
  if (notice instanceof Response) return notice;
  const { language = notice.fallback, as } = context.req.query();
  const text = Object.hasOwn(notice.texts, language) ? notice.texts[language] : undefined;
  const { effectiveOn, noticeId } = notice;
  return answerFrame(context, text && { text, language, effectiveOn, noticeId, look: lookOf(as) });
});
