import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono';
import { etag } from 'hono/etag';

/** The script that shows the notices on any site. */
export const noticeScript = new Hono();

// Its address stays the same, so browsers ask again after ten minutes, and get no more than "not modified".
noticeScript.get('/', etag(), (context) =>
  context.body(source, 200, {
    'Content-Type': 'text/javascript; charset=utf-8',
    'Cache-Control': 'public, max-age=600, stale-while-revalidate=86400',
  }),
);
noticeScript.all('*', (context) => context.text('Only GET and HEAD.', 405, { Allow: 'GET, HEAD' }));

/** A quarter of it is comments and indentation, which nothing in it depends on. */
const source = readFileSync(join(import.meta.dirname, 'static/notices.js'), 'utf8').replace(/^\s*(\/\/.*\n)?/gm, '');
