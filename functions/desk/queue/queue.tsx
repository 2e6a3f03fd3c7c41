import { type Context, Hono } from 'hono';
import { now } from '../../../shared/clock.ts';
import { readRequestId } from '../../../shared/requests/id.ts';
import type { WrittenRequest } from '../../../shared/requests/request.ts';
import { search } from '../../../shared/requests/search.ts';
import { isFragment } from '../problem.tsx';
import type { DeskEnv } from '../staff.ts';
import { channelWords } from '../views/names.tsx';
import { requestPath } from '../views/paths.ts';
import { readDecided } from './decided.ts';
import { decidedPage } from './decided-page.tsx';
import { readCounts, readList, type Wanted } from './list.ts';
import { freshParts, queuePage } from './queue-page.tsx';
import { searchPage } from './search-page.tsx';
import { trayTab } from './trays.ts';
import { membersOf } from './who.ts';

/** What waits, tray by tray, and the search. */
export const queue = new Hono<DeskEnv>();

queue.get('/', async (context) => {
  const wanted = readWanted(context);
  const [list, counts] = await Promise.all([readList(wanted), readCounts()]);
  const props = { ...wanted, list, counts };
  if (isFragment(context)) return context.html(freshParts(props));
  return context.html(queuePage(context.get('staff'), props));
});

queue.get('/decided', async (context) => {
  const { by, after } = context.req.query();
  const staff = context.get('staff');
  const wanted = { by: by === 'me' ? staff.id : undefined, after };
  const [list, counts] = await Promise.all([readDecided(wanted, now()), readCounts()]);
  return context.html(decidedPage(staff, { ...wanted, list, counts }));
});

queue.get('/search', async (context) => {
  const text = (context.req.query('q') ?? '').trim().slice(0, 200);
  const { requests, members } = text ? await search(text) : { requests: [], members: [] };
  const [only] = requests;
  if (only && only.requestId === readRequestId(text)) return context.redirect(requestPath(only.requestId));
  return context.html(
    searchPage(context.get('staff'), { text, requests, found: members, members: await membersOf(requests) }),
  );
});

function readWanted(context: Context): Wanted {
  const { tray, channel, after } = context.req.query();
  const known = channel !== undefined && Object.hasOwn(channelWords, channel);
  return { tab: trayTab(tray), channel: known ? (channel as WrittenRequest['channel']) : undefined, after };
}
