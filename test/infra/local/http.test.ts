import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openHttp } from '../../../infra/local/http.ts';
import type { Lambda } from '../../../infra/local/lambda.ts';
import type { Stack } from '../../../infra/local/stack.ts';
import { endSmallStacks, startSmallStack } from './small-stack.ts';
import { apiResources, functionResources } from './small-template.ts';

/** Answers with its event, or with what the path asks for. */
const site = `
  exports.handler = async (event) => {
    const answers = {
      '/plain': 'just text',
      '/cookies': { statusCode: 201, cookies: ['a=1', 'b=2'], headers: { 'X-Page': 'yes' }, body: 'made' },
      '/binary': { statusCode: 200, body: Buffer.from([0, 255]).toString('base64'), isBase64Encoded: true },
      '/big': { statusCode: 200, body: 'x'.repeat(6.5e6) },
    };
    if (event.rawPath === '/error') throw new Error('broken');
    return answers[event.rawPath] ?? { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(event) };
  };`;

describe('the HTTP API', () => {
  let stack: Stack;
  beforeAll(async () => {
    const Resources = { ...functionResources('site', { timeout: 20 }), ...apiResources('site') };
    stack = await startSmallStack({ Resources }, { site });
  });
  afterAll(endSmallStacks);

  const get = (path: string, init?: RequestInit) => fetch(`${stack.addresses.http}${path}`, init);

  it('hands a request on in payload format 2.0', async () => {
    const headers = { cookie: 'a=1; b=2', 'X-Custom': 'yes', 'content-type': 'application/json' };
    const response = await get('/a%20b/c?x=1&x=2&y=', { method: 'POST', headers, body: '{"n":1}' });
    expect(await response.json()).toMatchObject({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/a%20b/c',
      rawQueryString: 'x=1&x=2&y=',
      queryStringParameters: { x: '1,2', y: '' },
      cookies: ['a=1', 'b=2'],
      headers: { 'x-custom': 'yes' },
      requestContext: { stage: '$default', http: { method: 'POST', path: '/a%20b/c', sourceIp: '127.0.0.1' } },
      body: '{"n":1}',
      isBase64Encoded: false,
    });
  });

  it('hands a form on in base64, as API Gateway does', async () => {
    const event = (await (await get('/form', { method: 'POST', body: new URLSearchParams({ a: 'b' }) })).json()) as {
      body: string;
      isBase64Encoded: boolean;
    };
    expect(event.isBase64Encoded).toBe(true);
    expect(Buffer.from(event.body, 'base64').toString()).toBe('a=b');
  });

  it('answers with status, headers, cookies and binary bodies', async () => {
    const made = await get('/cookies');
    expect([made.status, made.headers.get('x-page'), made.headers.getSetCookie(), await made.text()]).toEqual([
      201,
      'yes',
      ['a=1', 'b=2'],
      'made',
    ]);
    expect([...new Uint8Array(await (await get('/binary')).arrayBuffer())]).toEqual([0, 255]);
    const plain = await get('/plain');
    expect([plain.headers.get('content-type'), await plain.text()]).toEqual(['application/json', '"just text"']);
  });

  it('answers 500 to a function that fails or answers with over 6 MB', async () => {
    for (const path of ['/error', '/big']) {
      const response = await get(path);
      expect([response.status, await response.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
    }
  });

  it('answers 413 to a body of over 10 MB', async () => {
    const response = await get('/', { method: 'POST', body: new Uint8Array(10 * 1024 * 1024 + 1) });
    expect([response.status, await response.text()]).toEqual([413, '{"message":"Request Entity Too Large"}']);
    expect((await get('/', { method: 'POST', body: new Uint8Array(4_000_000) })).status).toBe(200);
  });

  it('answers requests that make no sense, and lives on', async () => {
    const { port } = new URL(stack.addresses.http);
    const gateway = new URL(stack.addresses.aws).port;
    for (const line of [
      'GET // HTTP/1.1',
      'OPTIONS * HTTP/1.1',
      'GET http://a:b/ HTTP/1.1',
      'PUT /_custom-resource/x HTTP/1.1',
    ]) {
      for (const to of [port, gateway]) {
        const socket = connect(Number(to), '127.0.0.1');
        socket.write(`${line}\r\nHost: a b\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{]`);
        expect(String(await buffer(socket))).toMatch(/^HTTP\/1\.1 /);
      }
    }
    expect((await get('/')).status).toBe(200);
  });

  it('leaves /_local/ to the local stack', async () => {
    expect((await get('/_local/')).headers.get('content-type')).toContain('text/html');
    expect(((await (await get('/_locals')).json()) as { rawPath: string }).rawPath).toBe('/_locals');
  });
});

describe('without the stack', () => {
  afterEach(endSmallStacks);

  it('a function that lacks the permission for API Gateway is not invoked', async () => {
    const Resources = { ...functionResources('site', {}), ...apiResources('site', { permission: false }) };
    const stack = await startSmallStack({ Resources }, { site });
    expect((await fetch(stack.addresses.http)).status).toBe(500);
    expect(stack.trace.recent()).toContainEqual(
      expect.objectContaining({ from: 'apigateway.amazonaws.com', action: 'lambda:InvokeFunction', allowed: false }),
    );
  });

  it('a template without an API answers 404', async () => {
    const stack = await startSmallStack({ Resources: {} });
    expect((await fetch(stack.addresses.http)).status).toBe(404);
  });

  it('a function that takes longer than API Gateway waits gets 503, and routes go to the longest match', async () => {
    const invoked: string[] = [];
    const invoke = (name: string) => {
      invoked.push(name);
      return new Promise<never>(() => {});
    };
    const lambda: Lambda = { invoke, close: async () => {} };
    const routes = ['$default', 'ANY /desk/{proxy+}', 'GET /desk/{id}', 'GET /desk/new'].map((routeKey) => ({
      routeKey,
      functionName: routeKey,
    }));
    const functions = routes.map(({ functionName }) => ({ name: functionName, arn: functionName }));
    const gateway = { perform: (_: unknown, _service: unknown, _need: unknown, work: () => unknown) => work() };
    const parts = { api: { logicalId: 'Api', arn: 'a', routes }, functions, lambda, gateway, limit: 20 };
    const server = createServer(openHttp({ ...parts, region: 'us-east-1', accountId: '0' } as never));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    for (const path of ['/desk/new', '/desk/7', '/desk/7/edit', '/other']) {
      expect((await fetch(`${address}${path}`)).status).toBe(503);
    }
    expect(invoked).toEqual(['GET /desk/new', 'GET /desk/{id}', 'ANY /desk/{proxy+}', '$default']);
    server.close();
    server.closeAllConnections();
  });
});
