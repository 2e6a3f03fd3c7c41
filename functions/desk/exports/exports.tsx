import { type Context, Hono } from 'hono';
import { now } from '../../../shared/clock.ts';
import { env } from '../../../shared/env.ts';
import { type Export, exportKinds, isExportKind, mayExport } from '../../../shared/exports/export.ts';
import { startExport } from '../../../shared/exports/start.ts';
import { exportKeys, readExport, recentExports } from '../../../shared/exports/store.ts';
import { linkTo } from '../../../shared/presigned.ts';
import { readRequestId } from '../../../shared/requests/id.ts';
import { problem } from '../problem.tsx';
import { only } from '../sign-in/who-may.tsx';
import type { DeskEnv } from '../staff.ts';
import { exportPage, exportsPage } from './pages.tsx';
import { Standing } from './standing.tsx';

/**
 * Files that are made on request: started, watched, fetched. Whoever may start a kind may also watch and fetch what
 * colleagues started, so that a link can be handed on.
 */
export const exports = new Hono<DeskEnv>();

/** Each kind says which of them. */
exports.use(only('reviewer', 'officer', 'marketing'));

exports.get('/', async (context) => context.html(exportsPage(context.get('staff'), await recent(context))));

exports.post('/', async (context) => {
  const form = new URLSearchParams(await context.req.text());
  const [kind = '', subject = ''] = ['kind', 'subject'].map((name) => form.get(name)?.trim());
  if (!isExportKind(kind)) return problem(context, notUnderstood);
  if (!mayExport(kind, context.get('staff').groups)) return forOthers(context, kind);
  // People type a number as they read it.
  const asked = readRequestId(subject) ?? subject;
  if (!exportKinds[kind].subject.test(asked)) {
    const fault = { field: 'subject', sentence: 'A request number looks like W-0123-4567-89AB-CDEF: type it whole.' };
    return context.html(exportsPage(context.get('staff'), await recent(context), { subject, fault }), 400);
  }
  const { id, name } = context.get('staff');
  return context.redirect(`/desk/exports/${await startExport({ kind, subject: asked, by: { id, name } })}`, 303);
});

exports.get('/:id', async (context) => {
  const found = await find(context);
  return found instanceof Response ? found : context.html(exportPage(context.get('staff'), found, now()));
});

/** What the page puts in place of itself every second. */
exports.get('/:id/standing', async (context) => {
  const found = await find(context);
  return found instanceof Response ? found : context.html(<Standing job={found} at={now()} />);
});

/** Straight from the bucket, by a link that is worth nothing a minute later: a Lambda's answer ends at 6 MB. */
exports.get('/:id/file', async (context) => {
  const job = await find(context);
  if (job instanceof Response) return job;
  if (!job.file) return context.redirect(`/desk/exports/${job.exportId}`, 303);
  const place = { bucket: env('exportsBucket'), key: exportKeys.file(job.exportId) };
  return context.redirect(await linkTo(place, { seconds: 60, fileName: job.file.name }), 302);
});

/** The export of the address, or the answer that says why there is none to be seen. */
async function find(context: Context<DeskEnv>): Promise<Export | Response> {
  const job = await readExport(context.req.param('id') ?? '');
  if (!job) return problem(context, gone);
  return mayExport(job.kind, context.get('staff').groups) ? job : forOthers(context, job.kind);
}

/** Files of clearance have pages of their own. */
const recent = async (context: Context<DeskEnv>): Promise<Export[]> =>
  (await recentExports()).filter(
    ({ kind }) => kind !== 'clearance-csv' && mayExport(kind, context.get('staff').groups),
  );

const forOthers = (context: Context<DeskEnv>, kind: Export['kind']) =>
  problem(context, {
    status: 403,
    title: 'This is for others',
    sentence: `It is for the role ${exportKinds[kind].groups.join(' or ')}. Ask one of them, or ask for the role.`,
  });

const gone = {
  status: 404,
  title: 'There is no such file',
  sentence: 'Files are kept for seven days and then removed. Make it again.',
  more: <a href="/desk/exports">To the files</a>,
} as const;

const notUnderstood = {
  status: 400,
  title: 'This was not understood',
  sentence: 'Nobody makes files of this kind, so nothing was started. Go back and choose again.',
} as const;
