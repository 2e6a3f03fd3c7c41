import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { now } from '../../../shared/clock.ts';
import { env } from '../../../shared/env.ts';
import { type Export, exportKinds, mayExport } from '../../../shared/exports/export.ts';
import { startExport } from '../../../shared/exports/start.ts';
import { exportKeys, readExport, recentExports } from '../../../shared/exports/store.ts';
import { log } from '../../../shared/log.ts';
import { linkTo, permitUpload } from '../../../shared/presigned.ts';
import { countRecalls } from '../../../shared/recalls/store.ts';
import { problem } from '../problem.tsx';
import { only } from '../sign-in/who-may.tsx';
import type { DeskEnv, Staff } from '../staff.ts';
import { tidyName } from '../upload/offer.ts';
import { FileStanding, filePage } from './file-page.tsx';
import { clearancePage, type Standing } from './page.tsx';
import { faultsOfCampaign, readCampaign } from './typed.ts';
import { largestMb } from './upload-limit.ts';

/** A CSV goes from the browser to the bucket by a permit; the form then starts the job that checks it. */
export const files = new Hono<DeskEnv>();

const kind = 'clearance-csv';

files.use(only(...exportKinds[kind].groups));

files.post('/permits', async (context) => {
  const { size } = (await context.req.json().catch(() => ({}))) ?? {};
  const maxBytes = largestMb * 1024 * 1024;
  if (!Number.isSafeInteger(size) || size < 1) return refuse('This file is empty (0 bytes): save it again.');
  if (size > maxBytes) {
    return refuse(`A file may have ${largestMb} MB: send it in parts, or use "npm run clearance -- --csv".`);
  }
  const key = `uploads/${randomUUID()}`;
  const permit = { bucket: env('exportsBucket'), key, contentType: 'text/csv', maxBytes, seconds: 600 };
  return context.json({ key, ...(await permitUpload(permit)) });

  function refuse(sentence: string) {
    return problem(context, { status: 400, title: 'This file cannot be sent', sentence });
  }
});

files.post('/', async (context) => {
  const form = new URLSearchParams(await context.req.text());
  const staff = context.get('staff');
  const [subject, name] = [form.get('upload') ?? '', tidyName(form.get('name') ?? '')];
  const typed = readCampaign(form);
  const missing = { field: 'csv', sentence: 'There is no file yet: choose one.' };
  const faults = [...(exportKinds[kind].subject.test(subject) ? [] : [missing]), ...faultsOfCampaign(typed, 'file-')];
  if (faults.length > 0) {
    return context.html(clearancePage(staff, await standingFor(staff), { faults, file: typed }), 400);
  }
  const by = { id: staff.id, name: staff.name };
  const params = { name, ...(typed.campaign && { campaign: typed.campaign, contact: typed.contact }) };
  const exportId = await startExport({ kind, subject, by, params });
  log.info('file of subjects taken', { exportId, by: by.id });
  return context.redirect(`/desk/clearance/files/${exportId}`, 303);
});

files.get('/:id', async (context) => {
  const job = await find(context);
  return job ? context.html(filePage(context.get('staff'), job, now())) : problem(context, gone);
});

/** What the page puts in place of itself every second. */
files.get('/:id/standing', async (context) => {
  const job = await find(context);
  return job ? context.html(<FileStanding job={job} at={now()} />) : problem(context, gone);
});

/** Straight from the bucket, by a link that is worth nothing a minute later: a Lambda's answer ends at 6 MB. */
files.get('/:id/file', async (context) => {
  const job = await find(context);
  if (!job) return problem(context, gone);
  if (!job.file) return context.redirect(`/desk/clearance/files/${job.exportId}`, 303);
  const place = { bucket: env('exportsBucket'), key: exportKeys.file(job.exportId) };
  return context.redirect(await linkTo(place, { seconds: 60, fileName: job.file.name }), 302);
});

/** One query of each, whatever is kept. */
export async function standingFor(staff: Staff): Promise<Standing> {
  const [jobs, recalls] = await Promise.all([recentFiles(staff), countRecalls('open')]);
  return { jobs, recalls };
}

/** The newest files that were checked; nothing for whoever may not have them. */
async function recentFiles({ groups }: Staff): Promise<Export[]> {
  if (!mayExport(kind, groups)) return [];
  return (await recentExports()).filter((job) => job.kind === kind);
}

async function find(context: Context<DeskEnv>): Promise<Export | undefined> {
  const job = await readExport(context.req.param('id') ?? '');
  return job?.kind === kind ? job : undefined;
}

const gone = {
  status: 404,
  title: 'There is no such file',
  sentence: 'Files are kept for seven days and then removed. Upload it again.',
  more: <a href="/desk/clearance">To clearance</a>,
} as const;
