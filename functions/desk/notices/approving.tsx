import { Hono } from 'hono';
import { now } from '../../../shared/clock.ts';
import { env } from '../../../shared/env.ts';
import { countAudience } from '../../../shared/notices/count-audience.ts';
import { approveNotice } from '../../../shared/notices/steps.ts';
import type { DeskEnv } from '../staff.ts';
import { approvePage } from './approve-page.tsx';
import { gather } from './gather.ts';
import { actingIn, knownNotice } from './known-notice.tsx';
import { noticePath } from './paths.ts';
import { step } from './stepping.tsx';

/** Approval: a page that says what will happen, to how many and until when, and the step itself. */
export const approving = new Hono<DeskEnv>();

approving.get('/:noticeId/approve', async (context) => {
  const notice = await knownNotice(context);
  if (notice instanceof Response) return notice;
  if (notice.state !== 'submitted') return context.redirect(noticePath(notice.noticeId), 303);
  const [gathered, found] = await Promise.all([gather(notice), countAudience(notice, { at: now() })]);
  return context.html(approvePage(context.get('staff'), gathered, found));
});

/** `hash`: what the officer read. Whatever was changed since has another one. */
approving.post('/:noticeId/approve', (context) =>
  step(context, 'approved', async ({ noticeId }) => {
    const hash = new URLSearchParams(await context.req.text()).get('hash') ?? '';
    return approveNotice(noticeId, { ...actingIn(context), hash, secondOfficer: env('secondOfficer') === 'yes' });
  }),
);
