import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { s3Error } from './s3-errors.ts';
import type { Version } from './s3-objects.ts';
import { existing, type Operation } from './s3-operations.ts';
import { type Headers, openBody, retentionIn } from './s3-requests.ts';
import { document, element } from './xml.ts';

/** GetObjectRetention: of the version asked for, or of the latest. */
export const getRetention: Operation = (store, call, response) => {
  const { mode, until } = existing(store, call);
  if (!mode || !until) {
    const message = 'The specified object does not have a ObjectLock configuration';
    throw s3Error('NoSuchObjectLockConfiguration', message);
  }
  const content = [element('Mode', mode), element('RetainUntilDate', new Date(until).toISOString())];
  response.setHeader('content-type', 'application/xml').end(document('Retention', content));
};

/** PutObjectRetention: makes the lock of a version longer; who may bypass governance can also make it shorter. */
export const putRetention: Operation = async (store, call, response) => {
  const version = existing(store, call);
  const xml = await readXml(call.message, call.headers);
  const textOf = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  const retention = retentionIn(call.bucket, textOf('Mode'), textOf('RetainUntilDate'));
  if (retention.until <= store.now()) throw s3Error('InvalidArgument', 'The retain until date must be in the future!');
  const bypass = call.headers['x-amz-bypass-governance-retention'] === 'true';
  if (isWeaker(retention, version) && isLocked(version, bypass, store.now())) {
    const message = 'Access Denied because object protected by object lock: it can be kept for longer, not for less.';
    throw s3Error('AccessDenied', message);
  }
  store.objects.retain(version, retention);
  response.end();
};

/** S3 User Guide, "Retention modes": nobody shortens a compliance lock, and a governance lock only who may bypass it. */
function isLocked({ mode, until }: Version, bypass: boolean, now: number): boolean {
  return !!until && until > now && !(mode === 'GOVERNANCE' && bypass);
}

const isWeaker = (wanted: { mode: string; until: number }, { mode, until }: Version) =>
  wanted.until < (until ?? 0) || (mode === 'COMPLIANCE' && wanted.mode !== mode);

/** S3 refuses this body without a checksum (API reference, "PutObjectRetention"). */
async function readXml(message: IncomingMessage, headers: Headers): Promise<string> {
  const { chunks, digests, verify } = openBody(message, headers);
  const md5 = createHash('md5');
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    for (const digest of [md5, ...digests]) digest.update(chunk);
    size += chunk.length;
    if (size > largest) throw s3Error('EntityTooLarge', `A retention has at most ${largest} bytes.`);
    parts.push(chunk);
  }
  const checksum = verify({ size, md5: md5.digest('hex') });
  if (!headers['content-md5'] && Object.keys(checksum).length === 0) {
    throw s3Error('InvalidRequest', 'Missing required header for this request: Content-MD5 or a checksum');
  }
  return Buffer.concat(parts).toString();
}

const largest = 64 * 1024;
