import { createMiddleware } from 'hono/factory';

/**
 * Lets any site load it and read it: what everybody may know, and the same for all. It stands before the headers of the
 * other pages, since what runs first has the last word on the answer, "not modified" included.
 */
export const forAnySite = createMiddleware(async (context, next) => {
  await next();
  context.res.headers.set('Access-Control-Allow-Origin', '*');
  context.res.headers.set('Cross-Origin-Resource-Policy', 'cross-origin');
});
