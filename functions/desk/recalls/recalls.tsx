import { type Context, Hono } from 'hono';
import { now } from '../../../shared/clock.ts';
import { log } from '../../../shared/log.ts';
import type { Recall, RecallStep, Standing } from '../../../shared/recalls/recall.ts';
import { moveRecall } from '../../../shared/recalls/store.ts';
import { checkWords } from '../../../shared/requests/by-person/words.ts';
import { only } from '../sign-in/who-may.tsx';
import type { DeskEnv } from '../staff.ts';
import type { Fault } from '../views/messages.tsx';
import { gather } from './gather.ts';
import { recallsPage } from './list-page.tsx';
import { listPath } from './paths.ts';

/** Campaigns that a later request reached: what to take down, until a person says that it is done. */
export const recalls = new Hono<DeskEnv>();

recalls.use(only('reviewer', 'officer', 'marketing'));

recalls.get('/', async (context) => {
  const { standing, after, moved, of } = context.req.query();
  const list = standing === 'done' ? 'done' : 'open';
  const notice = noticeOf(list, Number(moved), Number(of));
  return context.html(recallsPage(context.get('staff'), await gather(list, after), { notice }));
});

recalls.post('/done', async (context) => {
  const form = new URLSearchParams(await context.req.text());
  const ticked = form.getAll('recall').slice(0, mostAtOnce);
  const checked = checkWords(form.get('words') ?? '', 'Write what was done: these words stay with the recall.');
  const words = 'words' in checked ? checked.words : undefined;
  if (ticked.length === 0 || !words) {
    const fault = 'refused' in checked ? checked.refused : undefined;
    return context.html(await withFaults(context, form, ticked, fault), 400);
  }
  return move(context, ticked, 'done', words);
});

recalls.post('/undo', async (context) => {
  const ticked = new URLSearchParams(await context.req.text()).getAll('recall').slice(0, mostAtOnce);
  return ticked.length === 0 ? context.redirect(listPath('done'), 303) : move(context, ticked, 'open');
});

/** A page shows a hundred. */
const mostAtOnce = 100;

async function move(context: Context<DeskEnv>, recallIds: string[], standing: Standing, words?: string) {
  const { id, name } = context.get('staff');
  const step: RecallStep = { at: now(), standing, by: { id, name }, words };
  const done: Recall[] = [];
  for (const recallId of new Set(recallIds)) {
    const after = await moveRecall(recallId, step);
    if (!after) continue;
    done.push(after);
    log.info('recall', { recallId, requestId: after.requestId, outcome: standing, by: id });
  }
  const told = new URLSearchParams({ moved: `${done.length}`, of: `${new Set(recallIds).size}` });
  const list = listPath(standing === 'done' ? 'open' : 'done');
  return context.redirect(`${list}${list.includes('?') ? '&' : '?'}${told}`, 303);
}

/** Said after the redirect. What others had marked meanwhile is said, too. */
function noticeOf(list: Standing, moved: number, of: number) {
  if (!Number.isSafeInteger(moved) || !Number.isSafeInteger(of) || moved < 0 || of < Math.max(1, moved))
    return undefined;
  const done = list === 'open' ? 'marked as done. Under Done it can be opened again.' : 'open again.';
  const missed = of > moved ? ` Meanwhile somebody else had marked ${of - moved}.` : '';
  const words = `${moved === 1 ? 'One recall is' : `${moved} recalls are`} ${done}${missed}`;
  return { tone: moved > 0 ? ('done' as const) : ('info' as const), words };
}

async function withFaults(context: Context<DeskEnv>, form: URLSearchParams, ticked: string[], fault?: string) {
  const gathered = await gather('open');
  const [campaign, contact] = ['campaign', 'contact'].map((name) => form.get(name) ?? '');
  const groups = [...new Set(gathered.recalls.map((recall) => JSON.stringify([recall.campaign, recall.contact])))];
  const place = groups.indexOf(JSON.stringify([campaign, contact])) + 1;
  const faults: Fault[] = [
    ...(ticked.length === 0 ? [{ field: `campaign-${place}`, sentence: 'Tick what was taken down.' }] : []),
    ...(fault ? [{ field: `words-${place}`, sentence: fault }] : []),
  ];
  const typed = { campaign: campaign!, contact: contact!, ticked, words: form.get('words') ?? '', faults };
  return recallsPage(context.get('staff'), gathered, { typed });
}
