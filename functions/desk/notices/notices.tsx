import { Hono } from 'hono';
import { listNotices } from '../../../shared/notices/list.ts';
import { only } from '../sign-in/who-may.tsx';
import type { DeskEnv } from '../staff.ts';
import { approving } from './approving.tsx';
import { listPage } from './list-page.tsx';
import { looking } from './looking.tsx';
import { proving } from './proving.tsx';
import { stepping } from './stepping.tsx';
import { testing } from './testing.tsx';
import { writing } from './writing.tsx';

/** Notices of significant change: written, approved, sent, and proved. For officers alone. */
export const notices = new Hono<DeskEnv>();

notices.use(only('officer'));

notices.get('/', async (context) => {
  const after = context.req.query('after');
  return context.html(listPage(context.get('staff'), await listNotices(50, after), after));
});

// What has a name of its own stands before what may be the id of a notice.
notices.route('/', writing);
notices.route('/', approving);
notices.route('/', stepping);
notices.route('/', testing);
notices.route('/', proving);
notices.route('/', looking);
