import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import { type Authorize, denialSentence, type Principal } from './iam.ts';
import { asS3Error } from './s3-errors.ts';
import { type Form, isForm, openForm } from './s3-form.ts';
import type { Trace } from './trace.ts';

/** One IAM question that a request raises. */
export interface Need {
  action: string;
  resource: string;
  context?: Record<string, string>;
}

export interface AwsRequest {
  message: IncomingMessage;
  url: URL;
  /** Read already, except for S3 object PUT and POST, which stream. */
  body?: Buffer;
  /** Function name or `operator`. */
  caller: string;
  /** Where a browser posts to S3: the fields are read, the file streams. */
  form?: Form;
}

/** A service behind the gateway. IAM is done before `handle` is called. */
export interface AwsService {
  /** Sees every request first, also one without a credential; true when that was the answer (CORS of S3). */
  greet?(message: IncomingMessage, response: ServerResponse): boolean;
  /** The IAM checks a request needs, read from method, URL, headers and, for JSON and query protocols, the body. */
  needs(request: AwsRequest): Need[];
  handle(request: AwsRequest, response: ServerResponse): Promise<void>;
}

export interface GatewayParts {
  /** By the name that requests are signed for: `dynamodb`, `sqs`, `s3`, `ses`, `secretsmanager`. */
  services: Record<string, AwsService>;
  /** By access key id: the id alone says who calls; of signatures, S3 verifies those of browsers' forms. */
  principals: Map<string, Principal>;
  authorize: Authorize;
  trace: Trace;
}

export interface Gateway {
  listener: RequestListener;
  /** Work that a service principal or a poller does inside this process, under the same IAM and trace as a request. */
  perform<T>(principal: Principal, service: string, need: Need, work: () => T | Promise<T>): Promise<T>;
}

/** Thrown by `perform`; over the wire it is the AccessDenied of the service's protocol. */
export class AccessDenied extends Error {
  override name = 'AccessDenied';
}

/** One endpoint for all services: service and caller from SigV4, then IAM, then the service. */
export function openGateway({ services, principals, authorize, trace }: GatewayParts): Gateway {
  return {
    listener(message, response) {
      serve(message, response).catch((error: Error) => fail(response, '', 500, 'InternalFailure', error.message));
    },
    async perform(principal, service, need, work) {
      const report = check(principal, service, [need]);
      let status = 500;
      try {
        if (report.denied) status = 403;
        if (report.denied) throw new AccessDenied(report.denied);
        const result = await work();
        status = 200;
        return result;
      } finally {
        report.end(status);
      }
    },
  };

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(`http://127.0.0.1${message.url}`);
    if (services.s3?.greet?.(message, response)) return;
    const form = isForm(message) ? await openForm(message).catch(asS3Error) : undefined;
    if (form instanceof Error) return fail(response, 's3', form.status, form.code, form.message);
    const scope = signingScope(message, url, form);
    const service = services[scope.service];
    if (!service) return fail(response, '', 400, 'UnknownService', unknownService(scope.service, services));
    const principal = principals.get(scope.accessKeyId);
    if (!principal) {
      await form?.close();
      return fail(
        response,
        scope.service,
        403,
        'InvalidClientTokenId',
        'The access key is not one of .data/stack.json.',
      );
    }
    const streams = scope.service === 's3' && (message.method === 'PUT' || message.method === 'POST');
    const body = streams ? undefined : await readBody(message);
    const request: AwsRequest = { message, url, body, caller: principal.caller, form };
    const report = check(principal, scope.service, service.needs(request));
    if (report.denied) {
      fail(response, scope.service, 403, 'AccessDenied', report.denied);
      await form?.close();
      message.resume();
    } else await service.handle(request, response);
    report.end(response.statusCode);
  }

  /** Asks IAM about each need; `end` puts one step for each of them into the trace. */
  function check(principal: Principal, service: string, needs: Need[]) {
    const start = Date.now();
    const clock = performance.now();
    const answers = needs.map((need) => ({ ...need, ...authorize({ principal, ...need }) }));
    const refused = answers.find(({ allowed }) => !allowed);
    return {
      denied: refused && denialSentence({ principal, ...refused }, refused.because),
      end(status: number) {
        const ms = Math.round((performance.now() - clock) * 100) / 100;
        const at = new Date(start).toISOString();
        for (const { action, resource, allowed, because } of answers) {
          const from = principal.caller;
          trace.add({ kind: 'call', at, from, service, action, resource, allowed, because, status, ms });
        }
      },
    };
  }
}

interface Scope {
  accessKeyId: string;
  service: string;
}

/** `Credential=KEY/date/region/service/aws4_request`: in the header or, presigned, in the query or a browser's form. */
function signingScope(message: IncomingMessage, url: URL, form?: Form): Scope {
  const header = message.headers.authorization;
  const presigned = form?.fields['x-amz-credential'] ?? url.searchParams.get('X-Amz-Credential');
  const credential = header ? /Credential=([^,\s]+)/.exec(header)?.[1] : presigned;
  const [accessKeyId = '', , , service = 's3'] = credential?.split('/') ?? [];
  return { accessKeyId, service };
}

/** Enough for SendRawEmail's 10 MB in base64 and URL encoding. */
const maxBody = 32 * 1024 * 1024;

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    size += chunk.length;
    if (size > maxBody) throw new Error(`The request is over ${maxBody} bytes.`);
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

function unknownService(name: string, services: Record<string, AwsService>): string {
  return `The local stack has no service "${name}", only ${Object.keys(services).join(', ')}.`;
}

/** An error in the protocol of the service: XML for S3 and SES, JSON for the others. */
function fail(response: ServerResponse, service: string, status: number, code: string, sentence: string): void {
  if (response.headersSent) return void response.destroy();
  const inXml = `<Code>${code}</Code><Message>${escapeXml(sentence)}</Message>`;
  const name = code === 'AccessDenied' ? 'AccessDeniedException' : code;
  const [type, body] =
    service === 's3'
      ? ['application/xml', `<Error>${inXml}</Error>`]
      : service === 'ses'
        ? ['text/xml', `<ErrorResponse><Error><Type>Sender</Type>${inXml}</Error></ErrorResponse>`]
        : ['application/x-amz-json-1.0', JSON.stringify({ __type: name, message: sentence })];
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
