import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { now } from '../../../shared/clock.ts';
import { errorName, InvalidInput, reasonOf } from '../../../shared/errors.ts';
import { log } from '../../../shared/log.ts';
import type { WrittenRequest } from '../../../shared/requests/request.ts';
import { readRequest } from '../../../shared/requests/store.ts';
import type { DeskEnv } from '../staff.ts';
import type { Fault } from '../views/messages.tsx';
import { requestPath } from '../views/paths.ts';
import { permits } from './permits.ts';
import { takeLetters } from './take.ts';
import { takenPage } from './taken-page.tsx';
import { faultsOf, mostFiles, readTyped, type Typed } from './typed.ts';
import { uploadPage } from './upload-page.tsx';

/**
 * Letters, faxes and anything else on paper. The files go from the browser to the bucket by permits; the form then says
 * what they are. Whatever goes wrong, the form comes back as it was filled in, with its files.
 */
export const upload = new Hono<DeskEnv>();

upload.route('/permits', permits);

upload.get('/', (context) => show(context, { ...blank, nonce: randomUUID() }));

upload.post('/', async (context) => {
  const typed = readTyped(new URLSearchParams(await context.req.text()));
  const at = now();
  const faults = faultsOf(typed, at);
  if (faults.length > 0) return show(context, typed, faults, 400);
  const { id, name } = context.get('staff');
  try {
    const taken = await takeLetters(typed, at, { id, name });
    for (const { requestId, scans = [] } of taken) log.info('upload taken', { requestId, files: scans.length, by: id });
    return context.redirect(placeOf(taken), 303);
  } catch (error) {
    if (error instanceof InvalidInput) return show(context, typed, [{ field: 'files', sentence: error.message }], 400);
    log.error('upload failed', { error: errorName(error), reason: reasonOf(error) });
    return show(context, typed, [{ sentence: unavailable }], 503);
  }
});

upload.get('/taken', async (context) => {
  const ids = (context.req.queries('id') ?? []).filter((id) => /^W(-[0-9A-Z]{4}){4}$/.test(id)).slice(0, mostFiles);
  const requests = await Promise.all(ids.map(readRequest));
  const staff = context.get('staff');
  return context.html(
    takenPage(
      staff,
      requests.filter((request) => request !== undefined),
    ),
  );
});

const blank: Typed = { nonce: '', channel: 'letter', writtenOn: '', who: '', words: '', apart: false, files: [] };

const unavailable =
  'This could not be taken in just now, and what you sent is still here: send it again in a minute. Nothing is taken in twice.';

function show(context: Context<DeskEnv>, typed: Typed, faults: Fault[] = [], status: 200 | 400 | 503 = 200) {
  return context.html(uploadPage(context.get('staff'), typed, faults), status);
}

function placeOf(taken: WrittenRequest[]): string {
  if (taken.length === 1) return requestPath(taken[0]!.requestId);
  return `/desk/upload/taken?${taken.map(({ requestId }) => `id=${encodeURIComponent(requestId)}`).join('&')}`;
}
