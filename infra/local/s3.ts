import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Chunks } from './bodies.ts';
import type { AwsRequest, AwsService, Need } from './gateway.ts';
import type { BucketPlan } from './plan.ts';
import { greet } from './s3-cors.ts';
import { asS3Error, s3Error } from './s3-errors.ts';
import { eventsOf } from './s3-events.ts';
import { openObjects } from './s3-objects.ts';
import type { Call, Operation, Store } from './s3-operations.ts';
import * as operations from './s3-operations.ts';
import { keyOfForm, postObject } from './s3-post.ts';
import { decode, headersOf, parseCopySource, refuseExpired } from './s3-requests.ts';
import { getRetention, putRetention } from './s3-retention.ts';
import { document, element } from './xml.ts';

export interface S3 extends AwsService {
  /** Stores an object for a service principal that may do so; `durable` waits for the disk. */
  put(bucket: string, key: string, chunks: Chunks, options?: { durable?: boolean }): Promise<{ etag: string }>;
  close(): Promise<void>;
}

export interface S3Options {
  /** Folder of the objects, this server's alone. */
  dir: string;
  buckets: BucketPlan[];
  region: string;
  /** Puts an event notification into a queue as s3.amazonaws.com; rejects when that is not allowed. */
  notify(queueArn: string, bucketArn: string, message: string): Promise<void>;
  /** Whether a caller has s3:ListBucket: only to such a one does S3 admit that a key does not exist. */
  mayList?(caller: string, bucketArn: string): boolean;
  /** The secret of an access key, to check what a browser posts. */
  secretOf?(accessKeyId: string): string | undefined;
  now?(): number;
}

/** Method and sub-resource to the IAM action and the code that answers. Whatever is not here is NotImplemented. */
const routes: Record<string, { action: string; run: Operation }> = {
  'HEAD bucket': { action: 's3:ListBucket', run: operations.headBucket },
  'GET bucket list-type': { action: 's3:ListBucket', run: operations.listObjects },
  'GET object': { action: 's3:GetObject', run: operations.getObject },
  'HEAD object': { action: 's3:GetObject', run: operations.getObject },
  'PUT object': { action: 's3:PutObject', run: operations.putObject },
  'PUT object copy': { action: 's3:PutObject', run: operations.copyObject },
  'GET object retention': { action: 's3:GetObjectRetention', run: getRetention },
  'PUT object retention': { action: 's3:PutObjectRetention', run: putRetention },
  'POST bucket form': { action: 's3:PutObject', run: postObject },
  'DELETE object': { action: 's3:DeleteObject', run: operations.deleteObject },
};

/** Any other query parameter names a sub-resource, which is another operation. */
const parameters = /^(x-id|versionid|prefix|start-after|max-keys|continuation-token|x-amz-.*|response-.*)$/;

/** Headers that would change what a request means, and that this S3 does not honour. */
const refused =
  /^(if-match|x-amz-(acl|grant-.*|tagging|website-.*|object-lock-legal-hold|copy-source-.*|server-side-encryption-.*))$/;

/** The same among the fields of a form. */
const refusedFields = /^(acl|tagging|redirect|success_action_redirect)$/;

/** The S3 of the local stack, path style (`http://127.0.0.1:port/bucket/key`). */
export function openS3({ dir, buckets, region, notify, now = Date.now, ...options }: S3Options): S3 {
  const { mayList = () => true, secretOf = () => undefined } = options;
  const objects = openObjects(dir);
  const announce: Store['announce'] = async (bucket, version, event) => {
    for (const { queueArn, message } of eventsOf(bucket, version, event, region))
      await notify(queueArn, bucket.arn, message);
  };
  const store: Store = {
    objects,
    buckets,
    now,
    announce,
    secretOf,
    mayList: (caller, { arn }) => mayList(caller, arn),
  };
  return {
    greet: (message, response) => greet(buckets, message, response),
    needs: needsOf,
    handle: (request, response) =>
      answer(store, request, response).catch((error) => sendError(asS3Error(error), request, response)),
    async put(name, key, chunks, { durable } = {}) {
      const bucket = findBucket(buckets, name);
      const md5 = createHash('md5');
      const kept = await objects.bodies.keep(chunks, { digests: [md5], durable });
      const version = objects.add(bucket, key, { body: { ...kept, md5: md5.digest('hex') } }, now());
      if (durable) await objects.flush();
      await announce(bucket, version, 'Put');
      return { etag: version.etag };
    },
    close: () => objects.close(),
  };
}

async function answer(store: Store, request: AwsRequest, response: ServerResponse): Promise<void> {
  const { name, route, ...target } = readTarget(request);
  const bucket = findBucket(store.buckets, name);
  refuseExpired(target.query, store.now());
  await known(route, target).run(
    store,
    { ...target, bucket, message: request.message, caller: request.caller, form: request.form },
    response,
  );
}

function needsOf(request: AwsRequest): Need[] {
  const { name, key, query, headers, route } = readTarget(request);
  const bucket = `arn:aws:s3:::${name}`;
  const resource = key ? `${bucket}/${key}` : bucket;
  const action = routes[route]?.action;
  if (!action) return [];
  const needs: Need[] = [{ action: withVersion(action, query), resource }];
  if (query.has('prefix')) needs[0]!.context = { 's3:prefix': query.get('prefix') ?? '' };
  if (headers['x-amz-object-lock-mode']) needs.push({ action: 's3:PutObjectRetention', resource });
  if (headers['x-amz-bypass-governance-retention']) needs.push({ action: 's3:BypassGovernanceRetention', resource });
  if (!headers['x-amz-copy-source']) return needs;
  const source = parseCopySource(headers);
  needs.push({
    action: withVersion('s3:GetObject', source.query),
    resource: `arn:aws:s3:::${source.bucket}/${source.key}`,
  });
  return needs;
}

const withVersion = (action: string, query: URLSearchParams) =>
  query.has('versionId') ? action.replace(/^s3:(Get|Delete)Object$/, '$&Version') : action;

/** The path is taken from the request line: a URL object would fold `..` inside a key. */
function readTarget({ message, url, form }: AwsRequest) {
  const [path = ''] = (message.url ?? '').split('?');
  const [, name = '', inPath = ''] = path.match(/^\/([^/]*)\/?(.*)$/s)?.map(decode) ?? [];
  const query = url.searchParams;
  const headers = form ? form.fields : headersOf(message, query);
  const other = [...query.keys()].find((parameter) => !parameters.test(parameter.toLowerCase()));
  const what = headers['x-amz-copy-source'] ? 'copy' : (other ?? (form && 'form'));
  return {
    name,
    key: form ? keyOfForm(form) : inPath,
    query,
    headers,
    route: [message.method, inPath ? 'object' : 'bucket', what].filter(Boolean).join(' '),
  };
}

function findBucket(buckets: BucketPlan[], name: string): BucketPlan {
  const bucket = buckets.find((candidate) => candidate.name === name);
  if (bucket) return bucket;
  throw s3Error('NoSuchBucket', `The specified bucket does not exist: ${name || '(none)'}`);
}

function known(route: string, { key, headers }: Pick<Call, 'key' | 'headers'>) {
  const header = Object.keys(headers).find((name) => refused.test(name) || refusedFields.test(name));
  const found = routes[route];
  if (!found || header) {
    const what = header ? `the header ${header}` : `the operation "${route}"`;
    throw s3Error('NotImplemented', `The local S3 does not know ${what}: add it to infra/local/s3.ts or do without.`);
  }
  if (Buffer.byteLength(key) > 1024) throw s3Error('KeyTooLongError', 'Your key is too long');
  return found;
}

function sendError(
  { code, message, status }: ReturnType<typeof s3Error>,
  request: AwsRequest,
  response: ServerResponse,
): void {
  if (response.headersSent) return void response.destroy();
  // What the client still sends of a refused body is not read, so the connection cannot be used again.
  if (!request.message.complete) response.setHeader('connection', 'close');
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(
    request.message.method === 'HEAD' ? '' : document('Error', [element('Code', code), element('Message', message)]),
  );
}
