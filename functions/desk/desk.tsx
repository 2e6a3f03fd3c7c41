import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import { reasonOf } from '../../shared/errors.ts';
import { log } from '../../shared/log.ts';
import { assets } from './assets.ts';
import { clearance, toClearance } from './clearance/clearance.tsx';
import { exports } from './exports/exports.tsx';
import { headers } from './headers.ts';
import { members } from './members/members.tsx';
import { notices } from './notices/notices.tsx';
import { ownRequests } from './own-requests.ts';
import { problem } from './problem.tsx';
import { promises } from './promises/promises.tsx';
import { queue } from './queue/queue.tsx';
import { recalls } from './recalls/recalls.tsx';
import { letter } from './request/letter.tsx';
import { request } from './request/request.tsx';
import { signIn } from './sign-in/sign-in.tsx';
import { only, signedIn } from './sign-in/who-may.tsx';
import type { DeskEnv } from './staff.ts';
import { upload } from './upload/upload.tsx';

/** Forms are small: files go to S3 directly. A notice in many languages has the longest, three bytes for each of its own. */
const maxBody = 256 * 1024;
const maxNotice = 1024 * 1024;

/** The staff console: what needs no sign-in stands first, and everything else says who may. */
export const desk = new Hono<DeskEnv>({ strict: false }).basePath('/desk');

desk.use(compress());
desk.use(...headers);
desk.use(ownRequests);
desk.use(async (context, next) => {
  const maxSize = context.req.path.startsWith('/desk/notices/') ? maxNotice : maxBody;
  return bodyLimit({ maxSize, onError: () => problem(context, tooBig(maxSize)) })(context, next);
});

desk.route('/assets', assets);
desk.route('/', signIn);
desk.use(signedIn);
desk.get('/', toClearance);
desk.route('/clearance', clearance);
desk.route('/recalls', recalls);
desk.route('/promises', promises);
desk.route('/exports', exports);
desk.use(only('reviewer', 'officer'));
desk.route('/upload', upload);
desk.route('/members', members);
desk.route('/notices', notices);
desk.route('/requests', letter);
desk.route('/requests', request);
desk.route('/', queue);

desk.notFound((context) =>
  problem(context, {
    status: 404,
    title: 'There is no such page',
    sentence: 'The address may be incomplete, or what it led to is gone.',
    more: <a href="/desk">To the queue</a>,
  }),
);

desk.onError((error, context) => {
  log.error('desk failed', { error: error.name, reason: reasonOf(error) });
  return problem(context, {
    status: 500,
    title: 'Something went wrong',
    sentence: 'It is not your doing, and we have been told. Go back, look at what was done, and try again.',
  });
});

const tooBig = (maxSize: number) =>
  ({
    status: 413,
    title: 'This is too much',
    sentence: `A form may hold ${maxSize / 1024} KB. Nothing was done: go back, shorten it and send it again.`,
  }) as const;
