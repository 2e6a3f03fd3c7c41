import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BucketPlan } from './plan.ts';
import { s3Error } from './s3-errors.ts';
import type { Form } from './s3-form.ts';
import type { NewVersion, Objects, Version } from './s3-objects.ts';
import { type Headers, openBody, parseCopySource, rangeOf, retentionOf } from './s3-requests.ts';
import { document, element } from './xml.ts';

/** One request, taken apart. `key` is empty for requests on the bucket itself. */
export interface Call {
  bucket: BucketPlan;
  key: string;
  query: URLSearchParams;
  headers: Headers;
  message: IncomingMessage;
  caller: string;
  /** What a browser posts; its fields stand in for `headers`. */
  form?: Form;
}

export interface Store {
  objects: Objects;
  buckets: BucketPlan[];
  now: () => number;
  /** Tells the bucket's queues; resolves once the event is in them. */
  announce(bucket: BucketPlan, version: Version, event: string): Promise<void>;
  mayList(caller: string, bucket: BucketPlan): boolean;
  /** Undefined where nobody told the keys: then signatures are not checked. */
  secretOf(accessKeyId: string): string | undefined;
}

export type Operation = (store: Store, call: Call, response: ServerResponse) => Promise<void> | void;

export const headBucket: Operation = (_store, _call, response) => {
  response.end();
};

export const listObjects: Operation = ({ objects }, { bucket, query }, response) => {
  const limit = Math.min(Number(query.get('max-keys') ?? 1000), 1000);
  const token = query.get('continuation-token');
  const after = token ? Buffer.from(token, 'base64url').toString() : (query.get('start-after') ?? '');
  const found = objects.list(bucket, query.get('prefix') ?? '', after, limit + 1);
  const page = found.slice(0, limit);
  const next = found.length > limit ? Buffer.from(page.at(-1)?.key ?? '').toString('base64url') : undefined;
  const contents = page.map(({ key, etag, size, modified }) => {
    const facts = [element('ETag', `"${etag}"`), element('Size', size), element('LastModified', timestamp(modified))];
    return element('Contents', [element('Key', key), ...facts]);
  });
  const summary = [
    element('Name', bucket.name),
    element('KeyCount', page.length),
    element('IsTruncated', String(!!next)),
  ];
  if (next) summary.push(element('NextContinuationToken', next));
  sendXml(response, document('ListBucketResult', [...summary, ...contents]));
};

/** GET and HEAD. */
export const getObject: Operation = async (store, call, response) => {
  const version = existing(store, call);
  const range = rangeOf(call.headers.range, version.size);
  describe(response, call, version);
  response.setHeader('content-length', range ? range.end + 1 - range.start : version.size);
  if (range) {
    response.statusCode = 206;
    response.setHeader('content-range', `bytes ${range.start}-${range.end}/${version.size}`);
  }
  if (call.message.method === 'HEAD') response.end();
  else if (version.inline && !range) response.end(version.inline);
  else await pipeline(Readable.from(store.objects.bodies.read(version, range)), response);
};

export const putObject: Operation = async (store, call, response) => {
  const version = await keepObject(store, call, openBody(call.message, call.headers), 'Put');
  identify(response, call, version);
  for (const [name, value] of Object.entries<string>(JSON.parse(version.head))) {
    if (name.startsWith('x-amz-checksum-')) response.setHeader(name, value);
  }
  response.end();
};

/** What is common to PUT and POST: the body is kept, checked, made a version and announced. */
export async function keepObject(store: Store, call: Call, incoming: ReturnType<typeof openBody>, event: string) {
  const retention = retentionOf(call.bucket, call.headers);
  const md5 = createHash('md5');
  const digests = [md5, ...incoming.digests];
  const kept = await store.objects.bodies.keep(incoming.chunks, { digests });
  const body = { ...kept, md5: md5.digest('hex') };
  const checksum = await discardOnError(store, body, () => incoming.verify(body));
  return commit(store, call, { body, head: { ...headOf(call.headers), ...checksum }, retention }, event);
}

export const copyObject: Operation = async (store, call, response) => {
  const from = parseCopySource(call.headers);
  const bucket = store.buckets.find(({ name }) => name === from.bucket);
  if (!bucket) throw s3Error('NoSuchBucket', `The specified bucket does not exist: ${from.bucket}`);
  const source = existing(store, { ...call, ...from, bucket });
  const replace = call.headers['x-amz-metadata-directive'] === 'REPLACE';
  const head = replace ? headOf(call.headers) : JSON.parse(source.head);
  const body = { ...(await store.objects.bodies.copy(source)), md5: source.etag };
  const retention = retentionOf(call.bucket, call.headers);
  const version = await commit(store, call, { body, head, retention }, 'Copy');
  identify(response, call, version);
  const result = [element('ETag', `"${version.etag}"`), element('LastModified', timestamp(version.modified))];
  sendXml(response, document('CopyObjectResult', result));
};

/** Without a version, a versioned bucket hides the object under a delete marker. */
export const deleteObject: Operation = ({ objects, now }, { bucket, key, query, headers }, response) => {
  const wanted = query.get('versionId') ?? (bucket.versioned ? null : 'null');
  const bypass = headers['x-amz-bypass-governance-retention'] === 'true';
  const version = wanted && objects.find(bucket, key, wanted);
  if (version) objects.remove(version, { bypass, now: now() });
  if (!wanted) {
    const marker = objects.add(bucket, key, { marker: true }, now());
    response.setHeader('x-amz-delete-marker', 'true').setHeader('x-amz-version-id', marker.version);
  }
  response.writeHead(204).end();
};

/** Adds the version, tells the queues, then answers: whoever hears a yes can rely on both. */
async function commit(
  store: Store,
  { bucket, key, headers }: Call,
  created: NewVersion,
  event: string,
): Promise<Version> {
  const ifNoneMatch = headers['if-none-match'] !== undefined;
  const add = () => store.objects.add(bucket, key, { ...created, ifNoneMatch }, store.now());
  const version = await discardOnError(store, created.body, add);
  await store.announce(bucket, version, event);
  return version;
}

async function discardOnError<T>({ objects }: Store, body: NewVersion['body'], work: () => T): Promise<T> {
  try {
    return work();
  } catch (error) {
    if (body) await objects.bodies.discard(body);
    throw error;
  }
}

/** S3 admits that a key does not exist only to callers with s3:ListBucket: to others it says AccessDenied. */
export function existing(store: Store, { bucket, key, query, caller }: Omit<Call, 'headers' | 'message'>): Version {
  const wanted = query.get('versionId');
  const version = store.objects.find(bucket, key, wanted);
  if (version && !version.marker) return version;
  if (version && wanted)
    throw s3Error('MethodNotAllowed', 'The specified method is not allowed against this resource.');
  if (!store.mayList(caller, bucket)) {
    const why = `there is no object ${key}, which S3 says only to callers with s3:ListBucket on ${bucket.arn}`;
    throw s3Error('AccessDenied', `Access Denied: ${why}.`);
  }
  if (wanted) throw s3Error('NoSuchVersion', 'The specified version does not exist.');
  throw s3Error('NoSuchKey', 'The specified key does not exist.');
}

const kept = /^(x-amz-meta-.+|content-type|content-disposition|content-language|cache-control|expires)$/;

const headOf = (headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => kept.test(name)));

function describe(response: ServerResponse, call: Call, version: Version): void {
  const whole = !call.headers.range && call.headers['x-amz-checksum-mode'];
  for (const [name, value] of Object.entries<string>(JSON.parse(version.head))) {
    if (whole || !name.startsWith('x-amz-checksum-')) response.setHeader(name, value);
  }
  for (const [name, value] of call.query) if (name.startsWith('response-')) response.setHeader(name.slice(9), value);
  identify(response, call, version);
  response.setHeader('last-modified', new Date(version.modified).toUTCString());
  response.setHeader('accept-ranges', 'bytes');
  if (!version.mode || !version.until) return;
  response.setHeader('x-amz-object-lock-mode', version.mode);
  response.setHeader('x-amz-object-lock-retain-until-date', timestamp(version.until));
}

function identify(response: ServerResponse, { bucket }: Call, version: Version): void {
  response.setHeader('etag', `"${version.etag}"`);
  response.setHeader('x-amz-server-side-encryption', 'AES256');
  if (bucket.versioned) response.setHeader('x-amz-version-id', version.version);
}

const timestamp = (time: number) => new Date(time).toISOString();

function sendXml(response: ServerResponse, xml: string): void {
  response.setHeader('content-type', 'application/xml').end(xml);
}
