import type { OpenAPIHono } from '@hono/zod-openapi';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { docsPage } from './docs-page.tsx';
import { styleHash } from './docs-style.ts';
import { type Document, documentOf } from './document.ts';
import { problem } from './problem.ts';
import type { MachineEnv } from './token.ts';

/** The description of the API, for programs and for people. Both are public, and both come from the schemas. */
export function docs(api: OpenAPIHono<MachineEnv>): Hono {
  let made: Promise<Document> | undefined;
  const document = () => {
    made ??= documentOf(api).catch((error) => {
      made = undefined;
      throw error;
    });
    return made;
  };
  const pages = new Hono({ strict: false });

  pages.get('/openapi.json', async (context) => {
    context.header('Cache-Control', 'public, max-age=300');
    return context.json(await document());
  });

  pages.get('/', headers, async (context) => {
    context.header('Cache-Control', 'public, max-age=300');
    return context.html(docsPage(await document()));
  });

  pages.all('/openapi.json', (context) => readOnly(context));
  pages.all('/', (context) => readOnly(context));
  return pages;
}

const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: [styleHash],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
});

function readOnly(context: Parameters<typeof problem>[0]): Response {
  context.header('Allow', 'GET, HEAD');
  return problem(context, 'method-not-allowed', 'This can only be read: use GET.');
}
