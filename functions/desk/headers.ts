import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';
import { env } from '../../shared/env.ts';
import { originOf } from '../../shared/presigned.ts';

/**
 * What every answer of the desk says to the browser: nothing from elsewhere but page images and uploads, no frame
 * around it, no copy kept. `same-origin` rather than `no-referrer`: both tell other sites nothing, but under the latter
 * a form of our own posts `Origin: null` (Fetch standard, "append a request Origin header"), which nobody can check.
 */
export const headers = [
  secureHeaders({ xFrameOptions: false, referrerPolicy: 'same-origin' }),
  createMiddleware(async (context, next) => {
    await next();
    // A part that sends something else than pages may be stricter, and files that never change may be kept. What a page
    // of ours shows in a frame says so itself.
    if (!context.res.headers.has('X-Frame-Options')) context.header('X-Frame-Options', 'DENY');
    if (!context.res.headers.has('Content-Security-Policy')) context.header('Content-Security-Policy', await policy());
    if (!context.res.headers.has('Cache-Control')) context.header('Cache-Control', 'no-store');
  }),
];

let known: Promise<string> | undefined;

function policy(): Promise<string> {
  known ??= makePolicy().catch((error) => {
    known = undefined;
    throw error;
  });
  return known;
}

async function makePolicy(): Promise<string> {
  const buckets = [env('evidenceBucket'), env('scansBucket'), env('exportsBucket')];
  const [evidence, ...uploads] = await Promise.all(buckets.map(originOf));
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src 'self' ${[...new Set(uploads)].join(' ')}`,
    `img-src 'self' ${evidence}`,
    "frame-src 'self'",
    // Signing out is a form, and it ends at the pages of the issuer: browsers look at the redirect as well.
    `form-action 'self' ${new URL(env('signInPages')).origin}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
