import { type Context, Hono } from 'hono';
import { now } from '../../../shared/clock.ts';
import { log } from '../../../shared/log.ts';
import type { Notice } from '../../../shared/notices/notice.ts';
import type { Outcome } from '../../../shared/notices/outcome.ts';
import { cancelNotice, endBanner, pauseNotice, resumeNotice, submitNotice } from '../../../shared/notices/steps.ts';
import type { DeskEnv } from '../staff.ts';
import { bannerPage } from './banner-page.tsx';
import { cancelPage } from './cancel-page.tsx';
import { gather } from './gather.ts';
import { actingIn, knownNotice } from './known-notice.tsx';
import { noticePage } from './notice-page.tsx';
import { noticePath } from './paths.ts';
import { saidBy } from './said.ts';

/** Steps of a notice besides its approval: each ends on the page of the notice, with what was done or why not. */
export const stepping = new Hono<DeskEnv>();

stepping.post('/:noticeId/submit', (context) =>
  step(context, 'submitted', async ({ noticeId }) =>
    submitNotice(noticeId, { ...actingIn(context), seen: Number(await field(context, 'seen')) }),
  ),
);

stepping.post('/:noticeId/pause', (context) =>
  step(context, 'paused', ({ noticeId }) => pauseNotice(noticeId, actingIn(context))),
);

stepping.post('/:noticeId/resume', (context) =>
  step(context, 'resumed', ({ noticeId }) => resumeNotice(noticeId, actingIn(context))),
);

stepping.get('/:noticeId/cancel', async (context) => {
  const notice = await knownNotice(context);
  return notice instanceof Response ? notice : context.html(cancelPage(context.get('staff'), notice));
});

stepping.post('/:noticeId/cancel', (context) =>
  step(context, 'cancelled', ({ noticeId }) => cancelNotice(noticeId, actingIn(context))),
);

stepping.get('/:noticeId/banner', async (context) => {
  const notice = await knownNotice(context);
  return notice instanceof Response ? notice : context.html(bannerPage(context.get('staff'), notice, now()));
});

stepping.post('/:noticeId/banner', (context) =>
  step(context, 'unshown', ({ noticeId }) => endBanner(noticeId, actingIn(context))),
);

export async function step(
  context: Context<DeskEnv>,
  what: string,
  act: (notice: Notice) => Promise<Outcome>,
): Promise<Response> {
  const notice = await knownNotice(context);
  if (notice instanceof Response) return notice;
  const outcome = await act(notice);
  if ('done' in outcome) {
    log.info('notice step', { noticeId: notice.noticeId, step: what, by: context.get('staff').id });
    return context.redirect(`${noticePath(notice.noticeId)}?said=${what}`, 303);
  }
  return tell(context, notice, outcome);
}

/** The page as it stands now, and why nothing was done. */
async function tell(context: Context<DeskEnv>, notice: Notice, outcome: Exclude<Outcome, { done: Notice }>) {
  const gathered = await gather('changed' in outcome ? outcome.changed : notice);
  const refused = sentenceOf(outcome);
  const extra = 'faults' in outcome ? outcome.faults.filter(({ field }) => field === 'audience') : [];
  const above = { refused: [refused, ...extra.map(({ sentence }) => sentence)].filter(Boolean).join(' ') };
  return context.html(noticePage(context.get('staff'), gathered, above), 409);
}

function sentenceOf(outcome: Exclude<Outcome, { done: Notice }>): string {
  if ('refused' in outcome) return outcome.refused;
  if ('faults' in outcome) return 'Nothing was done, since something is missing or wrong.';
  return `Nothing was done. ${saidBy(outcome.entries)}`;
}

const field = async (context: Context, name: string): Promise<string> =>
  new URLSearchParams(await context.req.text()).get(name) ?? '';
