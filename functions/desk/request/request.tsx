import { type Context, Hono } from 'hono';
import { getMembers } from '../../../shared/members/directory.ts';
import { readRequestId } from '../../../shared/requests/id.ts';
import { inTray } from '../../../shared/requests/queue.ts';
import { isOpen, type Tray, type WrittenRequest } from '../../../shared/requests/request.ts';
import { search } from '../../../shared/requests/search.ts';
import { readRequest } from '../../../shared/requests/store.ts';
import type { DeskEnv } from '../staff.ts';
import { requestPath } from '../views/paths.ts';
import { idsIn, withNames } from '../views/with-names.ts';
import { answerText } from './answer-text.tsx';
import { attachments } from './attachments.ts';
import { decisions, isStep } from './decisions.ts';
import { evidenceLinks } from './evidence-links.ts';
import { gather, withOptOuts } from './gather.ts';
import { FoundMembers, type Sought } from './grant-form.tsx';
import { knownRequest, type RequestEnv, say } from './known-request.tsx';
import { MergeTarget } from './other-forms.tsx';
import type { Place } from './paths.ts';
import { readingParts } from './reading-parts.tsx';
import { type RequestPageProps, requestPage } from './request-page.tsx';
import { justDone } from './said.tsx';
import { readScans, readStored } from './stored-evidence.ts';
import { Viewer } from './viewer.tsx';

/** The page of one request, the parts of it that are renewed, its evidence, and what people decide on it. */
export const request = new Hono<DeskEnv>();

const own = new Hono<RequestEnv>();

own.get('/', async (context) => {
  const staff = context.get('staff');
  const known = context.get('request');
  const entry = justDone(known, context.req.query('said'), staff);
  const sought = await seek(context.req.query('find'));
  return showPage(context, {
    sought,
    done: entry && { entry, next: await nextAfter(known, context.req.query('tray')) },
  });
});

/** The viewer with another page of a scan in it. */
own.get('/viewer', async (context) => {
  const known = context.get('request');
  const scans = await readScans(known, placeOf(context));
  return context.html(<Viewer request={known} evidence={{ replies: [], ...scans }} />);
});

/** Asked for every two seconds while scans are read. */
own.get('/reading', async (context) =>
  context.html(await readingParts(context.get('request'), placeOf(context), new URL(context.req.url).searchParams)),
);

own.get('/members', async (context) => {
  const sought = await seek(context.req.query('find'));
  return context.html(sought ? <FoundMembers sought={sought} /> : '');
});

own.get('/merge-into', async (context) => {
  const typed = context.req.query('into') ?? '';
  const into = readRequestId(typed);
  return context.html(<MergeTarget preview={{ typed, found: into ? await readRequest(into) : undefined }} />);
});

own.route('/', answerText);
own.route('/', evidenceLinks);
own.route('/', attachments);

/** A decision. Done, it leads back to the page, which says what happened; otherwise the form comes back as it was typed. */
own.post('/:step', async (context) => {
  const step = context.req.param('step');
  if (!isStep(step)) return say(context, noSuchStep);
  const { id, name } = context.get('staff');
  const values = new URLSearchParams(await context.req.text());
  const acting = { by: { id, name }, seen: Number(values.get('seen')) || 0 };
  const answered = await decisions[step](context.get('request'), values, acting);
  if ('done' in answered) {
    const query = new URLSearchParams({ said: String(answered.done.history.at(-1)!.number), ...trayOf(context) });
    return context.redirect(`${requestPath(answered.done.requestId)}?${query}`, 303);
  }
  if ('changed' in answered) {
    context.set('request', answered.changed);
    return showPage(context, { typed: { step, values, faults: [] }, meanwhile: answered.entries }, 409);
  }
  const faults = 'faults' in answered ? answered.faults : [{ sentence: await named(answered.refused) }];
  context.set('request', (await readRequest(context.get('request').requestId)) ?? context.get('request'));
  return showPage(context, { typed: { step, values, faults } }, 422);
});

/** Whoever loads the answer to a form again, or comes back to it by a bookmark, finds the request. */
own.get('/:step', (context) => {
  const { requestId } = context.get('request');
  return isStep(context.req.param('step')) ? context.redirect(requestPath(requestId)) : say(context, noSuchStep);
});

request.use('/:id', knownRequest);
request.use('/:id/*', knownRequest);
request.route('/:id', own);

const noSuchStep = {
  status: 404,
  title: 'There is no such page',
  sentence: 'Go back to the request and use the forms on it.',
} as const;

async function showPage(
  context: Context<RequestEnv>,
  more: Partial<RequestPageProps>,
  status: 200 | 409 | 422 = 200,
): Promise<Response> {
  const known = context.get('request');
  const chosen = more.typed?.values.get('member');
  const [gathered, evidence] = await Promise.all([
    gather(known, chosen ? [chosen] : []),
    readStored(known, placeOf(context)),
  ]);
  return context.html(requestPage({ staff: context.get('staff'), known: gathered, evidence, ...more }), status);
}

/** A sentence of a rule names members by their ids. */
async function named(sentence: string): Promise<string> {
  const members = await getMembers(idsIn([sentence]));
  return withNames(sentence, new Map(members.map(({ memberId, name }) => [memberId, name])));
}

const placeOf = (context: Context): Place => ({
  scanId: context.req.query('scan') ?? '',
  page: Number(context.req.query('page')) || 0,
});

async function seek(text: string | undefined): Promise<Sought | undefined> {
  if (text === undefined) return undefined;
  const { members } = await search(text.slice(0, 200));
  const { optOuts } = await withOptOuts(members.map(({ memberId }) => memberId));
  return { text, members, optOuts };
}

/** The tray that the reader works through stands in the address of the page with the form. */
function trayOf(context: Context): { tray?: string } {
  const from = context.req.header('referer') ?? '';
  const tray = URL.canParse(from) && new URL(from).searchParams.get('tray');
  return tray && isTray(tray) ? { tray } : {};
}

/** What waits longest in the tray that the reader works through; without one, where most requests wait. */
async function nextAfter({ requestId }: WrittenRequest, tray: string | undefined): Promise<string | undefined> {
  const { requests } = await inTray(isTray(tray) ? tray : 'review', { limit: 2 });
  const next = requests.find((waiting) => waiting.requestId !== requestId && isOpen(waiting.state));
  return next && requestPath(next.requestId, tray);
}

const isTray = (text: string | undefined): text is Tray =>
  ['review', 'spam', 'asked', 'held', 'quarantined'].includes(text ?? '');
