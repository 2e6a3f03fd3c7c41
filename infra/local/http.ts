import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Gateway } from './gateway.ts';
import type { Principal } from './iam.ts';
import type { Lambda, Outcome } from './lambda.ts';
import type { FunctionPlan, HttpApiPlan } from './plan.ts';

export interface HttpParts {
  api?: HttpApiPlan;
  functions: FunctionPlan[];
  lambda: Lambda;
  gateway: Gateway;
  region: string;
  accountId: string;
  /** Answers everything under /_local/, which is the local stack's own. */
  local?: RequestListener;
  /** Answers everything under /_local/sign-in, which stands in for Cognito. */
  signIn?: RequestListener;
  /** How long a function may take, in milliseconds: 30 seconds at API Gateway. */
  limit?: number;
}

/** 10 MB in; what comes out is Lambda's own limit of 6 MB. */
const maxBody = 10 * 1024 * 1024;

/** API Gateway's HTTP API in front of the functions: payload format 2.0, its limits, its answers to failures. */
export function openHttp(parts: HttpParts): RequestListener {
  const routes = (parts.api?.routes ?? []).map(compileRoute).sort((a, b) => b.rank - a.rank);
  return (message, response) => {
    const url = URL.parse(`http://127.0.0.1${message.url}`);
    if (!url) return send(response, message, refusal(400, 'Bad Request'));
    if (parts.signIn && /^\/_local\/sign-in(\/|$)/.test(url.pathname)) return void parts.signIn(message, response);
    if (parts.local && /^\/_local(\/|$)/.test(url.pathname)) return void parts.local(message, response);
    serve(message, url, routes, parts).then(
      (result) => send(response, message, result),
      () => send(response, message, refusal(500, 'Internal Server Error')),
    );
  };
}

/** A function's answer in payload format 2.0. */
interface Result {
  statusCode: number;
  headers?: Record<string, string | number | boolean>;
  cookies?: string[];
  body?: string;
  isBase64Encoded?: boolean;
}

async function serve(message: IncomingMessage, url: URL, routes: Route[], parts: HttpParts): Promise<Result> {
  const route = routes.find(
    ({ method, path }) => (method === 'ANY' || method === message.method) && path.test(url.pathname),
  );
  if (!route) return refusal(404, 'Not Found');
  const body = await readBody(message);
  if (!body) return refusal(413, 'Request Entity Too Large');
  const event = eventOf(message, url, body, route, parts);
  const outcome = await Promise.race([invoke(route, event, parts), giveUp(parts.limit ?? 30_000)]);
  if (!outcome) return refusal(503, 'Service Unavailable');
  return outcome.ok ? resultOf(outcome.payload) : refusal(500, 'Internal Server Error');
}

const apiGateway: Principal = {
  caller: 'apigateway.amazonaws.com',
  service: 'apigateway.amazonaws.com',
  statements: [],
};

/** As apigateway.amazonaws.com, so that the function's permission is asked. */
function invoke({ functionName, routeKey }: Route, event: object, parts: HttpParts): Promise<Outcome> {
  const { arn } = parts.functions.find(({ name }) => name === functionName)!;
  const SourceArn = `${parts.api!.arn}/$default/${routeKey.replace(' ', '')}`;
  const need = { action: 'lambda:InvokeFunction', resource: arn, context: { 'aws:SourceArn': SourceArn } };
  return parts.gateway.perform(apiGateway, 'lambda', need, () => parts.lambda.invoke(functionName, event));
}

async function giveUp(milliseconds: number): Promise<undefined> {
  await sleep(milliseconds, undefined, { ref: false });
}

interface Route {
  routeKey: string;
  functionName: string;
  method: string;
  path: RegExp;
  rank: number;
}

/** `GET /a/{id}`, `ANY /desk/{proxy+}` or `$default`: the longest literal beginning wins, `$default` comes last. */
function compileRoute({ routeKey, functionName }: HttpApiPlan['routes'][number]): Route {
  if (routeKey === '$default') return { routeKey, functionName, method: 'ANY', path: /^/, rank: -1 };
  const [method = '', template = ''] = routeKey.split(' ');
  const pattern = template.replace(/\{(\w+)(\+?)\}/g, (_, name, greedy) => `(?<${name}>${greedy ? '.+' : '[^/]+'})`);
  const rank = template.split('{')[0]!.length * 2 + (method === 'ANY' ? 0 : 1);
  return { routeKey, functionName, method, path: new RegExp(`^${pattern}$`), rank };
}

function eventOf(message: IncomingMessage, url: URL, body: Buffer, route: Route, parts: HttpParts): object {
  const { cookie, ...headers } = message.headers;
  const now = new Date();
  const isText = /^(text\/|application\/(json|javascript|xml)\b)/.test(headers['content-type'] ?? '');
  const query = Map.groupBy(url.searchParams, ([name]) => name);
  const joined = [...query].map(([name, pairs]) => [name, pairs.map(([, value]) => value).join(',')]);
  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookie && { cookies: cookie.split(';').map((part) => part.trim()) }),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    ...(joined.length && { queryStringParameters: Object.fromEntries(joined) }),
    ...(route.rank >= 0 && { pathParameters: { ...route.path.exec(url.pathname)?.groups } }),
    requestContext: {
      accountId: parts.accountId,
      apiId: parts.api!.arn.split(':').at(-1),
      domainName: headers.host,
      domainPrefix: 'local',
      http: {
        method: message.method,
        path: url.pathname,
        protocol: `HTTP/${message.httpVersion}`,
        sourceIp: message.socket.remoteAddress,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: route.routeKey,
      stage: '$default',
      time: now.toISOString(),
      timeEpoch: now.getTime(),
    },
    ...(body.length && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/** Undefined when it is too big. */
async function readBody(message: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = Number(message.headers['content-length'] ?? 0);
  if (size > maxBody) return undefined;
  size = 0;
  for await (const chunk of message) {
    size += chunk.length;
    if (size > maxBody) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** An answer without a status code is taken for the body, as API Gateway does. */
function resultOf(payload: unknown): Result {
  if (typeof payload === 'object' && payload !== null && 'statusCode' in payload) return payload as Result;
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(payload) };
}

function refusal(statusCode: number, message: string): Result {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message }) };
}

function send(response: ServerResponse, message: IncomingMessage, result: Result): void {
  const body = Buffer.from(result.body ?? '', result.isBase64Encoded ? 'base64' : 'utf8');
  const given = Object.entries(result.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]);
  const headers: Record<string, string | string[]> = Object.fromEntries(given);
  headers['content-type'] ??= 'text/plain;charset=UTF-8';
  headers['content-length'] = String(body.length);
  if (result.cookies?.length) headers['set-cookie'] = result.cookies;
  if (!message.complete) headers.connection = 'close';
  response.writeHead(result.statusCode, headers).end(message.method === 'HEAD' ? undefined : body);
}
