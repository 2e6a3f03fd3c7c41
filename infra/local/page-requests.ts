import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request that the page does not answer; the message is the sentence that a person reads. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Refuses what a foreign page in the same browser could send. A name of its own that it points at 127.0.0.1 (DNS
 * rebinding) shows in Host; a form or fetch from elsewhere shows in Origin and Sec-Fetch-Site, which pages cannot set.
 * Clients that are no browsers send neither.
 */
export function checkRequest({ method = 'GET', headers }: Pick<IncomingMessage, 'method' | 'headers'>): void {
  const { host = '', origin } = headers;
  const site = headers['sec-fetch-site'];
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host)) {
    throw new Refusal(403, `This page answers on 127.0.0.1 and localhost, not as "${host}".`);
  }
  if (method === 'GET' || method === 'HEAD') return;
  if ((origin && origin !== `http://${host}`) || (site && site !== 'same-origin')) {
    throw new Refusal(403, 'This came from another site: only the page itself may send and replay mail.');
  }
}

/** Reads a body to its end. Refuses one that is longer than `limit` bytes. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > limit) throw new Refusal(413, `This is over ${limit / 1024 / 1024} MB, the most there may be.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export function json(response: ServerResponse, value: unknown, status = 200): void {
  send(response, status, 'application/json', JSON.stringify(value));
}

/** The page's own policy: nothing from elsewhere, no inline code. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A mail is a stranger's document: no code, nothing loaded, an origin of its own. Its links open in a new tab. */
const mailPolicy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "frame-ancestors 'self'",
  'sandbox allow-popups allow-popups-to-escape-sandbox',
].join('; ');

/** The HTML of a mail, for a sandboxed frame. */
export function html(response: ServerResponse, document: string): void {
  send(response, 200, 'text/html; charset=utf-8', document, mailPolicy);
}

export function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
  policy = pagePolicy,
): void {
  const content = Buffer.from(body as string);
  response.writeHead(status, {
    'content-type': type,
    'content-length': content.length,
    'content-security-policy': policy,
    'cache-control': 'no-store',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  });
  response.end(response.req.method === 'HEAD' ? undefined : content);
}
