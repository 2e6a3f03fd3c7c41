import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { crc32 } from 'node:zlib';
import type { Digest } from './bodies.ts';
import type { BucketPlan } from './plan.ts';
import { decodeChunks } from './s3-chunked.ts';
import { s3Error } from './s3-errors.ts';

/** Headers by lower-case name. */
export type Headers = Record<string, string>;

/** The headers of a request; those that a presigner moved into the query count as well, as at AWS. */
export function headersOf(message: IncomingMessage, query: URLSearchParams): Headers {
  const hoisted = [...query].map(([name, value]) => [name.toLowerCase(), value] as const);
  const own = Object.entries(message.headers).map(([name, value]) => [name, String(value)] as const);
  return Object.fromEntries([...hoisted.filter(([name]) => name.startsWith('x-amz-')), ...own]);
}

/** A presigned URL carries its own time and lifetime, seven days at most (SigV4 query parameters). */
export function refuseExpired(query: URLSearchParams, now: number): void {
  const lifetime = query.get('X-Amz-Expires');
  if (lifetime === null) return;
  const signed = Date.parse((query.get('X-Amz-Date') ?? '').replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
  if (Number(lifetime) > 604_800 || Number.isNaN(signed)) {
    throw s3Error('AuthorizationQueryParametersError', 'X-Amz-Expires must be less than a week (604800 seconds).');
  }
  if (now > signed + Number(lifetime) * 1000) throw s3Error('AccessDenied', 'Request has expired');
}

/** What a PUT or POST carries: its bytes without the aws-chunked framing, and the check that they came whole. */
export function openBody(message: AsyncIterable<Buffer>, headers: Headers) {
  const trailers: Headers = {};
  const chunked = headers['x-amz-content-sha256']?.startsWith('STREAMING-');
  const name = checksumName(headers);
  const digests = name ? [digestOf(name.replace('x-amz-checksum-', ''))] : [];
  return {
    chunks: chunked ? decodeChunks(message, trailers) : message,
    digests,
    /** The checksum as a header to keep. Throws BadDigest or IncompleteBody. */
    verify(body: { size: number; md5: string }): Headers {
      const length = headers['x-amz-decoded-content-length'] ?? body.size;
      if (Number(length) !== body.size)
        throw s3Error('IncompleteBody', `${length} bytes were announced, ${body.size} came.`);
      const actual: Headers = { 'content-md5': Buffer.from(body.md5, 'hex').toString('base64') };
      if (name) actual[name] = digests[0]?.digest('base64') ?? '';
      const wrong = Object.keys(actual).find((key) => (headers[key] ?? trailers[key] ?? actual[key]) !== actual[key]);
      if (wrong) throw s3Error('BadDigest', `The ${wrong} you specified did not match what we received.`);
      return name ? { [name]: actual[name] ?? '' } : {};
    },
  };
}

/** `x-amz-checksum-crc32` and the like, where the request carries one or announces it as a trailer. */
function checksumName(headers: Headers): string | undefined {
  const names = [headers['x-amz-trailer']?.trim().toLowerCase() ?? '', ...Object.keys(headers)];
  const name = names.find((key) => /^x-amz-checksum-(?!type|mode|algorithm)/.test(key));
  if (!name || /-(crc32|sha1|sha256)$/.test(name)) return name;
  throw s3Error('NotImplemented', `The local S3 does not know the checksum ${name}: use CRC32, SHA1 or SHA256.`);
}

function digestOf(algorithm: string): Digest {
  if (algorithm !== 'crc32') return createHash(algorithm);
  let sum = 0;
  return {
    update: (chunk) => {
      sum = crc32(chunk, sum);
    },
    digest: (encoding) => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(sum);
      return bytes.toString(encoding);
    },
  };
}

/** Object Lock headers of a PUT or a copy; without them the retention of the bucket applies. */
export function retentionOf(bucket: BucketPlan, headers: Headers): { mode: string; until: number } | undefined {
  const mode = headers['x-amz-object-lock-mode'];
  const until = headers['x-amz-object-lock-retain-until-date'];
  return mode === undefined && until === undefined ? undefined : retentionIn(bucket, mode, until);
}

/** A retention as it is asked for. Throws for a bucket without locks, and for what is none. */
export function retentionIn(bucket: BucketPlan, mode: string | undefined, until: string | undefined) {
  if (!bucket.objectLock) throw s3Error('InvalidRequest', 'Bucket is missing Object Lock Configuration');
  const time = Date.parse(until ?? '');
  if (time && /^(GOVERNANCE|COMPLIANCE)$/.test(mode ?? '')) return { mode: mode ?? '', until: time };
  throw s3Error('InvalidArgument', 'A retention needs a mode (GOVERNANCE or COMPLIANCE) and a date.');
}

/** `x-amz-copy-source`: bucket and key, percent-encoded, with an optional leading slash and `?versionId=`. */
export function parseCopySource(headers: Headers): { bucket: string; key: string; query: URLSearchParams } {
  const [path = '', query] = (headers['x-amz-copy-source'] ?? '').split('?');
  const [, bucket = '', key = ''] = decode(path).match(/^\/?([^/]+)\/(.*)$/s) ?? [];
  return { bucket, key, query: new URLSearchParams(query) };
}

/** First and last byte, both included (RFC 9110 section 14.1.2). */
export function rangeOf(header: string | undefined, size: number): { start: number; end: number } | undefined {
  const [, from = '', to = ''] = header?.match(/^bytes=(\d*)-(\d*)$/) ?? [];
  if (!from && !to) return undefined;
  const start = from ? Number(from) : Math.max(size - Number(to), 0);
  const end = from && to ? Math.min(Number(to), size - 1) : size - 1;
  if (start > end) throw s3Error('InvalidRange', 'The requested range is not satisfiable');
  return { start, end };
}

export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw s3Error('InvalidURI', "Couldn't parse the specified URI.");
  }
}
