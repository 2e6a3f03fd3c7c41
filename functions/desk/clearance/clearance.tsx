import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { readSubject } from '../../../shared/clearance/check.ts';
import { checkAndKeep } from '../../../shared/clearance/check-dated.ts';
import { readCheck, readCheckId } from '../../../shared/clearance/check-record.ts';
import { log } from '../../../shared/log.ts';
import { problem } from '../problem.tsx';
import { only } from '../sign-in/who-may.tsx';
import type { DeskEnv } from '../staff.ts';
import { checkPage } from './check-page.tsx';
import { files, standingFor } from './files.tsx';
import { clearancePage } from './page.tsx';
import { shownOf } from './shown.ts';
import { campaignOf, faultsOf, readTyped } from './typed.ts';

/** What marketing asks before it uses an image, and what it was told before. */
export const clearance = new Hono<DeskEnv>();

clearance.use(only('marketing', 'officer', 'reviewer'));

clearance.get('/', async (context) => {
  const staff = context.get('staff');
  return context.html(clearancePage(staff, await standingFor(staff)));
});

clearance.post('/', async (context) => {
  const staff = context.get('staff');
  const typed = readTyped(new URLSearchParams(await context.req.text()));
  const faults = faultsOf(typed);
  if (faults.length > 0) return context.html(clearancePage(staff, await standingFor(staff), { typed, faults }), 400);
  const asked = typed.subjects.map((text) => ({ subject: readSubject(text)! }));
  const by = { kind: 'person' as const, id: staff.id, name: staff.name };
  const { checkId } = await checkAndKeep(asked, { by, campaign: campaignOf(typed) });
  log.info('checked', { checkId, by: staff.id, subjects: asked.length });
  return context.redirect(`/desk/clearance/checks/${checkId}`, 303);
});

/** The form in which an id is typed or pasted. */
clearance.get('/checks', async (context) => {
  const typed = context.req.query('id') ?? '';
  const checkId = readCheckId(typed);
  if (checkId) return context.redirect(`/desk/clearance/checks/${checkId}`, 302);
  const staff = context.get('staff');
  const faults = [{ field: 'check', sentence: 'A check id looks like C-20261122-4T9QK2ZP0M: type it whole.' }];
  return context.html(clearancePage(staff, await standingFor(staff), { lookedFor: typed, faults }), 400);
});

clearance.get('/checks/:id', async (context) => {
  const checkId = readCheckId(context.req.param('id'));
  const check = checkId && (await readCheck(checkId));
  if (!check) return problem(context, noSuchCheck);
  return context.html(checkPage(context.get('staff'), check, await shownOf(check, context.req.query())));
});

clearance.route('/files', files);

/** Who has no queue begins here. */
export const toClearance = createMiddleware<DeskEnv>(async (context, next) => {
  const { groups } = context.get('staff');
  const isMarketingOnly = groups.length > 0 && groups.every((group) => group === 'marketing');
  return isMarketingOnly ? context.redirect('/desk/clearance', 302) : next();
});

const noSuchCheck = {
  status: 404,
  title: 'There is no such check',
  sentence: 'The id may be mistyped, or the check is older than the time for which records are kept.',
  more: <a href="/desk/clearance">To clearance</a>,
} as const;
