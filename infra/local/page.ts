import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import type { Changes } from './changes.ts';
import type { Mailbox } from './mailbox.ts';
import { streamFeed } from './page-feed.ts';
import { openFlags } from './page-flags.ts';
import { openReader } from './page-mailbox.ts';
import { openPosting, type PostingParts } from './page-posting.ts';
import { checkRequest, html, json, Refusal, send } from './page-requests.ts';
import { drawPath } from './picture.ts';
import type { Plan } from './plan.ts';
import type { Trace } from './trace.ts';

export interface PageParts extends PostingParts {
  plan: Plan;
  trace: Trace;
  changes: Changes;
  mailbox: Pick<Mailbox, 'list' | 'read'>;
  addresses: { aws: string; smtp: string };
  /** The operator, as whom the page reads the table of flags. */
  credentials: { accessKeyId: string };
}

type Handle = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void> | void;

/**
 * Answers everything under /_local/: the page, what it reads (JSON and one event stream), and what it does (send a
 * mail, replay one, run a schedule). Any page in the developer's browser can reach this port, so requests that name another host and
 * posts from other sites are refused.
 */
export function openPage(parts: PageParts): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const routes = routesOf(parts);
  return async (request, response) => {
    try {
      checkRequest(request);
      const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
      const path = url.pathname.replace(/^\/_local\/?/, '/');
      if (url.pathname === '/_local') response.setHeader('location', '/_local/');
      if (url.pathname === '/_local') return send(response, 308, 'text/plain', '');
      await find(routes, request.method ?? 'GET', path)(request, response, url);
    } catch (error) {
      refuse(response, error as Error);
    }
  };
}

function routesOf(parts: PageParts): Record<string, Handle> {
  const mailbox = openReader(parts.mailbox);
  const flags = openFlags(parts);
  const posting = openPosting(parts);
  const idIn = (url: URL) => decodeURIComponent(url.pathname.split('/')[3] ?? '');
  return {
    'GET /setup': (_, response) => json(response, setupOf(parts)),
    'GET /events': (_, response) => streamFeed(parts, response),
    'GET /flags': async (_, response) => json(response, await flags()),
    'GET /mailbox': async (_, response) => json(response, await mailbox.list()),
    'GET /mailbox/*': async (_, response, url) => json(response, await mailbox.one(idIn(url))),
    'GET /mailbox/*/html': async (_, response, url) => html(response, await mailbox.html(idIn(url))),
    'GET /mailbox/*/raw': async (_, response, url) =>
      send(response, 200, 'text/plain; charset=utf-8', mailbox.raw(idIn(url))),
    'POST /send': async (request, response) => json(response, await posting.send(request)),
    'POST /schedules/*': async (_, response, url) => json(response, await posting.run(idIn(url))),
    'POST /replay': async (request, response, url) => json(response, await posting.replay(request, url.searchParams)),
  };
}

function find(routes: Record<string, Handle>, method: string, path: string): Handle {
  const asked = method === 'HEAD' ? 'GET' : method;
  const anyOf = path.replace(/^(\/(mailbox|schedules)\/)[^/]+/, '$1*');
  const exact = routes[`${asked} ${path}`] ?? routes[`${asked} ${anyOf}`];
  if (exact) return exact;
  if (asked !== 'GET') throw new Refusal(404, `Nothing under /_local/ takes ${method} ${path}.`);
  return (_, response) => sendFile(response, path === '/' ? 'index.html' : path.slice(1));
}

/** What the page needs to know once. */
function setupOf({ plan, addresses }: PageParts) {
  const recipients = plan.receipt.rules.filter(({ enabled }) => enabled).flatMap((rule) => rule.recipients);
  const schedules = plan.schedules.map(({ name, functionName, every }) => ({ name, functionName, every }));
  const flagsTable = plan.outputs.OptOutsTable;
  return { picture: drawPath(plan), recipients, schedules, smtp: addresses.smtp, flagsTable };
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

async function sendFile(response: ServerResponse, name: string): Promise<void> {
  const type = types[extname(name)];
  const file = join(import.meta.dirname, 'page', name);
  if (!type || !/^[a-z-]+\.[a-z]+$/.test(name)) throw new Refusal(404, `There is no page /_local/${name}.`);
  const content = await readFile(file).catch(() => undefined);
  if (!content) throw new Refusal(404, `There is no page /_local/${name}.`);
  send(response, 200, type, content);
}

function refuse(response: ServerResponse, error: Error): void {
  if (response.headersSent) return void response.destroy();
  json(response, { error: error.message }, error instanceof Refusal ? error.status : 500);
}
