import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { env } from '../../shared/env.ts';
import { problem } from './problem.tsx';
import type { DeskEnv } from './staff.ts';

/**
 * Refuses what another site makes a browser send (CSRF). Whatever is not a plain read has to come from a page of ours,
 * whether or not a cookie came along, and whatever its content type. Stricter than hono/csrf, which lets on what is
 * not sent by a form, and what says nothing of where it comes from.
 */
export const ownRequests = createMiddleware<DeskEnv>(async (context, next) => {
  if (context.req.method === 'GET' || context.req.method === 'HEAD' || isOwn(context)) return next();
  return problem(context, {
    status: 403,
    title: 'This was not sent from the desk',
    sentence: 'It came from another site, or from a browser that does not say where, so nothing was done.',
  });
});

/** Pages cannot set these headers. Sec-Fetch-Site knows better where there is one: the desk may have several names. */
function isOwn(context: Context): boolean {
  const site = context.req.header('sec-fetch-site');
  if (site) return site === 'same-origin';
  return context.req.header('origin') === new URL(env('publicUrl')).origin;
}
