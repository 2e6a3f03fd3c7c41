import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BucketPlan, CorsRule } from './plan.ts';
import { document, element } from './xml.ts';

/**
 * Cross-origin access as S3 does it ("Using cross-origin resource sharing"): a preflight is answered here and needs no
 * credential; the answer to any other request, errors included, carries the headers of the first rule that fits.
 * S3 does not refuse such a request itself: without headers the browser keeps the answer from the page.
 * Returns whether the request is answered.
 */
export function greet(buckets: BucketPlan[], message: IncomingMessage, response: ServerResponse): boolean {
  const { origin } = message.headers;
  const bucket = buckets.find(({ name }) => name === message.url?.split(/[/?]/)[1]);
  if (message.method === 'OPTIONS') answerPreflight(bucket, message, response);
  else if (origin && bucket) allow(findRule(bucket.cors, { origin, method: message.method ?? '' }), origin, response);
  return message.method === 'OPTIONS';
}

interface Wish {
  origin: string;
  method: string;
  headers?: string[];
}

function findRule(rules: CorsRule[] = [], { origin, method, headers = [] }: Wish): CorsRule | undefined {
  return rules.find(
    (rule) =>
      rule.methods.includes(method) &&
      rule.origins.some((pattern) => fits(pattern, origin)) &&
      headers.every((header) => rule.headers.some((pattern) => fits(pattern.toLowerCase(), header))),
  );
}

function answerPreflight(bucket: BucketPlan | undefined, { headers }: IncomingMessage, response: ServerResponse): void {
  const { origin, 'access-control-request-method': method } = headers;
  const wanted = namesIn(headers['access-control-request-headers']);
  const rule = origin && method ? findRule(bucket?.cors, { origin, method, headers: wanted }) : undefined;
  if (origin && rule) {
    allow(rule, origin, response);
    if (wanted.length) response.setHeader('access-control-allow-headers', wanted.join(', '));
    response.end();
  } else if (!origin) refuse(response, 400, 'BadRequest', 'Insufficient information. Origin request header needed.');
  else if (!method) refuse(response, 400, 'BadRequest', 'Invalid Access-Control-Request-Method: null');
  else refuse(response, 403, 'AccessForbidden', bucket?.cors?.length ? notAllowed : notEnabled);
}

function allow(rule: CorsRule | undefined, origin: string, response: ServerResponse): void {
  if (!rule) return;
  const anyone = rule.origins.includes('*');
  response.setHeader('access-control-allow-origin', anyone ? '*' : origin);
  response.setHeader('access-control-allow-methods', rule.methods.join(', '));
  if (!anyone) response.setHeader('access-control-allow-credentials', 'true');
  if (rule.exposed.length) response.setHeader('access-control-expose-headers', rule.exposed.join(', '));
  if (rule.maxAge !== undefined) response.setHeader('access-control-max-age', rule.maxAge);
  response.setHeader('vary', 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method');
}

const namesIn = (list = ''): string[] =>
  list
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean);

/** A pattern of origins or headers holds at most one `*`. */
function fits(pattern: string, value: string): boolean {
  const [start = '', end] = pattern.split('*');
  if (end === undefined) return value === pattern;
  return value.length >= start.length + end.length && value.startsWith(start) && value.endsWith(end);
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(document('Error', [element('Code', code), element('Message', message)]));
}

const notEnabled = 'CORSResponse: CORS is not enabled for this bucket.';
const notAllowed =
  'CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / ' +
  "Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.";
